# newsd. Targets: all demo test test-unit ... lint models eval install deb (see README.md). Needs Debian 12 packages only;
# `make demo` and `make test` install what is missing.
SHELL := /bin/bash
VERSION := $(shell cat .version)
PREFIX ?= /usr/local
DESTDIR ?=
CC := gcc
comma := ,
JOBS := -j$(shell nproc)
BUILD ?= release
OUT := out/$(BUILD)
# One line for each file; V=1 shows the whole commands, -s nothing.
Q := $(if $(V),,@)
say = @$(if $(V)$(findstring s,$(firstword -$(MAKEFLAGS))),:,echo $(1))

# The packages of a build, and what tests and tools need beside them.
BUILD_PACKAGES := gcc make pkg-config libc6-dev libcurl4-openssl-dev libevent-dev librdkafka-dev libxml2-dev libgumbo-dev \
	libsqlite3-dev libjansson-dev libutf8proc-dev libpsl-dev libidn2-dev uthash-dev libcld2-dev g++ libsystemd-dev \
	libzstd-dev zlib1g-dev libssl-dev libxxhash-dev

LIBRARIES := libcurl libevent_core libevent_pthreads libevent_extra rdkafka libxml-2.0 sqlite3 jansson libutf8proc \
	libpsl libidn2 libsystemd libzstd libcrypto gumbo zlib
WARNINGS := -Wall -Wextra -Wshadow -Wconversion -Wmissing-prototypes -Wvla -Wformat=2 -Wundef
CPPFLAGS := -D_GNU_SOURCE -DNEWSD_VERSION='"$(VERSION)"' -I. -Ifeeds $(shell pkg-config --cflags $(LIBRARIES) 2>/dev/null)
# The daemon reads hostile bytes all day: checked libc calls, a position of its own at each start, no writable tables.
HARDENED := -fPIE -D_FORTIFY_SOURCE=2
CFLAGS_release := -O3 -g $(HARDENED)
CFLAGS_asan := -O1 -g -fsanitize=address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
CFLAGS_tsan := -O1 -g -fsanitize=thread
CFLAGS_fuzz := -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined
CFLAGS := -std=gnu17 $(WARNINGS) $(CFLAGS_$(BUILD)) -pthread -fstack-protector-strong $(EXTRA_CFLAGS)
LDFLAGS := $(filter -fsanitize%,$(CFLAGS)) -pthread $(if $(filter release,$(BUILD)),-pie -Wl$(comma)-z$(comma)relro$(comma)-z$(comma)now)
LDLIBS := $(shell pkg-config --libs $(LIBRARIES) 2>/dev/null) -lcld2 -lstdc++ -lm

# One folder, one layer; every .c below it belongs to it (programs that train models have their own rule).
FEEDS := $(wildcard feeds/*.c feeds/*/*.c)
PROCESSORS := $(filter-out processors/models/%,$(wildcard processors/*.c processors/*/*.c))
PROCESSORS_CC := $(wildcard processors/*/*.cc)
DAEMON := $(filter-out daemon/main.c,$(wildcard daemon/*.c daemon/*/*.c))
OBJECTS := $(patsubst %.c,$(OUT)/%.o,$(FEEDS) $(PROCESSORS) $(DAEMON)) $(patsubst %.cc,$(OUT)/%.o,$(PROCESSORS_CC))
LIBRARY := $(OUT)/libnewsd.a
UNIT_TESTS := $(patsubst tests/%.c,$(OUT)/tests/%,$(wildcard $(foreach room,feeds processors daemon,tests/$(room)/test_*.c tests/$(room)/*/test_*.c)))
BENCHES := $(patsubst tests/%.c,$(OUT)/tests/%,$(wildcard tests/bench/bench_*.c))

# Beside the build: what the tests, the lint and the real broker need.
TEST_PACKAGES := libcmocka-dev python3 python3-jsonschema kcat openssl curl
LINT_PACKAGES := clang clang-format cppcheck codespell mandoc shellcheck python3-yaml
CI_PACKAGES := valgrind default-jdk-headless maven debootstrap dpkg-dev fakeroot libclang-rt-14-dev

.PHONY: all demo test test-unit test-integration test-valgrind test-tsan test-kafka test-service test-manners bench lint models eval corpus \
	fuzz packages-build packages-test packages-lint packages-ci clean
all: newsd

newsd: $(OUT)/newsd
	@ln -sf $< $@

SANITIZER_HELP := $(if $(filter tsan,$(BUILD)),$(OUT)/tests/support/tsan_threads.o)
$(OUT)/newsd: $(OUT)/daemon/main.o $(SANITIZER_HELP) $(LIBRARY)
	$(call say,LD $@)
	$(Q)$(CC) $(LDFLAGS) -o $@ $< $(SANITIZER_HELP) $(LIBRARY) $(LDLIBS)

$(LIBRARY): $(OBJECTS)
	$(call say,AR $@)
	@rm -f $@
	$(Q)$(AR) qcs $@ $^

$(OUT)/%.o: %.c .version
	$(call say,CC $<)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) $(CFLAGS) -MMD -MP -c -o $@ $<

$(OUT)/%.o: %.cc
	$(call say,CXX $<)
	@mkdir -p $(@D)
	$(Q)g++ -std=gnu++17 -I. -Ifeeds $(filter-out -Wmissing-prototypes -std=gnu17 -fsanitize=fuzzer%,$(CFLAGS)) -MMD -MP -c -o $@ $<

# Lexicons that the assembler puts into the program.
$(OUT)/processors/meaning/event_lexicon.o: processors/meaning/event_lexicon.txt
$(OUT)/processors/meaning/actor_lexicon.o: processors/meaning/actor_lexicon.txt
$(OUT)/processors/meaning/event_contexts.o: processors/meaning/context_lexicon.txt

# Every test program is one file linked against the library and cmocka, and what the library has not: how models are scored.
$(OUT)/tests/processors/models/test_score_coreference: $(OUT)/processors/models/score_coreference.o
$(OUT)/tests/processors/models/test_corpus: $(addprefix $(OUT)/processors/models/,act_sentences.o corpus_file.o quoted_words.o cameo_codes.o files.o annotation_align.o \
	score_annotations.o score_events.o score_coreference.o score_sentences.o document.o)
# tests/support/failing_memory.h stands in place of these.
$(OUT)/tests/daemon/store/test_failing_memory: LDFLAGS += $(patsubst %,-Wl$(comma)--wrap=%,malloc calloc realloc reallocarray asprintf strdup strndup)
$(OUT)/tests/%: tests/%.c $(LIBRARY)
	$(call say,CC $<)
	@mkdir -p $(@D)
	$(Q)$(CC) $(CPPFLAGS) -Itests $(CFLAGS) -MMD -MP $(LDFLAGS) -o $@ $< $(filter %.o,$^) $(LIBRARY) -lcmocka $(LDLIBS)

# ---- The two commands of the README -----------------------------------------------------------------------------

# Every recipe below installs what is missing first, and says which; nothing is asked of apt when all is there.
packages-build:
	@tests/support/packages.sh $(BUILD_PACKAGES)
packages-test: packages-build
	@tests/support/packages.sh $(TEST_PACKAGES)
packages-lint:
	@tests/support/packages.sh $(LINT_PACKAGES)
packages-ci: packages-test packages-lint
	@tests/support/packages.sh $(CI_PACKAGES)

demo: packages-build
	@$(MAKE) --no-print-directory $(JOBS) newsd
	./newsd demo $(if $(ONCE),--once) $(if $(JSON),--json)

# Unit, fault and integration tests under the address and undefined-behaviour sanitizers; Kafka and systemd where they
# can run (they say `skipped` and why where not).
test: packages-test
	@$(MAKE) --no-print-directory $(JOBS) newsd
	@$(MAKE) --no-print-directory $(JOBS) out/release/tests/support/mock_broker
	@$(MAKE) --no-print-directory $(JOBS) BUILD=asan out/asan/newsd unit-programs
	@tests/run.py --build asan unit integration
	@tests/run.py --build release kafka service

test-unit: packages-test
	@$(MAKE) --no-print-directory $(JOBS) BUILD=asan unit-programs
	tests/run.py --build asan unit
test-integration: packages-test
	@$(MAKE) --no-print-directory $(JOBS) out/release/tests/support/mock_broker
	@$(MAKE) --no-print-directory $(JOBS) BUILD=asan out/asan/newsd
	tests/run.py --build asan integration
test-valgrind: packages-test
	@tests/support/packages.sh valgrind
	@$(MAKE) --no-print-directory $(JOBS) unit-programs
	tests/run.py --build release valgrind
test-tsan: packages-test
	@$(MAKE) --no-print-directory $(JOBS) out/release/tests/support/mock_broker
	@$(MAKE) --no-print-directory $(JOBS) BUILD=tsan out/tsan/newsd
	tests/run.py --build tsan integration
test-kafka: packages-test newsd
	tests/run.py --build release kafka
test-service: packages-test newsd
	tests/run.py --build release service

# The rules of a good feed poller, each with its tests, as a document.
test-manners: packages-test
	@$(MAKE) --no-print-directory $(JOBS) out/release/tests/support/mock_broker
	@$(MAKE) --no-print-directory $(JOBS) BUILD=asan out/asan/newsd unit-programs
	@tests/manners.py --build asan

lint: packages-build packages-lint
	@$(MAKE) --no-print-directory $(JOBS) BUILD=release objects
	tests/lint.sh

# What tests/circles.py reads: every object of daemon/, feeds/ and processors/.
.PHONY: objects
objects: $(OBJECTS) $(OUT)/daemon/main.o $(patsubst %.c,$(OUT)/%.o,$(wildcard processors/models/*.c))

# Trains every model from the corpora in CORPORA and from vectors and lists that are fetched by their package names (see
# processors/models/README.md), and prints what each does on text that it has not seen.
FETCHED := out/fetched
TRAINERS := $(patsubst processors/models/%.c,$(OUT)/processors/models/%,$(wildcard processors/models/train_*.c))
EVALUATOR := $(OUT)/processors/models/evaluate
CORPUS_CHECKER := $(OUT)/processors/models/check_corpus
TRAINING := $(filter-out processors/models/train_% processors/models/evaluate.c processors/models/check_corpus.c,$(wildcard processors/models/*.c))
.SECONDARY: $(TRAINERS:=.o) $(EVALUATOR).o $(CORPUS_CHECKER).o
$(TRAINERS) $(EVALUATOR) $(CORPUS_CHECKER): %: %.o $(patsubst %.c,$(OUT)/%.o,$(TRAINING)) $(LIBRARY)
	$(call say,LD $@)
	$(Q)$(CC) $(LDFLAGS) -o $@ $^ $(LDLIBS)
EWT := $(CORPORA)/ud-english-ewt
GUM := $(CORPORA)/ud-english-gum-clean
# A folder of pages whose text is known (processors/models/page_corpus.h); without it the model of pages stays as it is.
PAGES ?=
# A folder with CODE.txt, sentences to test the languages on, one a line; without it they are trained but not tested.
LANGUAGE_TESTS ?=
models: packages-build
	@$(MAKE) --no-print-directory $(JOBS) $(TRAINERS)
	@test -d "$(CORPORA)" || { echo "make models CORPORA=DIRECTORY; processors/models/README.md says what stands there"; exit 2; }
	processors/models/fetch.py $(FETCHED)
	processors/models/fetch_languages.py $(FETCHED)/languages
	$(OUT)/processors/models/train_languages processors/models $(FETCHED)/languages $(LANGUAGE_TESTS)
	processors/models/phrases.py $(CORPORA)/gazetteer $(CORPORA)/names/organisations-politicians.tsv.xz $(FETCHED)/phrases.txt
	$(OUT)/processors/models/train_words processors/models/words.model $(FETCHED) $(EWT)/train.conllu $(GUM)/train/*.conllu \
		$(CORPORA)/*/train.bio $(CORPORA)/wikigold/all.bio $(CORPORA)/broad-twitter-corpus/*.bio $(CORPORA)/wikinews-2019-2020/articles.jsonl
	mkdir -p $(FETCHED)/gazetteer && for table in $(CORPORA)/gazetteer/*.tsv.xz; do \
		xz -dc $$table >$(FETCHED)/gazetteer/$$(basename $$table .xz); done
	$(OUT)/processors/models/train_places processors/models $(FETCHED)/gazetteer
	processors/models/news_trees.py $(FETCHED)/trees.conllu $(EWT)/train.conllu $(GUM)/train/*.conllu
	cat processors/models/corpus/trees/*.conllu processors/models/corpus/trees/*.conllu >>$(FETCHED)/trees.conllu
	$(OUT)/processors/models/train_tagger processors/models $(FETCHED)/trees.conllu --dev EWT $(EWT)/dev.conllu \
		--dev GUM $(GUM)/dev/*.conllu --dev "GUM news, interview" $(GUM)/dev/GUM_news*.conllu $(GUM)/dev/GUM_interview*.conllu
	mkdir -p out/dev && cp processors/models/words.model out/dev/ && $(OUT)/processors/models/train_names out/dev $(CORPORA) processors/models/corpus
	$(OUT)/processors/models/train_names processors/models $(CORPORA) processors/models/corpus --all
	$(OUT)/processors/models/train_parser processors/models $(FETCHED)/trees.conllu --dev EWT $(EWT)/dev.conllu \
		--dev GUM $(GUM)/dev/*.conllu --dev "GUM news, interview" $(GUM)/dev/GUM_news*.conllu $(GUM)/dev/GUM_interview*.conllu
	echo '#define REFERENCE_WEIGHTS 0' >processors/meaning/reference_weight_table.h
	for round in 1 2 3; do \
		$(MAKE) --no-print-directory $(JOBS) $(TRAINERS) && \
		$(OUT)/processors/models/train_references processors/models processors/models/corpus out/weights.h && \
		mv out/weights.h processors/meaning/reference_weight_table.h || exit 1; done
	$(MAKE) --no-print-directory $(JOBS) $(TRAINERS)
	$(OUT)/processors/models/train_affiliations processors/models processors/models/corpus processors/meaning/affiliation_weight_table.h
	printf '#define SOURCE_WEIGHTS 0\n#define TARGET_WEIGHTS 0\n' >processors/meaning/party_weight_table.h
	echo '#define EVENT_WEIGHTS 0' >processors/meaning/event_weight_table.h
	$(OUT)/processors/models/train_acts processors/models
	for round in 1 2 3; do \
		$(MAKE) --no-print-directory $(JOBS) $(TRAINERS) && \
		$(OUT)/processors/models/train_parties processors/models processors/models/corpus out/weights.h && \
		mv out/weights.h processors/meaning/party_weight_table.h && \
		$(MAKE) --no-print-directory $(JOBS) $(TRAINERS) && \
		$(OUT)/processors/models/train_confidence processors/models processors/models/corpus out/weights.h && \
		mv out/weights.h processors/meaning/event_weight_table.h || exit 1; done
	$(MAKE) --no-print-directory $(JOBS) $(TRAINERS)
	$(OUT)/processors/models/train_acts processors/models processors/models/corpus
	$(OUT)/processors/models/train_parties processors/models processors/models/corpus processors/meaning/party_weight_table.h
	$(MAKE) --no-print-directory $(JOBS) $(TRAINERS)
	$(OUT)/processors/models/train_pairs processors/models processors/models/corpus processors/meaning/pair_weight_table.h
	test -z "$(PAGES)" || $(OUT)/processors/models/train_pages processors/models $(PAGES)

# What the committed models do on the development sets, in one table; nothing is trained.
eval: packages-build
	@$(MAKE) --no-print-directory $(JOBS) $(EVALUATOR)
	@test -d "$(CORPORA)" || { echo "make eval CORPORA=DIRECTORY; processors/models/README.md says what stands there"; exit 2; }
	@$(EVALUATOR) processors/models $(CORPORA) $(LANGUAGE_TESTS)

# Says what is wrong with the files of the own corpus, and counts.
corpus: packages-build
	@$(MAKE) --no-print-directory $(JOBS) $(CORPUS_CHECKER)
	@$(CORPUS_CHECKER) $(filter-out %/acts/ %/trees/,$(wildcard processors/models/corpus/*/))
	@$(CORPUS_CHECKER) --acts processors/models/corpus/acts

.PHONY: unit-programs
unit-programs: $(UNIT_TESTS)

clean:
	rm -rf out newsd

include tests/bench/bench.mk
include tests/fuzz/fuzz.mk
include systemd/install.mk

-include $(shell find $(OUT) -name '*.d' 2>/dev/null)
