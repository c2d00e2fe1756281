#!/bin/sh
# The command line, on the built binary: every verb, with and without a running server, and its exit codes.
#
#   sh tests/e2e/cli.sh [BINARY]     from the project's folder; ports 42210 to 42219 of the loopback address
set -u
binary=${1:-${BUILD:-build}/comanda}
site=data/sites/interno.json
port=42210
work=$(mktemp -d "${TMPDIR:-/tmp}/comanda-cli-XXXXXX") || exit 1
passed=0 failed=0 server=

clean_up() {
    [ -z "$server" ] || kill "$server" 2>/dev/null
    rm -rf "$work"
}
trap clean_up EXIT
trap 'exit 1' INT TERM

# expect NAME CODE PATTERN command... : its exit code, and a pattern in what it prints on either stream ("" = any). </dev/null unless fed by `with_pin`.
expect() {
    name=$1 code=$2 pattern=$3
    shift 3
    "$@" >"$work/out" 2>"$work/err" </dev/null
    judge $?
}
with_pin() { # PIN, then as expect
    pin=$1 name=$2 code=$3 pattern=$4
    shift 4
    printf '%s\n' "$pin" | "$@" >"$work/out" 2>"$work/err"
    judge $?
}
judge() {
    if [ "$1" -ne "$code" ]; then
        bad "exit $1, not $code"
    elif [ -n "$pattern" ] && ! grep -q -e "$pattern" "$work/out" "$work/err"; then
        bad "nothing like \"$pattern\""
    else
        passed=$((passed + 1))
    fi
}
bad() {
    failed=$((failed + 1))
    printf 'cli: %s: %s\n' "$name" "$1"
    sed 's/^/    out: /' "$work/out"
    sed 's/^/    err: /' "$work/err"
}
holds() { # NAME test-arguments...
    name=$1
    shift
    if [ "$@" ]; then passed=$((passed + 1)); else bad "does not hold: $*"; fi
}
# One line on standard error, as promised for a failure.
one_line() {
    name="$1: one line says why"
    if [ "$(wc -l <"$work/err")" -eq 1 ] && grep -q '^comanda: ' "$work/err"; then passed=$((passed + 1)); else bad 'not one line'; fi
}
start() { # DATA SITE further options... ; waits until it answers
    "$binary" serve --data "$1" --site "$2" --listen "127.0.0.1:$port" --demo >"$work/serve.out" 2>"$work/serve.err" &
    server=$!
    tries=0
    until grep -q "http://127.0.0.1:$port" "$work/serve.out" 2>/dev/null; do
        tries=$((tries + 1))
        if [ $tries -gt 300 ] || ! kill -0 "$server" 2>/dev/null; then
            printf 'cli: the server did not start\n'
            cat "$work/serve.err"
            exit 1
        fi
        sleep 0.1
    done
}
stop() { # NAME SIGNAL
    kill "-$2" "$server"
    wait "$server"
    stopped=$?
    server=
    holds "$1" "$stopped" -eq 0
}

# ---- help and usage --------------------------------------------------------------------------------------------------------
expect 'version' 0 '^comanda [0-9]*\.[0-9]*\.[0-9]* (schema [0-9]*)$' "$binary" --version
expect 'help' 0 'comanda doctor' "$binary" --help
expect 'no verb' 2 'comanda serve' "$binary"
expect 'unknown verb' 2 'dance' "$binary" dance
for verb in serve 'menu check' 'menu publish' 'menu export' 'report daily' 'print test' 'staff add' 'staff list' 'staff pin' backup verify doctor; do
    # shellcheck disable=SC2086 # two words are two arguments
    expect "$verb --help" 0 "^usage: comanda $verb" "$binary" $verb --help
    # shellcheck disable=SC2086
    expect "$verb with an unknown option" 2 'comanda --help' "$binary" $verb --colour red
done
expect 'half a verb' 2 'menu publish' "$binary" menu
expect 'half a verb with help' 0 '' "$binary" menu --help
expect 'another verbs option' 2 'demo' "$binary" verify --demo --data "$work"
expect 'an option without its value' 2 '' "$binary" verify --data
expect 'a word too many' 2 'usage' "$binary" verify one --data "$work"
expect 'a word too few' 2 'usage' "$binary" backup --data "$work"
expect 'neither data nor site' 2 'data' "$binary" verify

# ---- menu check: no database, no server --------------------------------------------------------------------------------------
for each in interno la-cocina go-lupe; do
    expect "menu check $each" 0 'no faults' "$binary" menu check "data/menus/$each.json" --site "data/sites/$each.json"
done
cat >"$work/bad.json" <<'JSON'
{"name": "Mala", "categories": [{"id": "a", "name": "A", "items": [
  {"id": "b", "name": "B", "price": -1, "station": "luna"}, {"id": "b", "name": "", "price": 1000, "colour": 1}]}]}
JSON
expect 'menu check finds faults' 1 'categories\[0\].items\[0\].price' "$binary" menu check "$work/bad.json" --site "$site"
holds 'menu check tells all of them' "$(grep -c 'categories\[0\].items' "$work/err")" -ge 5
expect 'menu check finds bad times' 1 'items\[1\].prices\[0\].from: must be a time of day' \
    "$binary" menu check tests/support/bad_menus/times_malformed.json --site "$site"
holds 'menu check tells all bad times' "$(grep -c 'times_malformed.json: categories' "$work/err")" -ge 8
expect 'menu check of no JSON' 1 'bad2.json' sh -c "printf '{' >$work/bad2.json; $binary menu check $work/bad2.json --site $site"
expect 'menu check of no file' 1 'nowhere.json' "$binary" menu check nowhere.json --site "$site"
expect 'menu check without a site' 2 'site' "$binary" menu check data/menus/interno.json

# ---- without a server: the directory is opened -------------------------------------------------------------------------------
data=$work/var/interno
expect 'no server and no site' 2 'site FILE is needed' "$binary" staff list --data "$data"
expect 'nobody yet' 0 'nobody yet' "$binary" staff list --data "$data" --site "$site"
expect 'doctor misses people' 1 'comanda staff add' "$binary" doctor --data "$data" --site "$site"
with_pin 739182 'staff add' 0 'Ana added as administrator' "$binary" staff add Ana --role administrator --data "$data" --site "$site"
with_pin 7391 'staff add with accents' 0 'José Núñez added' "$binary" staff add 'José Núñez' --role waiter --data "$data" --site "$site"
with_pin 7391 'a name twice' 1 'has this name' "$binary" staff add Ana --role waiter --data "$data" --site "$site"
one_line 'a name twice'
with_pin 1234 'a weak PIN' 1 'anyone would try' "$binary" staff add Berta --role waiter --data "$data" --site "$site"
with_pin 7391 'a short PIN' 1 '6 to 8 digits' "$binary" staff add Berta --role manager --data "$data" --site "$site"
with_pin 7391 'an unknown role' 2 'role' "$binary" staff add Berta --role boss --data "$data" --site "$site"
expect 'no PIN' 1 'no PIN' "$binary" staff add Berta --role waiter --data "$data" --site "$site"
expect 'staff list' 0 'José Núñez *waiter' "$binary" staff list --data "$data" --site "$site"
expect 'staff list as JSON' 0 '"name":"Ana","role":"administrator"' "$binary" staff list --json --data "$data" --site "$site"
with_pin 8264 'staff pin by name' 0 'new PIN' "$binary" staff pin 'José Núñez' --data "$data" --site "$site"
with_pin 826473 'staff pin by number' 0 'new PIN' "$binary" staff pin 1 --data "$data" --site "$site"
with_pin 8264 'staff pin of nobody' 1 'nobody of this name' "$binary" staff pin Zoe --data "$data" --site "$site"
holds 'no PIN hash is printed' "$("$binary" staff list --json --data "$data" --site "$site" | grep -c argon)" -eq 0

expect 'menu publish' 0 'version 2' "$binary" menu publish data/menus/interno.json --data "$data" --site "$site"
expect 'menu publish with faults' 1 'items\[0\].price' "$binary" menu publish "$work/bad.json" --data "$data" --site "$site"
expect 'menu export' 0 '"name":"' "$binary" menu export --data "$data" --site "$site"
expect 'menu export to a file' 0 '' "$binary" menu export --version 2 --output "$work/export.json" --data "$data" --site "$site"
expect 'what was exported is a menu' 0 'no faults' "$binary" menu check "$work/export.json" --site "$site"
expect 'an export overwrites nothing' 1 'export.json' "$binary" menu export --output "$work/export.json" --data "$data" --site "$site"
expect 'menu export of an unknown version' 1 '99' "$binary" menu export --version 99 --data "$data" --site "$site"
expect 'menu export of no number' 2 'version' "$binary" menu export --version x/y --data "$data" --site "$site"
expect 'menu export onto a full disk' 1 '' sh -c "$binary menu export --data $data --site $site >/dev/full"

expect 'print test' 0 'cocina: printed' "$binary" print test --data "$data" --site "$site"
holds 'every printer printed' "$(grep -c printed "$work/out")" -eq 4
expect 'print test on one' 0 'caja: printed' "$binary" print test --printer caja --data "$data" --site "$site"
holds 'the ticket is a file' -n "$(ls "$data/tickets/caja")"
expect 'print test on an unknown printer' 1 'nevera' "$binary" print test --printer nevera --data "$data" --site "$site"
expect 'print test on no slug' 2 'slug' "$binary" print test --printer ../x --data "$data" --site "$site"

expect 'report daily' 0 'net sales' "$binary" report daily --data "$data" --site "$site"
expect 'report daily of a date' 0 '"date":"2026-01-31"' "$binary" report daily --json --date 2026-01-31 --data "$data" --site "$site"
expect 'report daily of no date' 2 'YYYY-MM-DD' "$binary" report daily --date 2026-02-30 --data "$data" --site "$site"

# ---- backup and verify ---------------------------------------------------------------------------------------------------------
expect 'verify' 0 '^whole: ' "$binary" verify --data "$data"
mkdir "$work/stick"
expect 'backup' 0 '^whole: ' "$binary" backup "$work/stick" --data "$data"
copy=$(ls "$work"/stick/*.db) key=$(ls "$work"/stick/*.journal.key)
holds 'backup names site and date' -n "$(printf '%s' "$copy" | grep -E '/comanda-interno-[0-9]{8}-[0-9]{6}\.db$')"
holds 'a backup is the owners alone' "$(stat -c '%a %a' "$copy" "$key" | sort -u)" = '600 600'
holds 'a backup leaves nothing else' "$(find "$work/stick" -type f | wc -l)" -eq 2
expect 'backup into no directory' 1 'no such directory' "$binary" backup "$work/stick/away" --data "$data"
mkdir "$work/restored"
cp "$copy" "$work/restored/comanda.db"
cp "$key" "$work/restored/journal.key"
expect 'a restored backup verifies' 0 '^whole: ' "$binary" verify --data "$work/restored"
expect 'and opens' 0 'Ana' "$binary" staff list --data "$work/restored" --site "$site"

sqlite3 "$work/restored/comanda.db" "DROP TRIGGER journal_no_update; UPDATE journal SET detail = '{}' WHERE seq = 3"
expect 'verify names a changed entry' 1 'journal: entry 3' "$binary" verify --data "$work/restored"
expect 'a backup of it is no good' 1 'finding' "$binary" backup "$work/stick" --data "$work/restored"
rm "$work/restored/journal.key"
expect 'verify without the key says so' 1 'journal.key' "$binary" verify --data "$work/restored"
expect 'verify of nothing' 1 'no such database' "$binary" verify --data "$work/nothing"
mkdir "$work/garbage"
head -c 8192 /dev/zero | tr '\0' x >"$work/garbage/comanda.db"
expect 'verify of garbage' 1 'comanda.db' "$binary" verify --data "$work/garbage"
expect 'serve of garbage' 1 'comanda.db' "$binary" serve --data "$work/garbage" --site "$site" --listen "127.0.0.1:$port"
one_line 'serve of garbage'
holds 'garbage is left as it is' "$(tr -d x <"$work/garbage/comanda.db" | wc -c)" -eq 0
mkdir "$work/newer"
cp "$copy" "$work/newer/comanda.db"
cp "$key" "$work/newer/journal.key"
sqlite3 "$work/newer/comanda.db" 'PRAGMA user_version = 9999' >/dev/null
expect 'serve of a newer database' 1 'comanda.db' "$binary" serve --data "$work/newer" --site "$site" --listen "127.0.0.1:$port"
expect 'verify of a newer database' 1 'schema 9999' "$binary" verify --data "$work/newer"
expect 'doctor on a newer database' 1 'or a newer one' "$binary" doctor --data "$work/newer" --site "$site"

# ---- doctor ----------------------------------------------------------------------------------------------------------------------
expect 'doctor' 0 'It works' "$binary" doctor --data "$data" --site "$site"
for word in site clock data disk server database journal menu people numbers printer usb; do
    holds "doctor looks at $word" -n "$(grep -E "^(ok|warn|BAD) +$word " "$work/out")"
done
expect 'doctor without anything' 1 'which one' "$binary" doctor
sed 's#"menu_file": "\.\./menus/#"menu_file": "'"$PWD"'/data/menus/#; s#"slug": "caja", "name": "Caja", "profile": "epson-tm-t20iii", "transport": "virtual"#"slug": "caja", "name": "Caja", "profile": "epson-tm-t20iii", "transport": "tcp", "host": "127.0.0.1", "port": 42219#' \
    "$site" >"$work/tcp.json"
expect 'doctor misses a network printer' 1 'ping 127.0.0.1' "$binary" doctor --data "$data" --site "$work/tcp.json"
expect 'and names it' 1 '^BAD *printer *caja .*127.0.0.1.*42219' "$binary" doctor --data "$data" --site "$work/tcp.json"
sed 's/"coin": 50/"coin": "fifty", "colour": "red"/; s/"mesa-2"/"mesa-1"/' "$site" >"$work/wrong.json"
expect 'doctor on a wrong site' 1 '^BAD *site' "$binary" doctor --data "$data" --site "$work/wrong.json"

# ---- serve -----------------------------------------------------------------------------------------------------------------------
expect 'serve with a wrong site' 1 'wrong.json: coin' "$binary" serve --site "$work/wrong.json" --data "$work/never"
holds 'it tells every fault' "$(grep -cE 'coin|colour|mesa-1|mesa-2' "$work/err")" -ge 3
holds 'and makes nothing' ! -e "$work/never"
expect 'serve without a site' 2 'site' "$binary" serve --data "$data"
for address in 0.0.0.0:42211 '[::]:42211' 192.168.1.5:42211 till.local:42211; do
    expect "the demo is refused on $address" 2 'refused' "$binary" serve --site "$site" --data "$data" --listen "$address" --demo
done

start "$data" "$site"
holds 'the demo people are shown' "$(grep -c 444444 "$work/serve.out")" -eq 1
expect 'it answers' 0 '"status":"ok"' curl -sf "http://127.0.0.1:$port/healthz"
expect 'a second server on the directory' 1 'in use' "$binary" serve --data "$data" --site "$site" --listen 127.0.0.1:42212
expect 'a second server on the port' 1 "127.0.0.1:$port" "$binary" serve --data "$work/other" --site "$site" --listen "127.0.0.1:$port"
holds 'the control socket is the owners alone' "$(stat -c %a "$data/control.sock")" = 600

# The same verbs, through the socket: no site is needed.
with_pin 5093 'staff add to a server' 0 'Rosa added' "$binary" staff add Rosa --role waiter --data "$data"
expect 'staff list of a server' 0 'Rosa' "$binary" staff list --data "$data"
with_pin 1234 'a weak PIN for a server' 1 'anyone would try' "$binary" staff pin Rosa --data "$data"
expect 'menu publish to a server' 0 'version 3' "$binary" menu publish data/menus/interno.json --data "$data"
expect 'menu faults from a server' 1 'items\[0\].price' "$binary" menu publish "$work/bad.json" --data "$data"
expect 'menu export of a server' 0 '"categories"' "$binary" menu export --version 3 --data "$data"
expect 'print test of a server' 0 'barra: printed' "$binary" print test --printer barra --data "$data"
expect 'backup of a server' 0 '^whole: ' "$binary" backup "$work/stick" --data "$data"
expect 'verify of a server' 0 '^whole: ' "$binary" verify --data "$data"
holds 'practice stands beside it' -f "$data/practice/comanda.db"
holds 'a backup leaves practice out' -z "$(find "$work/stick" -path '*practice*')"
expect 'doctor with a server' 0 '^ok *server *answers' "$binary" doctor --data "$data" --site "$site"
expect 'doctor warns of the demo' 0 'everybody knows' "$binary" doctor --data "$data" --site "$site"

# One sale, and it is in the report.
call() { # METHOD PATH BODY
    key=$(cat /proc/sys/kernel/random/uuid)
    curl -sf -X "$1" -H "Authorization: Bearer $token" -H "Idempotency-Key: $key" -H 'Content-Type: application/json' -d "$3" \
        "http://127.0.0.1:$port/api/v1$2"
}
id_of() { sed 's/^{"id":\([0-9]*\).*/\1/'; }
cashier=$("$binary" staff list --data "$data" | awk '$2 == "caja" {print $1}')
token=$(curl -sf -H 'Content-Type: application/json' -d "{\"staff\":$cashier,\"pin\":\"1111\"}" "http://127.0.0.1:$port/api/v1/session" |
    sed 's/.*"token":"\([^"]*\)".*/\1/')
shift_id=$(call POST /shifts '{"float":200000}' | id_of)
order=$(call POST /orders '{"kind":"table","table":"mesa-1","covers":2,"lines":[{"item":"limonada-coco","quantity":2}],"send":true}' | id_of)
call POST "/orders/$order/tip" '{"declined":true}' >/dev/null
call POST "/orders/$order/payments" '{"means":"efectivo"}' >/dev/null
call POST /printers/fria/pause '{}' >/dev/null
call POST /stations/barra/route '{"printer":"caja"}' >/dev/null
expect 'print test on a paused printer does not wait for it' 1 'fria: queued .*: paused' "$binary" print test --printer fria --data "$data"
expect 'doctor tells of a paused printer' 0 '^warn *paper *fria: paused by caja' "$binary" doctor --data "$data" --site "$site"
holds 'and of a station that prints elsewhere' "$(grep -c '^warn *paper *barra: its tickets go to caja' "$work/out")" -eq 1
call POST /printers/fria/resume '{}' >/dev/null
call DELETE /stations/barra/route '{}' >/dev/null
expect 'report daily of a server' 0 'Efectivo *1 ' "$binary" report daily --data "$data"
holds 'it counts one document' "$(awk '$1 == "documents" {print $2}' "$work/out")" -eq 1
call POST "/shifts/$shift_id/close" '{"count":{"50000":4}}' >/dev/null
expect 'the Z is in the report' 0 'Z 1, difference' "$binary" report daily --data "$data"
expect 'and all is still whole' 0 '^whole: 1 paid bills, 1 documents' "$binary" verify --data "$data"
stop 'a server stops on SIGTERM' TERM
holds 'and takes its socket along' ! -e "$data/control.sock"
holds 'and leaves no log behind' ! -e "$data/comanda.db-wal"

expect 'open demo PINs keep a server on this machine' 1 'everybody knows' "$binary" serve --site "$site" --data "$data" --listen 0.0.0.0:42211
start "$data" "$site"
stop 'a server stops on SIGINT' INT
expect 'the report stands after a restart' 0 'Efectivo *1 ' "$binary" report daily --data "$data" --site "$site"

# A server that was killed: its lock is free, its data whole, and a stale socket is in nobody's way.
start "$data" "$site"
kill -9 "$server"
wait "$server" 2>/dev/null
server=
expect 'verbs open the directory of a killed server' 0 'Rosa' "$binary" staff list --data "$data" --site "$site"
expect 'and its data is whole' 0 '^whole: 1 paid bills' "$binary" verify --data "$data"

# ---- practice is no real till, and its ruin is not the real one's -----------------------------------------------------------------
expect 'practice does not open as a real till' 1 'made for practice' "$binary" report daily --data "$data/practice" --site "$site"
echo garbage >"$data/practice/comanda.db"
expect 'verify does not look at practice' 0 '^whole: 1 paid bills' "$binary" verify --data "$data"
expect 'the report does not look at practice' 0 'Efectivo *1 ' "$binary" report daily --data "$data" --site "$site"
start "$data" "$site"
holds 'a ruined practice is told, and the till starts' "$(cat "$work"/serve.* | grep -c 'practice is off')" -eq 1
stop 'and the next server starts' TERM

printf 'cli: %d passed, %d failed\n' "$passed" "$failed"
[ "$failed" -eq 0 ] && [ "$passed" -gt 0 ]
