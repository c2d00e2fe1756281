#!/bin/sh
# The house rules that a machine can check. Prints every breach as FILE:LINE: rule, and exits non-zero when there is one.
set -u
cd "$(dirname "$0")/../.."
breaches=0
breach() { printf '%s\n' "$1" >&2; breaches=$((breaches + 1)); }
# each MESSAGE < "file:line:text" lines
each() { while IFS= read -r hit; do [ -n "$hit" ] && breach "$(printf '%s' "$hit" | cut -c1-160)  <- $1"; done; }
c_files() { git ls-files --cached --others --exclude-standard -- '*.c' '*.h'; }

# A room includes only itself and rooms to its left.
may() { # ROOM-FOLDER ALLOWED-PATTERN
    c_files | grep "^$1/" | xargs -r grep -nE '^#include "' /dev/null | grep -vE "#include \"($2)/" | sed "s#\$#  <- $1 may not include this#"
}
hits=$(may data 'data'; may menu 'data|menu'; may printer 'data|printer'; may pos/core 'data|menu|printer|pos/core'
       may pos/http 'data|menu|printer|pos/core|pos/http'; may pos/cli 'data|menu|printer|pos/core|pos/http|pos/cli')
while IFS= read -r hit; do [ -n "$hit" ] && breach "$hit"; done <<H
$hits
H

# Each library stays in its room.
library() { # HEADER-PATTERN ALLOWED-FILES-PATTERN
    hits=$(c_files | grep -v '^tests/' | grep -vE "$2" | xargs -r grep -nE "^#include [<\"]($1)" /dev/null)
    each "this library belongs in $2" <<H
$hits
H
}
library 'sqlite3\.h' '^data/db'
library 'cjson/|cJSON\.h' '^data/json'
library 'microhttpd\.h' '^pos/http/server\.c$'
library 'libusb' '^printer/usb'
library 'curl/' '^pos/cli/'
library 'sodium\.h' '^pos/(core|http)/(pin|session|journal|journal_key|command|request_hash|staff)\.c$'
library 'png\.h|ft2build\.h|qrencode\.h' '^printer/'

# Banned: unbounded or unchecked functions, and floating point near money.
hits=$(c_files | xargs -r grep -nE '\b(gets|strcpy|strcat|sprintf|vsprintf|strtok|atoi|atol|atoll|rand|mktemp|tmpnam|alloca)\(' /dev/null)
each 'banned function' <<H
$hits
H
hits=$(c_files | grep -E '^(data|menu|pos/core|pos/http)/' | grep -vE '^data/json' | xargs -r grep -nE '^[^"]*\b(float|double)\b [a-z_*]' /dev/null)
each 'floating point' <<H
$hits
H

# The first line of every source file says what it is.
for file in $(git ls-files --cached --others --exclude-standard -- '*.c' '*.h' '*.sql' '*.ts' '*.tsx' '*.css' '*.mjs' '*.sh'); do
    first=$(sed -n '1{s/^#!.*//;p;}' "$file")
    [ -n "$first" ] || first=$(sed -n 2p "$file")
    case $first in '/*'* | '//'* | '--'* | '#'* | '/**'*) ;; *) breach "$file:1: the first line must say what the file is" ;; esac
done

# Marks of unfinished work, and words that belong to nobody's product.
hits=$(git ls-files --cached --others --exclude-standard -- '*.c' '*.h' '*.ts' '*.tsx' '*.sql' '*.mjs' Makefile |
    xargs -r grep -nIE '\b(TODO|FIXME|XXX|HACK|not implemented)\b' /dev/null)
each 'unfinished' <<H
$hits
H

if [ "$breaches" -eq 0 ]; then echo 'lint: clean'; else printf 'lint: %d breaches\n' "$breaches" >&2; exit 1; fi
