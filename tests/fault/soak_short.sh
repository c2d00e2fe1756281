#!/bin/sh
# The short form of the fault campaign, for `make check`: a fixed seed unless SEED says otherwise, then faults planted in its papers for the judge to find.
set -u
folder=$(mktemp -d "${TMPDIR:-/tmp}/comanda-soak-short-XXXXXX")
SEED=${SEED:-1124} TICKETS=${TICKETS:-180} FAULTS=${FAULTS:-70} KEEP=$folder node tests/fault/soak.mjs
status=$?
# A bad campaign's papers are kept to be looked at; the judge is not tried on them.
[ "$status" -eq 0 ] || exit "$status"
node tests/fault/judge_test.mjs "$folder"
status=$?
rm -rf "$folder"
exit "$status"
