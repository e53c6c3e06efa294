# `make bench`: benchmarks of the release build; the table says what each row means.
bench: packages-test
	@$(MAKE) --no-print-directory $(JOBS) newsd bench-programs out/release/tests/support/mock_broker
	@tests/bench/bench.py
.PHONY: bench-programs
bench-programs: $(BENCHES)
