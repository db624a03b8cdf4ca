#!/usr/bin/env bats
# QGIS opens what the tools write with --style already coloured: our renderer, our categories, and
# in its picture the colours of the palette.
bats_require_minimum_version 1.5.0

# One start of QGIS for all layers.
setup_file() {
  PATH="$BIN:$PATH"
  cd "$BATS_FILE_TMPDIR"
  local data=$SOURCE/data name
  cat >hostile.geojson <<'J'
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"kind":"</category><x>&\"'","status":"operating"},"geometry":{"type":"Polygon","coordinates":[[[105,21],[106,21],[106,22],[105,21]]]}},
{"type":"Feature","properties":{"kind":"\"quoted\" 😀 مرحبا","status":"planned"},"geometry":{"type":"Polygon","coordinates":[[[107,21],[108,21],[108,22],[107,21]]]}},
{"type":"Feature","properties":{"kind":"two\nlines\t","status":"building"},"geometry":{"type":"Polygon","coordinates":[[[109,21],[110,21],[110,22],[109,21]]]}},
{"type":"Feature","properties":{"kind":"LONG","status":"planned"},"geometry":{"type":"Polygon","coordinates":[[[111,21],[112,21],[112,22],[111,21]]]}},
{"type":"Feature","properties":{"kind":"bell\u0007","status":"planned"},"geometry":{"type":"Polygon","coordinates":[[[113,21],[114,21],[114,22],[113,21]]]}},
{"type":"Feature","properties":{"kind":"KCN","status":null},"geometry":{"type":"Polygon","coordinates":[[[115,21],[116,21],[116,22],[115,21]]]}},
{"type":"Feature","properties":{"kind":null,"status":null},"geometry":{"type":"Polygon","coordinates":[[[117,21],[118,21],[118,22],[117,21]]]}}]}
J
  sed -i "s/LONG/$(printf 'x%.0s' {1..10000})/" hostile.geojson
  cat >distances.geojson <<'J'
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"from_m":null,"to_m":-0.5},"geometry":{"type":"Polygon","coordinates":[[[105,21],[106,21],[106,22],[105,21]]]}},
{"type":"Feature","properties":{"from_m":-0.5,"to_m":0.1},"geometry":{"type":"Polygon","coordinates":[[[107,21],[108,21],[108,22],[107,21]]]}},
{"type":"Feature","properties":{"from_m":0.1,"to_m":1609.344},"geometry":{"type":"Polygon","coordinates":[[[109,21],[110,21],[110,22],[109,21]]]}},
{"type":"Feature","properties":{"from_m":1609.344,"to_m":1000000},"geometry":{"type":"Polygon","coordinates":[[[111,21],[112,21],[112,22],[111,21]]]}},
{"type":"Feature","properties":{"from_m":1000000,"to_m":1234567},"geometry":{"type":"Polygon","coordinates":[[[113,21],[114,21],[114,22],[113,21]]]}},
{"type":"Feature","properties":{"from_m":1234567,"to_m":null},"geometry":{"type":"Polygon","coordinates":[[[115,21],[116,21],[116,22],[115,21]]]}}]}
J
  geo-export "$data/zones.shp" --style -o zones.geojson
  geo-export "$data/zones.shp" --style --lang vi -o quy_hoạch.gpkg
  geo-export "$data/zones.shp" --style --dst-crs EPSG:5897 -o grid.shp
  geo-export "$data/clusters.shp" --style -o clusters.fgb
  geo-export "$data/corridors.shp" --style -o corridors.geojson
  geo-export "$data/interchanges.shp" --style -o interchanges.gpkg
  geo-check "$data/zones.shp" "$data/clusters.shp" -c "$data/corridors.shp" --rules "$data/rules.csv" \
    --accuracy-field pos_acc_m --corridor-accuracy-field pos_acc_m -q --style -o checked.gpkg || [ $? = 1 ]
  geo-buffer "$data/corridors.shp" -d 1km,3km,5km --style -o rings.shp
  geo-buffer "$data/corridors.shp" -d 1km,3km,5km --full --style -o discs.gpkg
  geo-bands "$data/zones.shp" -c "$data/corridors.shp" --bands 1km,3km --long --style -o long.geojson
  geo area "$data/zones.shp" ! near -c "$data/corridors.shp" --style -o chain.geojson
  for name in hostile distances; do
    geo-export $name.geojson --style -o $name.gpkg
    geo-export $name.geojson --style -o $name.fgb
  done
  mkdir -m 700 xdg
  XDG_RUNTIME_DIR=$PWD/xdg HOME=$PWD timeout 120 /usr/bin/python3 "$SOURCE/tests/integration/seen_by_qgis.py" \
    ./*.gpkg zones.geojson grid.shp clusters.fgb corridors.geojson rings.shp long.geojson chain.geojson \
    hostile.fgb distances.fgb >seen.json
}

# seen LAYER FILTER: what jq makes of the layer.
seen() {
  jq -c --arg layer "$1" "select(.layer == \$layer) | $2" "$BATS_FILE_TMPDIR/seen.json"
}

# assert_seen LAYER FILTER EXPECTED
assert_seen() {
  diff <(printf '%s\n' "$3") <(seen "$1" "$2")
}

# Colours of the picture by category, within 3 of 255: {"Label":[red,green,blue],…}.
assert_colours() {
  local wrong
  wrong=$(seen "$1" '.features[]' | jq -c --argjson right "$2" '
    .drawn_by as $name | [$right[$name], .colour] | transpose |
    select(map(.[0] == null or (.[0] - .[1] | fabs) > 3) | any) | [$name, .]')
  [ -z "$wrong" ] || { echo "$1: [right, seen]: $wrong"; return 1; }
  [ "$(seen "$1" '[.features[].drawn_by] | unique')" = "$(jq -c 'keys' <<<"$2")" ]
}

@test "zones are coloured by kind and status, in every format and CRS" {
  for layer in zones.geojson grid.shp chain.geojson; do
    assert_seen $layer '[.renderer, .attribute, .labels]' \
      '["categorizedSymbol","concat(\"kind\", '"' '"', \"status\")","name"]'
    assert_seen $layer '.categories' \
      '[["KCN operating","Industrial zone, operating","SimpleFill"],["KCN building","Industrial zone, under construction","SimpleFill"],["KCN planned","Industrial zone, planned","SimpleFill"]]'
    assert_seen $layer '[.features[] | .cells.status + " " + .drawn_by] | group_by(.) | map([.[0], length])' \
      '[["building Industrial zone, under construction",5],["operating Industrial zone, operating",9],["planned Industrial zone, planned",7]]'
    # 5E3C99 over white, at 85, 50 and 18 %
    assert_colours $layer '{"Industrial zone, operating":[118,89,168],
      "Industrial zone, under construction":[174,157,204],"Industrial zone, planned":[226,220,237]}'
  done
}

@test "a GeoPackage carries its style, with a legend in Vietnamese if wanted" {
  assert_seen quy_hoạch.gpkg '.categories | map(.[1])' \
    '["Khu công nghiệp, đang hoạt động","Khu công nghiệp, đang xây dựng","Khu công nghiệp, quy hoạch"]'
  assert_colours quy_hoạch.gpkg '{"Khu công nghiệp, đang hoạt động":[118,89,168],
    "Khu công nghiệp, đang xây dựng":[174,157,204],"Khu công nghiệp, quy hoạch":[226,220,237]}'
  [ ! -e "$BATS_FILE_TMPDIR/quy_hoạch.qml" ]
}

@test "clusters have another colour than zones" {
  assert_colours clusters.fgb \
    '{"Industrial cluster, operating":[223,119,40],"Industrial cluster, planned":[248,226,209]}'
}

@test "corridors are lines, points are circles" {
  assert_seen corridors.geojson '[.attribute, .labels, .categories]' \
    '["status","ref",[["operating","Operating","SimpleLine"],["planned","Planned","SimpleLine"]]]'
  assert_seen corridors.geojson '.features[] | select(.cells.status == "operating") | .colour' '[168,18,62]'
  assert_seen interchanges.gpkg '[.renderer, .labels, (.features | map(.colour) | unique)]' \
    '["singleSymbol","name",[[255,255,255]]]'
}

@test "verdicts are coloured" {
  assert_seen checked.gpkg '[.attribute, (.categories | map(.[0]))]' '["verdict",["pass","uncertain","fail"]]'
  assert_seen checked.gpkg '[.features[] | .cells.verdict + " " + .drawn_by] | group_by(.) | map([.[0], length])' \
    '[["fail Fail",2],["pass Pass",3],["uncertain Uncertain",38]]'
  # 2A9D8F, FBE38A and A50F26 over white, at 80 %
  assert_colours checked.gpkg '{"Pass":[85,177,165],"Uncertain":[252,233,161],"Fail":[183,63,81]}'
}

@test "bands are graded, and near discs lie on top of far ones" {
  assert_seen rings.shp '[.renderer, .labels, (.categories | map(.[0:2]))]' \
    '["categorizedSymbol",null,[["0 1000","0–1 km"],["1000 3000","1–3 km"],["3000 5000","3–5 km"]]]'
  # 2B7BA6, the middle and E6F2F8 over white, at 70 %
  assert_colours rings.shp '{"0–1 km":[107,163,193],"1–3 km":[173,205,222],"3–5 km":[238,246,250]}'
  assert_seen discs.gpkg '[.features[] | [.cells.to_m, .drawn_by]]' \
    '[["1000.0","0–1 km"],["3000.0","0–3 km"],["5000.0","0–5 km"]]'
  near=$(seen discs.gpkg '.features[0].colour[0]')
  [ "$near" -lt 107 ] # what lies below shines through
  assert_seen long.geojson '[.features[] | .cells.band + " " + .drawn_by] | unique' \
    '["0_1km 0–1 km","1_3km 1–3 km","beyond Beyond 3 km"]'
}

@test "every distance finds its category" {
  for layer in distances.gpkg distances.fgb; do
    assert_seen $layer '[.features[] | [.cells.from_m, .drawn_by]] | sort_by(.[1])' \
      '[["-0.5","-0.5 to 0.1 m"],["0.1","0.0001–1.609344 km"],["1609.344","1.609344–1000 km"],["1000000.0","1000–1234.567 km"],["1234567.0","Beyond 1234.567 km"],["NULL","Up to -0.5 m"]]'
  done
}

@test "hostile values find their category, or the last one" {
  for layer in hostile.gpkg hostile.fgb; do
    assert_seen $layer '[.features[] | [.cells.kind[0:9], .drawn_by]] | sort' \
      '[["\"quoted\" ","\"quoted\" 😀 مرحبا, planned"],["</categor","</category><x>&\"'"'"', operating"],["KCN","Industrial zone, not stated"],["NULL","Other"],["bell\u0007","Other"],["two\nlines","two\nlines\t, under construction"],["xxxxxxxxx","Other"]]'
  done
}
