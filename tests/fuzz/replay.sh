#!/bin/sh
# Runs every kept fuzz input through its target: replay.sh BINARY…; the closing line is "fuzz: N passed, M failed".
passed=0 failed=0
for binary in "$@"; do
    name=$(basename "$binary")
    files=$(find "tests/fuzz/corpus/$name" -type f 2>/dev/null | LC_ALL=C sort)
    # shellcheck disable=SC2086 # names of ours, without spaces
    if out=$("$binary" $files 2>&1); then status=0; else status=$?; fi
    tried=$(printf '%s\n' "$out" | grep -c "^tests/fuzz/corpus/$name/")
    if [ "$status" -eq 0 ] && [ "$tried" -gt 0 ]; then
        passed=$((passed + tried))
        printf '%-10s %4d inputs hold\n' "$name" "$tried"
    else
        failed=$((failed + 1))
        printf '%-10s FAILED (exit %d) at %s\n' "$name" "$status" "$(printf '%s\n' "$out" | grep "^tests/fuzz/corpus/$name/" | tail -n 1)"
        printf '%s\n' "$out" | grep -v "^tests/fuzz/corpus/" | head -n 60
    fi
done
printf 'fuzz: %d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
