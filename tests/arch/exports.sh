#!/bin/sh
# The library exports exactly what its headers mark GEO_API.
# usage: exports.sh INCLUDE_DIR LIBRARY
set -eu
declared=$(cat "$1"/geo/*.h | tr '\n' ' ' |
    grep -oE 'GEO_API [A-Za-z0-9_ *]*\b(geo_[a-z0-9_]+) *\(' |
    sed -E 's/.*[ *](geo_[a-z0-9_]+) *\(/\1/' | sort)
exported=$(nm -D --defined-only "$2" | awk '$2 ~ /^[TDRB]$/ { print $3 }' |
    grep -vE '^(__asan|__tsan|__ubsan|__odr_asan|__bss_start|_end|_edata)' | sort)
[ "$declared" = "$exported" ] && exit 0
printf 'declared:\n%s\n\nexported:\n%s\n' "$declared" "$exported" >&2
exit 1
