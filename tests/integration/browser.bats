#!/usr/bin/env bats
# The page of geo-map in Debian's Chromium: what a reader sees and can do, and what cannot be done to
# one. Each test is a script of tests/browser; figures are judged by those of the other tools.
bats_require_minimum_version 1.5.0

setup_file() {
  export PATH="$BIN:$PATH" DATA="$SOURCE/data" BROWSER="$SOURCE/tests/browser"
  cd "$BATS_FILE_TMPDIR" || exit 1
  geo-check "$DATA/zones.shp" "$DATA/clusters.shp" -c "$DATA/corridors.shp" --within 5km \
    --accuracy-field pos_acc_m -q -o checked.geojson || [ $? = 1 ]
  geo-map "$DATA/zones.shp" "$DATA/clusters.shp" "$DATA/interchanges.shp" -c "$DATA/corridors.shp" \
    --bands 1km,3km --context "$DATA/province.shp" --lang vi --title 'Vĩnh Phúc' -q -o report.html
}

setup() {
  cd "$BATS_FILE_TMPDIR" || exit 1
}

@test "it opens from a file, asks for nothing, says nothing, and draws every feature" {
  node "$BROWSER/opens.mjs" report.html vi zones=21 clusters=22 corridors=4 interchanges=6 province=1
}

@test "a row selects its shape and a shape its row" {
  node "$BROWSER/links.mjs" report.html
}

@test "rows are found without accents, filtered and sorted, and the language changes" {
  node "$BROWSER/table.mjs" report.html
}

@test "the cards say what the other tools say" {
  geo-area "$DATA/zones.shp" "$DATA/clusters.shp" --by kind --summary -f json -o area.json
  geo-bands "$DATA/zones.shp" "$DATA/clusters.shp" -c "$DATA/corridors.shp" --bands 1km,3km --summary \
    -f json -o bands.json
  (cd "$DATA" && geo-plan zones.shp clusters.shp unsized.shp --targets plan.csv --as-of 2030 --json) \
    >plan.json || [ $? = 1 ]
  geo-map checked.geojson -c "$DATA/corridors.shp" --bands 1km,3km --by kind -q -o checked.html
  cd "$DATA"
  geo-map zones.shp clusters.shp unsized.shp -c corridors.shp --bands 1km,3km --targets plan.csv \
    --as-of 2030 -q -o "$BATS_FILE_TMPDIR/plan.html"
  cd "$BATS_FILE_TMPDIR"
  node "$BROWSER/figures.mjs" plan.html area=area.json bands=bands.json plan=plan.json
  geo-area checked.geojson --by kind --summary -f json -o area.json --overwrite
  geo-bands checked.geojson -c "$DATA/corridors.shp" --bands 1km,3km --summary -f json -o bands.json --overwrite
  node "$BROWSER/figures.mjs" checked.html area=area.json bands=bands.json checked=checked.geojson
}

@test "at 390 px nothing is cut" {
  node "$BROWSER/narrow.mjs" report.html
  geo-map checked.geojson -c "$DATA/corridors.shp" --bands 1km,3km -q -o narrow.html
  node "$BROWSER/narrow.mjs" narrow.html
}

@test "axe finds nothing that shuts a reader out" {
  node "$BROWSER/reach.mjs" report.html
  (cd "$DATA" && geo-map "$BATS_FILE_TMPDIR/checked.geojson" -c corridors.shp --bands 1km,3km \
    --targets plan.csv --as-of 2030 -q -o "$BATS_FILE_TMPDIR/reach.html")
  node "$BROWSER/reach.mjs" reach.html
}

@test "hostile texts are shown and do nothing" {
  python3 - <<'P'
import json
texts = ['</script><script>window.hacked=1</script>', '<img src=x onerror="window.hacked=1">',
         '" onclick="window.hacked=1" x="', "'-alert(1)-'", '{{page}} ${window.hacked=1} &lt;b&gt;',
         '😀👩‍👩‍👧‍👦 \u00e9\u0301', '\u202eright to left\u202c مرحبا', ']]><!-- <!--<script>', '\u2028\u2029\u0001',
         'x' * 10000, '__proto__', 'constructor']
json.dump(texts, open('texts.json', 'w'))
ring = lambda x: [[x, 21], [x + .05, 21], [x + .05, 21.1], [x, 21.1], [x, 21]]
json.dump({'type': 'FeatureCollection', 'features': [
    {'type': 'Feature', 'properties': {'name': text, 'status': text, 'verdict': text, '<b onclick=1>': text,
                                       'constructor': text, '__proto__': 1},
     'geometry': {'type': 'Polygon', 'coordinates': [ring(105 + .1 * i)]}}
    for i, text in enumerate(texts)]}, open('<b>hostile.geojson', 'w'))
P
  geo-map '<b>hostile.geojson' --title "$(jq -r '.[0]' texts.json)" -q -o hostile.html
  node "$BROWSER/hostile.mjs" hostile.html texts.json
}

@test "one point, a line without columns, a zone across the antimeridian" {
  feature() {
    printf '{"type":"FeatureCollection","features":[{"type":"Feature","properties":%s,"geometry":{"type":"%s","coordinates":%s}}]}' \
      "$2" "$3" "$4" >"$1.geojson"
    geo-map "$1.geojson" -q -o "$1.html"
  }
  feature point '{"n":1e300}' Point '[105.5,21.3]'
  feature line '{}' LineString '[[105,21],[106,21]]'
  feature zone '{"json":{"a":[1,2]},"yes":true,"nothing":null}' Polygon '[[[179,-17],[-179,-17],[-179,-16],[179,-16],[179,-17]]]'
  node "$BROWSER/small.mjs" point.html line.html zone.html
}

@test "it prints on A4: map, legend, cards, every row" {
  node "$BROWSER/print.mjs" report.html report.pdf
  run -0 pdfinfo report.pdf
  [[ $output =~ "Page size:"[^$'\n']*"A4" ]]
  pdftotext -layout report.pdf report.txt
  for text in 'Vĩnh Phúc' 'Chú giải' '5.266,59 ha' 'Bảng số liệu'; do grep -qF "$text" report.txt; done
  # a row of the table: kind, area and shares in the bands
  [ "$(grep -cE ' (KCN|CCN) [^0-9]*[0-9.]+,[0-9]{2} .*[0-9],[0-9]{2} .*[0-9],[0-9]{2}' report.txt)" = 43 ]
}

@test "the page lets nothing in, and with tiles asks only for tiles" {
  geo-map "$DATA/zones.shp" -q -o plain.html
  geo-map "$DATA/zones.shp" --tiles 'https://tiles.geo.invalid/{z}/{x}/{y}.png' \
    --tiles-credit '© <b>Someone</b>' -q -o tiled.html
  node "$BROWSER/policy.mjs" plain.html tiled.html
}

@test "20,000 zones, and more than can be drawn: the page stays small" {
  for n in 20000 25000; do
    python3 - $n >many.geojson <<'P'
import json, math, sys
n = int(sys.argv[1])
side = math.isqrt(n) + 1
ring = lambda x, y: [[round(x + .008 * math.cos(k * math.pi / 6), 6), round(y + .008 * math.sin(k * math.pi / 6), 6)]
                     for k in [*range(12), 0]]
json.dump({'type': 'FeatureCollection', 'features': [
    {'type': 'Feature', 'properties': {'name': 'Khu %d' % i, 'kind': ['KCN', 'CCN'][i % 2], 'note': 'x' * 40},
     'geometry': {'type': 'Polygon', 'coordinates': [ring(105 + .02 * (i % side), 10 + .02 * (i // side))]}}
    for i in range(n)]}, sys.stdout)
P
    geo-map many.geojson -q -o many$n.html
    [ "$(stat -c %s many$n.html)" -lt 15000000 ]
  done
  node "$BROWSER/many.mjs" many20000.html 20000
  node "$BROWSER/many.mjs" many25000.html 25000
}
