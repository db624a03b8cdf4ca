#!/usr/bin/env bash
# Area and nearest corridor by QGIS Processing without a screen: planar in VN-2000 / UTM 48N.
# usage: qgis.sh ZONES SEGMENTS OUT.geojson SCRATCH    SCRATCH becomes QGIS's home
set -euo pipefail
zones=$1 segments=$2 out=$3 scratch=$4
export QT_QPA_PLATFORM=offscreen HOME=$scratch XDG_RUNTIME_DIR=$scratch/run
mkdir -p "$XDG_RUNTIME_DIR"
chmod 700 "$XDG_RUNTIME_DIR"

# .bin: Debian's wrapper passes on an option that the program refuses.
run() {
  if ! qgis_process.bin run "native:$1" "${@:2}" >"$scratch/log" 2>&1; then
    cat "$scratch/log" >&2
    exit 1
  fi
}

run reprojectlayer --INPUT="$zones" --TARGET_CRS=EPSG:3405 --OUTPUT="$scratch/zones.gpkg"
run reprojectlayer --INPUT="$segments" --TARGET_CRS=EPSG:3405 --OUTPUT="$scratch/segments.gpkg"
# shellcheck disable=SC2016 # $geometry is QGIS's
run fieldcalculator --INPUT="$scratch/zones.gpkg" --FIELD_NAME=area_ha --FIELD_TYPE=0 \
  --FORMULA='area($geometry) / 10000' --OUTPUT="$scratch/area.gpkg"
run joinbynearest --INPUT="$scratch/area.gpkg" --INPUT_2="$scratch/segments.gpkg" --NEIGHBORS=1 \
  --FIELDS_TO_COPY=name --PREFIX=near_ --OUTPUT="$scratch/near.gpkg"
# Where two segments meet, both are nearest.
run removeduplicatesbyattribute --INPUT="$scratch/near.gpkg" --FIELDS=id --OUTPUT="$scratch/one.gpkg"
run reprojectlayer --INPUT="$scratch/one.gpkg" --TARGET_CRS=EPSG:4326 --OUTPUT="$out"
[ -s "$out" ]
