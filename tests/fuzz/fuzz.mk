# `make fuzz`: every target over its corpus for FUZZ_SECONDS each; a finding stops it and leaves its input in out/fuzz/.
FUZZ_SECONDS ?= 60
FUZZ_FLAGS := -std=gnu17 -O1 -g -fsanitize=fuzzer-no-link,address,undefined -fno-sanitize-recover=undefined -fno-omit-frame-pointer
# target:program
FUZZ_TARGETS := rss:feed atom:feed jsonfeed:feed sitemap:feed date:date charset:charset html_safe:html_safe url:url opml:opml
FUZZ_PROGRAMS := $(patsubst tests/fuzz/%.c,out/fuzz/tests/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))

fuzz: packages-test
	@tests/support/packages.sh clang libclang-rt-14-dev
	@$(MAKE) --no-print-directory -j2 BUILD=fuzz CC=clang fuzz-programs
	@for target in $(FUZZ_TARGETS); do \
		name=$${target%%:*}; mkdir -p out/fuzz/found/$$name; \
		echo "fuzz $$name"; \
		out/fuzz/tests/fuzz/fuzz_$${target##*:} -max_total_time=$(FUZZ_SECONDS) -timeout=10 -rss_limit_mb=2048 -max_len=65536 \
			-dict=tests/fuzz/feed.dict -artifact_prefix=out/fuzz/$$name- -print_final_stats=1 -verbosity=0 \
			out/fuzz/found/$$name tests/fuzz/corpus/$$name || exit 1; \
	done

.PHONY: fuzz-programs
fuzz-programs: $(FUZZ_PROGRAMS)

ifeq ($(BUILD),fuzz)
$(OUT)/tests/fuzz/%: tests/fuzz/%.c $(LIBRARY)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(FUZZ_FLAGS) -fsanitize=fuzzer -MMD -MP -o $@ $< $(LIBRARY) $(LDLIBS)
endif
