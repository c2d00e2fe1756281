#!/bin/sh
# Runs each unit-test binary, as many at once as there are cores, says what each one said, and fails if any did. Always the closing line
# "unit: N passed, M failed". A test that hangs is ended after a minute: the usual 4 s are short on a machine that does other things too.
out=$(mktemp -d)
trap 'rm -rf "$out"' EXIT
trap 'exit 130' INT TERM
# Names of binaries are unlike one another: each leaves NAME.text and NAME.status.
printf '%s\n' "$@" | OUT=$out xargs -P "$(nproc 2>/dev/null || echo 2)" -I{} sh -c \
    'name=$(basename "$1"); CK_VERBOSITY=normal CK_DEFAULT_TIMEOUT=${CK_DEFAULT_TIMEOUT:-60} "$1" >"$OUT/$name.text" 2>&1; echo $? >"$OUT/$name.status"' _ {}
passed=0 failed=0
for binary in "$@"; do
    name=$(basename "$binary")
    status=$(cat "$out/$name.status" 2>/dev/null || echo 'nothing')
    line=$(grep -E '^[0-9]+%: Checks: [0-9]+, Failures: [0-9]+, Errors: [0-9]+' "$out/$name.text" | tail -n 1)
    checks=$(printf '%s' "$line" | sed 's/.*Checks: \([0-9]*\).*/\1/')
    bad=$(printf '%s' "$line" | sed 's/.*Failures: \([0-9]*\), Errors: \([0-9]*\).*/\1 \2/' | awk '{print $1 + $2}')
    if [ -z "$line" ] || [ "$checks" -eq 0 ] || { [ "$status" != 0 ] && [ "$bad" -eq 0 ]; }; then checks=1 bad=1; fi
    passed=$((passed + checks - bad)) failed=$((failed + bad))
    printf '%-28s %s\n' "$name" "${line:-did not finish (exit $status)}"
    if [ "$bad" -ne 0 ]; then cat "$out/$name.text"; fi
done
printf 'unit: %d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
