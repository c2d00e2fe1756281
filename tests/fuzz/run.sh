#!/bin/sh
# Fuzzes each target for FUZZ_SECONDS: run.sh FOLDER BINARY…. What is found new is kept in FOLDER/corpus/NAME and begins the next run;
# an input that fails is FOLDER/failed/NAME-…: fix the fault and move the file to tests/fuzz/corpus/NAME.
set -u
seconds=${FUZZ_SECONDS:-60}
folder=$1
shift
bad=0 names=
mkdir -p "$folder/failed"
row() { printf '%-10s %11s %8s %6s %7s  %s\n' "$@"; }
row target runs 'runs/s' new corpus outcome
for binary in "$@"; do
    name=$(basename "$binary")
    seeds=tests/fuzz/corpus/$name kept=$folder/corpus/$name log=$folder/$name.log dictionary=
    mkdir -p "$seeds" "$kept"
    [ -f "tests/fuzz/$name.dict" ] && dictionary=-dict=tests/fuzz/$name.dict
    # shellcheck disable=SC2086 # at most one word
    "$binary" -max_total_time="$seconds" -timeout=10 -rss_limit_mb=2048 -malloc_limit_mb=512 -print_final_stats=1 -verbosity=1 \
        $dictionary -artifact_prefix="$folder/failed/$name-" "$kept" "$seeds" >"$log" 2>&1
    status=$?
    stat() { sed -n "s/^stat::$1: *//p" "$log" | tail -n 1; }
    outcome=held
    if [ "$status" -ne 0 ]; then
        bad=$((bad + 1)) names="$names $name"
        outcome="FAILED: $(sed -n 's/.*Test unit written to //p' "$log" | tail -n 1)"
    fi
    row "$name" "$(stat number_of_executed_units)" "$(stat average_exec_per_sec)" "$(stat new_units_added)" \
        "$(find "$kept" "$seeds" -type f | wc -l)" "$outcome"
    if [ "$status" -ne 0 ]; then grep -E 'does not hold|runtime error|ERROR:|SUMMARY:' "$log" | head -n 5; fi
done
if [ "$bad" -ne 0 ]; then printf 'fuzz: failed:%s; the logs are in %s\n' "$names" "$folder" && exit 1; fi
