#!/usr/bin/env bats
# What the tools write is RFC 7946: judged by @placemarkio/check-geojson and @mapbox/geojson-rewind.
bats_require_minimum_version 1.5.0

setup() {
  PATH="$BIN:$PATH"
  cd "$BATS_TEST_TMPDIR" || exit 1
  world=$(dpkg -L qgis-common | grep 'world_map.gpkg$')
}

@test "zones, near, lines, rings" {
  geo-export "$SOURCE/data/zones.shp" -o zones.geojson
  geo-near "$SOURCE/data/zones.shp" -c "$SOURCE/data/corridors.shp" --lines -o lines.geojson
  geo-buffer "$SOURCE/data/corridors.shp" -d 1km,3km -o rings.geojson
  node "$SOURCE/tests/rfc7946.mjs" zones.geojson lines.geojson rings.geojson
}

@test "the whole world, with its antimeridian and its pole" {
  for layer in countries states_provinces; do
    geo-export "$world" -l $layer -q -o $layer.geojson
  done
  node "$SOURCE/tests/rfc7946.mjs" countries.geojson states_provinces.geojson
}

@test "every line between tools is a valid feature" {
  geo-area "$SOURCE/data/zones.shp" >lines.geojsonl
  while read -r line; do printf '%s\n' "$line" >one.geojson; node "$SOURCE/tests/rfc7946.mjs" one.geojson; done \
    < <(head -n 3 lines.geojsonl)
}

@test "shapes across the antimeridian are cut there" {
  cat >in.geojson <<'J'
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"n":1},"geometry":{"type":"Polygon","coordinates":[[[179,-17],[-179,-17],[-179,-16],[179,-16],[179,-17]]]}},
{"type":"Feature","properties":{"n":2},"geometry":{"type":"LineString","coordinates":[[179,-17],[-179,-16]]}}]}
J
  geo-area in.geojson -o out.geojson
  node "$SOURCE/tests/rfc7946.mjs" out.geojson
  [ "$(jq -r '.features[].geometry.type' out.geojson | xargs)" = "MultiPolygon MultiLineString" ]
}
