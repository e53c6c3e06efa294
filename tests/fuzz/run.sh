#!/bin/bash
# One fuzz run: run.sh TARGET PROGRAM SECONDS [LIBFUZZER FLAGS]. Two thirds of the time go to small inputs, the rest
# to documents of real lengths where seeds.py makes some. Prints a line of figures for each; ends with the program's
# status, and with the end of its output when it found something.
set -u
cd "$(dirname "$0")/../.." || exit 2
target=$1 program=out/fuzz/tests/fuzz/fuzz_$2 seconds=$3
shift 3
small=4096 # bytes
mkdir -p out/fuzz/findings out/fuzz/logs

pass() { # NAME SECONDS FLAGS AND FOLDERS...
    local name=$1 log=out/fuzz/logs/$1.log status flags
    flags=(-max_total_time="$2" -print_final_stats=1 -artifact_prefix="out/fuzz/findings/$target-")
    shift 2
    [ -e "tests/fuzz/$target.dict" ] && flags+=(-dict="tests/fuzz/$target.dict")
    mkdir -p "out/fuzz/corpus/$name"
    ASAN_OPTIONS=${ASAN_OPTIONS:-quarantine_size_mb=16} "$program" "${flags[@]}" "$@" >"$log" 2>&1
    status=$?
    awk -v name="$name" '
        /^stat::number_of_executed_units/ {runs = $2}
        /^stat::average_exec_per_sec/ {rate = $2}
        /^#[0-9]/ {for (i = 1; i < NF; i++) if ($i == "cov:") edges = $(i + 1)}
        END {printf "%-15s %10d runs %7d/s %6d edges\n", name, runs, rate, edges}' "$log"
    [ "$status" = 0 ] || tail -40 "$log"
    return "$status"
}

seeds=()
[ -d "tests/fuzz/corpus/$target" ] && seeds=("tests/fuzz/corpus/$target")
long=out/fuzz/seeds/$target
if [ ! -d "$long" ]; then
    pass "$target" "$seconds" "$@" "out/fuzz/corpus/$target" "${seeds[@]}"
    exit
fi
pass "$target" $((seconds * 2 / 3 + 1)) "$@" -max_len=$small "out/fuzz/corpus/$target" "${seeds[@]}" &&
    pass "$target-long" $((seconds / 3 + 1)) "$@" "out/fuzz/corpus/$target-long" "$long" "${seeds[@]}"
