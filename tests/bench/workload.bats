#!/usr/bin/env bats
# Workloads are what they say, and the same each time; other tools read them.
bats_require_minimum_version 1.5.0

setup_file() {
  export PATH="$BIN/../tests:$BIN:$PATH"
  cd "$BATS_FILE_TMPDIR" || exit 1
  for run in one two; do
    mkdir $run
    bench-workload parcels $run/parcels 2500
    bench-workload roads $run/roads.geojsonl 20
    bench-workload zones $run/zones.geojsonl 500
    bench-workload corridors $run/corridors.geojsonl
    bench-workload corridor-segments $run/segments.geojsonl
  done
}

setup() {
  cd "$BATS_FILE_TMPDIR" || exit 1
}

# json FILE FILTER: what jq says of geo-info's report.
json() {
  geo-info --json "$1" | jq -c "$2"
}

@test "the same seed gives the same bytes, another seed others" {
  diff -r one two
  bench-workload zones other.geojsonl 500 8
  run -1 cmp -s one/zones.geojsonl other.geojsonl
}

# Kept from gcc 12 with glibc 2.36: another compiler, C library or processor must give them again.
@test "the bytes are those of every machine" {
  run -0 bash -c "cd one && cat parcels.* roads.* zones.* corridors.* segments.* | sha256sum"
  [ "$output" = "83c07aa1c4194894919d17ea2eb0b3cf56e4b0d9c9ba7ded2ad73c9f1beb21ba  -" ]
}

@test "the shapefile: ogrinfo counts its features, fields and bytes, all polygons are valid" {
  run -0 ogrinfo -so -al one/parcels.shp
  [[ $output == *"Feature Count: 2500"* ]]
  [[ $output == *"ID[\"EPSG\",4326]"* ]]
  [ "$(stat -c %s one/parcels.shp)" = $((100 + 2500 * 232)) ]
  [ "$(stat -c %s one/parcels.dbf)" = $((32 + 4 * 32 + 1 + 2500 * 62 + 1)) ]
  run -0 ogrinfo -q one/parcels.shp -dialect sqlite \
    -sql 'SELECT SUM(ST_IsValid(geometry)) AS valid, MIN(AREA_DECL) AS least,
          MAX(ID) AS last, MIN(ST_NPoints(geometry)) AS points FROM parcels'
  [[ $output == *"valid (Integer) = 2500"* ]]
  [[ $output == *"last (Integer64) = 2499"* || $output == *"last (Integer) = 2499"* ]]
  [[ $output == *"points (Integer) = 11"* ]]
}

@test "the GeoJSON lines: geo-info counts them and mends nothing" {
  geo-info one/zones.geojsonl one/roads.geojsonl one/corridors.geojsonl one/segments.geojsonl >info
  grep -o 'features.*' info | sed 's/ \+/ /g' >features
  diff features - <<'T'
features 500: 500 Polygon; 7683 vertices
features 20: 20 LineString; 1020 vertices
features 3: 3 LineString; 26083 vertices
features 26080: 26080 LineString; 52160 vertices
T
  [ "$(grep -c 'geometry   0 invalid (mended), 0 skipped, 0 empty, 0 null' info)" = 4 ]
}

# A degree of latitude is taken as 111,320 m, up to 0.6 % too much here; longitudes by one cosine.
@test "corridors are as long as they say within 2 %, whole and by the segment" {
  for file in corridors segments; do
    ogrinfo -q one/$file.geojsonl -dialect sqlite \
      -sql "SELECT name, SUM(GeodesicLength(geometry)) AS m FROM $file GROUP BY name ORDER BY m" |
      sed -n 's/.* m (Real) = //p' >$file.m
    [ "$(wc -l <$file.m)" = 3 ]
    paste $file.m - <<'T' | awk '{ if ($1 < 0.98 * $2 || $1 > 1.02 * $2) { print; bad = 1 } } END { exit bad }'
112000
240000
300000
T
  done
}

@test "a kind, size or place that is none is refused" {
  run -2 bench-workload
  run -2 bench-workload lakes out
  run -2 bench-workload zones out many
  run -2 bench-workload zones out -1
  run -2 bench-workload corridors out 4
  run -1 bench-workload zones nowhere/out 1
  [ "$output" = "bench-workload: nowhere/out: cannot be written: No such file or directory" ]
  run -1 bench-workload zones /dev/full 5
  [ "$output" = "bench-workload: /dev/full: cannot be written: No space left on device" ]
}
