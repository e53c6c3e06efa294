# Fuzzing with libFuzzer (clang): one program per tests/fuzz/fuzz_*.c, linked with what it uses of newsd.
#
#     make fuzz FUZZ_SECONDS=60 [FUZZ_TARGETS=feed]
#
# Seeds and the inputs of past findings are in tests/fuzz/corpus/<target>/; what a run adds is kept in
# out/fuzz/corpus, what it finds in out/fuzz/findings.
FUZZ_SECONDS ?= 60
FUZZ_TARGETS ?= $(patsubst tests/fuzz/fuzz_%.c,%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZ_FLAGS ?= -timeout=10 -max_len=131072 -print_final_stats=1 -verbosity=0

.PHONY: fuzz fuzz-programs
fuzz: packages-build
	@tests/support/packages.sh clang libclang-rt-14-dev
	@$(MAKE) --no-print-directory $(JOBS) BUILD=fuzz CC=clang fuzz-programs
	@mkdir -p out/fuzz/findings
	@for target in $(FUZZ_TARGETS); do \
		mkdir -p out/fuzz/corpus/$$target; \
		dictionary=tests/fuzz/$$target.dict; \
		[ -e $$dictionary ] && dictionary=-dict=$$dictionary || dictionary=; \
		echo "== fuzz_$$target, $(FUZZ_SECONDS) s"; \
		out/fuzz/tests/fuzz/fuzz_$$target -max_total_time=$(FUZZ_SECONDS) $(FUZZ_FLAGS) $$dictionary \
			-artifact_prefix=out/fuzz/findings/$$target- out/fuzz/corpus/$$target \
			$$(ls -d tests/fuzz/corpus/$$target 2>/dev/null) || exit 1; \
	done

fuzz-programs: $(patsubst %,out/fuzz/tests/fuzz/fuzz_%,$(FUZZ_TARGETS))

out/fuzz/tests/fuzz/fuzz_%: tests/fuzz/fuzz_%.c out/fuzz/libnewsd.a
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) -Itests $(CFLAGS) -fsanitize=fuzzer -MMD -MP -o $@ $< out/fuzz/libnewsd.a $(LDLIBS)
