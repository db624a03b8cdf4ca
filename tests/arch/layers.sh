#!/bin/sh
# A stage may include only base and the stages before it, its own headers and theirs.
# usage: layers.sh DIR
set -eu
order="base read repair index measure write stream"
status=0 seen="ctx status api batch crs text" # public headers that are no stage's own
for stage in $order; do
    seen="$seen $stage"
    [ $stage = measure ] && seen="$seen within share"
    [ -d "$1/$stage" ] || { echo "no folder $1/$stage" >&2; exit 1; }
    for used in $(grep -hoE '^#include "(geo/[a-z0-9]+\.h|[a-z]+/)' "$1/$stage"/*.[ch] |
        sed -E 's/.*"//; s,^geo/,,; s,\.h$,,; s,/,,' | sort -u); do
        case " $seen " in
        *" $used "*) ;;
        *) echo "$stage includes $used, which comes later" >&2; status=1 ;;
        esac
    done
done
for tool in "$1"/../../tools/*.c "$1"/../../tools/kit/*.[ch]; do
    if grep -nHE '^#include "(base|read|repair|index|measure|write|stream)/' "$tool"; then
        echo "$tool includes an internal header" >&2; status=1
    fi
done
exit $status
