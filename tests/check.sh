#!/bin/sh
# `make check`: every stage in order, each with its log in build/check/, its time and its own closing line. One stage: tests/check.sh NAME.
# Ends with "check: N passed, M failed" over all tests that ran; exits non-zero when a stage failed or ran nothing.
set -u
cd "$(dirname "$0")/.."
logs=build/check
mkdir -p "$logs"
jobs=$(nproc 2>/dev/null || echo 2)
only=${1:-}
passed=0 failed=0 broken= pid=
trap '[ -n "$pid" ] && kill "$pid" 2>/dev/null; exit 130' INT TERM

# stage NAME COMMAND…: quiet unless it fails; a sign of life every half minute so that nobody wonders.
stage() {
    name=$1
    shift
    [ -z "$only" ] || [ "$only" = "$name" ] || return 0
    start=$(date +%s)
    "$@" >"$logs/$name.log" 2>&1 &
    pid=$!
    while kill -0 "$pid" 2>/dev/null; do
        sleep 0.2
        elapsed=$(($(date +%s) - start))
        if [ $((elapsed % 30)) -eq 29 ] && [ "${said:-0}" != "$elapsed" ]; then
            said=$elapsed
            printf '   … %s, %d s so far\n' "$name" "$elapsed"
        fi
    done
    if wait "$pid"; then status=0; else status=$?; fi
    pid=
    # Closing lines of the runners: "word: N passed, M failed".
    counts=$(grep -hE '^[a-z0-9_-]+: [0-9]+ passed, [0-9]+ failed' "$logs/$name.log" | awk '{p += $2; f += $4} END {print p + 0, f + 0}')
    p=${counts% *} f=${counts#* }
    case $name in build | clang | lint | types) p=1 f=0 ;; esac # a stage that is one test by itself
    if [ "$status" -eq 0 ] && [ "$p" -eq 0 ]; then
        echo "$name ran no test" >>"$logs/$name.log"
        status=1
    fi
    if [ "$status" -ne 0 ] && [ "$f" -eq 0 ]; then f=1; fi
    passed=$((passed + p)) failed=$((failed + f))
    if [ "$status" -eq 0 ]; then
        printf 'ok   %-12s %4d passed  %4d s\n' "$name" "$p" $(($(date +%s) - start))
    else
        broken="$broken $name"
        printf 'FAIL %-12s %4d passed, %d failed (exit %d), the end of %s:\n' "$name" "$p" "$f" "$status" "$logs/$name.log"
        tail -n 60 "$logs/$name.log"
    fi
}

stage build make -j"$jobs" WERROR=-Werror all
stage lint make lint
stage clang make -j"$jobs" CC=clang BUILD=build/clang WERROR=-Werror everything
stage unit make -j"$jobs" WERROR=-Werror unit
stage unit-asan make -j"$jobs" SAN=address,undefined OPTIMISE='-O1 -g' unit
stage fuzz make -j"$jobs" SAN=address,undefined OPTIMISE='-O1 -g' fuzz-replay
# The parts where threads meet.
threaded='data_db data_writer printer_tcp printer_virtual printer_spooler printer_spooler_evidence printer_spooler_unit core_command core_concurrency core_last_one core_till core_practice core_dialogue http_sse http_worker http_door http_call http_practice'
stage unit-tsan make -j"$jobs" SAN=thread OPTIMISE='-O1 -g' unit ONLY="$threaded"
stage usb make -j"$jobs" emulator
stage usb-asan make -j"$jobs" SAN=address,undefined OPTIMISE='-O1 -g' emulator
stage schema node tests/support/schema_check.mjs
stage types make types
stage cli make cli
stage contract make contract
stage days make days
stage fault make fault
stage soak make -j"$jobs" soak-short
stage e2e make e2e

[ -z "$broken" ] || printf 'failed stages:%s\n' "$broken"
printf 'check: %d passed, %d failed\n' "$passed" "$failed"
[ -z "$broken" ] && [ "$passed" -gt 0 ]
