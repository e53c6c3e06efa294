# Fuzzing with libFuzzer (clang): one program per tests/fuzz/fuzz_*.c, linked with what it uses of newsd.
#
#     make fuzz FUZZ_SECONDS=60 [FUZZ_TARGETS="feed robots"]
#     make fuzz FORMAT=rss SECONDS=60                          one format; README.md here says which there are
#
# A target is a program, or a format that a program reads with a dictionary and seeds of its own. Seeds and the
# inputs of past findings are in tests/fuzz/corpus/<target>/, long ones are made by seeds.py; what a run adds is
# kept in out/fuzz/corpus, what it finds in out/fuzz/findings, what it printed in out/fuzz/logs.
FUZZ_FORMATS := rss atom rdf jsonfeed sitemap opml websub http_head link
# The program of a format that does not have its name.
FUZZ_PROGRAM_rss := feed
FUZZ_PROGRAM_atom := feed
FUZZ_PROGRAM_rdf := feed
FUZZ_PROGRAM_jsonfeed := feed
FUZZ_PROGRAM_sitemap := feed
FUZZ_PROGRAM_link := http_head

FUZZ_SECONDS ?= $(if $(filter command%,$(origin SECONDS)),$(SECONDS),60)
FUZZ_PROGRAMS := $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZ_TARGETS ?= $(if $(FORMAT),$(FORMAT),$(sort $(FUZZ_PROGRAMS) $(FUZZ_FORMATS)))
FUZZ_FLAGS ?= -timeout=10 -max_len=262144
fuzz_program = $(or $(FUZZ_PROGRAM_$(1)),$(1))

.PHONY: fuzz fuzz-programs
fuzz: packages-build
	@tests/support/packages.sh clang libclang-rt-14-dev python3
	@$(MAKE) --no-print-directory $(JOBS) BUILD=fuzz CC=clang fuzz-programs
	@tests/fuzz/seeds.py out/fuzz/seeds
	@$(foreach target,$(FUZZ_TARGETS),tests/fuzz/run.sh $(target) $(call fuzz_program,$(target)) $(FUZZ_SECONDS) $(FUZZ_FLAGS) &&) true

fuzz-programs: $(sort $(foreach target,$(FUZZ_TARGETS),out/fuzz/tests/fuzz/fuzz_$(call fuzz_program,$(target))))

out/fuzz/tests/fuzz/fuzz_%: tests/fuzz/fuzz_%.c out/fuzz/libnewsd.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -Itests $(CFLAGS) -fsanitize=fuzzer -MMD -MP -o $@ $< out/fuzz/libnewsd.a $(LDLIBS)
