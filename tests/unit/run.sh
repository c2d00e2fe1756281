#!/bin/sh
# Runs each unit-test binary, says what each one said, and fails if any did. Always the closing line "unit: N passed, M failed".
passed=0 failed=0
for binary in "$@"; do
    if out=$(CK_VERBOSITY=normal "$binary" 2>&1); then status=0; else status=$?; fi
    line=$(printf '%s\n' "$out" | grep -E '^[0-9]+%: Checks: [0-9]+, Failures: [0-9]+, Errors: [0-9]+' | tail -n 1)
    checks=$(printf '%s' "$line" | sed 's/.*Checks: \([0-9]*\).*/\1/')
    bad=$(printf '%s' "$line" | sed 's/.*Failures: \([0-9]*\), Errors: \([0-9]*\).*/\1 \2/' | awk '{print $1 + $2}')
    if [ -z "$line" ] || [ "$checks" -eq 0 ] || { [ "$status" -ne 0 ] && [ "$bad" -eq 0 ]; }; then checks=1 bad=1; fi
    passed=$((passed + checks - bad)) failed=$((failed + bad))
    printf '%-28s %s\n' "$(basename "$binary")" "${line:-did not finish (exit $status)}"
    if [ "$bad" -ne 0 ]; then printf '%s\n' "$out"; fi
done
printf 'unit: %d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
