#!/bin/sh
# Runs the USB tests under umockdev's preloaded library, with or without sanitizers. Closes with "emulator: N passed, M failed".
set -u
binary=$1
preload=libumockdev-preload.so.0
# The sanitizer's run-time library has to come first, or it refuses to run. A statically linked one (clang) needs no mention.
for name in libasan libtsan; do
    library=$(ldd "$binary" | awk -v name="$name" 'index($1, name) == 1 { print $3 }')
    [ -n "$library" ] && preload=$library:$preload
done
here=$(dirname "$0")
TSAN_OPTIONS="suppressions=$here/tsan.supp ${TSAN_OPTIONS:-}"
export TSAN_OPTIONS
out=$(CK_VERBOSITY=normal LD_PRELOAD=$preload "$binary" 2>&1)
status=$?
lines=$(printf '%s\n' "$out" | grep -E '^[0-9]+%: Checks: [0-9]+, Failures: [0-9]+, Errors: [0-9]+')
set -- $(printf '%s\n' "$lines" | sed -n 's/.*Checks: \([0-9]*\), Failures: \([0-9]*\), Errors: \([0-9]*\).*/\1 \2 \3/p' |
    awk '{ checks += $1; bad += $2 + $3; suites++ } END { print suites + 0, checks + 0, bad + 0 }')
suites=$1 checks=$2 bad=$3
# All six suites must have run: a program that died on the way has not passed.
if [ "$suites" -ne 6 ] || { [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; }; then bad=$((bad + 1)) checks=$((checks + 1)); fi
printf '%s\n' "$lines"
[ "$bad" -eq 0 ] || printf '%s\n' "$out"
printf 'emulator: %d passed, %d failed\n' "$((checks - bad))" "$bad"
[ "$bad" -eq 0 ]
