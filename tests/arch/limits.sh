#!/bin/sh
# No function over 60 lines, no tool over 200, no file over 500.
# usage: limits.sh PROJECT
set -eu
cd "$1"
status=0
long=$(find libgeo tools tests -name '*.[ch]' -not -path '*/corpus/*' -exec awk '
    FNR == 1 { open = 0 }
    /^\{/ { open = FNR }
    /^\}/ { if (open && FNR - open > 60) print FILENAME ":" open ": a function of " FNR - open " lines"; open = 0 }' {} +)
big=$(wc -l libgeo/src/*/*.[ch] libgeo/include/geo/*.h tools/kit/*.[ch] | awk '$2 != "total" && $1 > 500 { print $2 ": " $1 " lines" }')
tools=$(wc -l tools/*.c | awk '$2 != "total" && $1 > 200 { print $2 ": a tool of " $1 " lines" }')
for found in "$long" "$big" "$tools"; do
    [ -z "$found" ] || { printf '%s\n' "$found" >&2; status=1; }
done
exit $status
