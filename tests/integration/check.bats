#!/usr/bin/env bats
# Verdicts judged from outside: distances by an oracle on GeographicLib's geodesics, areas as
# published, the accuracies put together in Python.
bats_require_minimum_version 1.5.0

setup_file() {
  export DATA="$SOURCE/data" PATH="$BIN:$BIN/../tests:$PATH"
  cd "$BATS_FILE_TMPDIR" || exit 1
  for layer in zones corridors interchanges; do
    ogr2ogr -t_srs EPSG:4326 -f CSV "$layer.csv" "$DATA/$layer.shp" -lco GEOMETRY=AS_WKT
  done
  oracle-near zones.csv corridors.csv >corridors.txt
  oracle-near zones.csv interchanges.csv >interchanges.txt
}

setup() {
  cd "$BATS_FILE_TMPDIR" || exit 1
}

# judge LAYER JSON: reads features from JSON and the oracle's distances to LAYER; `expect` is Python
# that gives (verdict, margin) from p (the properties), d (a distance for each feature of LAYER) and
# acc (the accuracies of those).
judge() {
  python3 - "$1" "$2" "$3" <<'P'
import csv, json, math, sys
layer, path, expect = sys.argv[1:]
acc = [float(r['pos_acc_m']) for r in csv.DictReader(open(layer + '.csv', encoding='utf-8'))]
rows = [[float(x) for x in line.split()] for line in open(layer + '.txt')]
features = json.load(open(path, encoding='utf-8'))['features']
assert len(features) == len(rows) == 21
scope = {'math': math, 'acc': acc}
exec(expect, scope)
seen = set()
for feature, d in zip(features, rows):
    p = feature['properties']
    verdict, margin = scope['expect'](p, d)
    seen.add(verdict)
    assert p['verdict'] == verdict, (p, d, verdict)
    if margin is None:
        assert p['margin_m'] is None, p
    else:
        assert abs(p['margin_m'] - margin) < 2e-6, (p, margin)
print(' '.join(sorted(seen)))
P
}

@test "--within 5km with pos_acc_m: every verdict is right, several are uncertain" {
  run geo-check "$DATA/zones.shp" -c "$DATA/corridors.shp" --within 5km --accuracy-field pos_acc_m -o a.geojson
  [ "$status" = 0 ]
  run -0 judge corridors a.geojson '
def expect(p, d):
    margin, u = 5000 - min(d), p["pos_acc_m"]
    return ("pass" if margin > u else "fail" if margin < -u else "uncertain"), margin'
  [ "$output" = "pass uncertain" ]
  [ "$(jq '[.features[].properties.verdict | select(. == "uncertain")] | length' a.geojson)" -ge 5 ]
}

@test "with all accuracies 0 nothing is uncertain, and the exit status is 1" {
  run -1 geo-check "$DATA/zones.shp" -c "$DATA/corridors.shp" --within 5km --accuracy 0m --corridor-accuracy 0m -o b.geojson
  run -0 judge corridors b.geojson '
def expect(p, d):
    return ("pass" if min(d) <= 5000 else "fail"), 5000 - min(d)'
  [ "$output" = "fail pass" ]
}

@test "accuracies of features and corridors: root sum of squares, or the sum" {
  for how in rss sum; do
    geo-check "$DATA/zones.shp" -c "$DATA/corridors.shp" --within 5km --accuracy-field pos_acc_m \
      --corridor-accuracy-field pos_acc_m --accuracy-combine $how -o $how.geojson
    run -0 judge corridors $how.geojson '
def expect(p, d):
    together = math.hypot if "'$how'" == "rss" else lambda a, b: a + b
    u = [together(p["pos_acc_m"], a) for a in acc]
    low, high = min(x - y for x, y in zip(d, u)), min(x + y for x, y in zip(d, u))
    return ("pass" if high < 5000 else "fail" if low > 5000 else "uncertain"), 5000 - min(d)'
  done
  [ "$(jq -c '[.features[].properties.verdict]' rss.geojson)" != "$(jq -c '[.features[].properties.verdict]' sum.geojson)" ]
}

@test "--beyond: the bound that counts is that of the interchange known least" {
  geo-check "$DATA/zones.shp" -c "$DATA/interchanges.shp" --beyond 3km --accuracy 100m \
    --corridor-accuracy-field pos_acc_m -o c.geojson || [ $? = 1 ]
  run -0 judge interchanges c.geojson '
def expect(p, d):
    u = [math.hypot(100, a) for a in acc]
    low, high = min(x - y for x, y in zip(d, u)), min(x + y for x, y in zip(d, u))
    return ("pass" if low > 3000 else "fail" if high < 3000 else "uncertain"), min(d) - 3000'
  [ "$output" = "fail pass uncertain" ]
}

@test "count: interchanges within 15 km, for certain and perhaps" {
  printf 'id,what,op,value,layer\nexits,count within 15 km,>=,3,%s\n' "$DATA/interchanges.shp" >count.csv
  geo-check "$DATA/zones.shp" --rules count.csv --accuracy 200m --corridor-accuracy-field pos_acc_m -o d.geojson || [ $? = 1 ]
  run -0 judge interchanges d.geojson '
def expect(p, d):
    u = [math.hypot(200, a) for a in acc]
    assert p["exits"] == sum(x <= 15000 for x in d), (p, d)
    low = sum(x + y <= 15000 for x, y in zip(d, u))
    high = sum(x - y <= 15000 for x, y in zip(d, u))
    return ("pass" if low >= 3 else "fail" if high < 3 else "uncertain"), None'
  [ "$output" = "fail pass uncertain" ]
}

@test "area: the published hectares against a limit, with an accuracy of their own" {
  geo-check "$DATA/zones.shp" --min-area 200ha --area-accuracy 5ha -o e.geojson || [ $? = 1 ]
  run -0 judge interchanges e.geojson '
def expect(p, d):
    ha = p["plan_ha"]
    assert abs(p["min_ha"] - ha) < 1e-4, p
    return ("pass" if ha > 205 else "fail" if ha < 195 else "uncertain"), None'
  [ "$output" = "fail pass uncertain" ]
}

# ---- shares and overlaps, at the equator: distances to it are arcs of meridians, areas between
# parallels are exact (Snyder 1987, 3-12) ----

box() { # WEST SOUTH EAST NORTH
  echo '{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[['"$1,$2],[$3,$2],[$3,$4],[$1,$4],[$1,$2"']]]}}'
}

rule() { # WHAT OP VALUE UNIT [LAYER]: a table of one rule
  printf 'id,what,op,value,unit,layer\nr,%s,%s,%s,%s,%s\n' "$@" >rule.csv
}

# checked ACCURACY: the verdict of zone.geojsonl by rule.csv
checked() {
  geo-check zone.geojsonl -c equator.geojsonl --rules rule.csv --accuracy "$1" --corridor-accuracy 0m -q |
    jq -r .properties.verdict
}

# from_equator: Python: arc(phi) in metres, share(phi, top): of the area up to top what lies below phi
from_equator='
import math
a, f = 6378137, 1 / 298.257223563
e2 = f * (2 - f); e = math.sqrt(e2)
def arc(phi, n=200):
    h = math.radians(phi) / n
    g = lambda p: a * (1 - e2) / (1 - e2 * math.sin(p) ** 2) ** 1.5
    return h / 3 * sum((1 if k in (0, n) else 4 if k % 2 else 2) * g(k * h) for k in range(n + 1))
def q(phi):
    s = math.sin(math.radians(phi))
    return (1 - e2) * (s / (1 - e2 * s * s) + math.atanh(e * s) / e)
def solve(function, value, low=0, high=1):
    for _ in range(200):
        middle = (low + high) / 2
        low, high = (middle, high) if function(middle) < value else (low, middle)
    return low
'

@test "share: of a zone on the equator, and the distance that holds half of it" {
  box 0 0 0.01 0.1 >zone.geojsonl
  echo '{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[-0.5,0],[0.5,0]]}}' >equator.geojsonl
  geo-check zone.geojsonl -c equator.geojsonl --within 5km --share 50% -q >share.json || [ $? = 1 ]
  python3 - <<P
$from_equator
import json
p = json.load(open('share.json'))['properties']
held = arc(solve(lambda x: q(x) / q(0.1), 0.5))
pct = 100 * q(solve(arc, 5000)) / q(0.1)
assert abs(p['share_pct'] - pct) < 1e-5, (p, pct)
assert abs(p['margin_m'] - (5000 - held)) < 0.003, (p, 5000 - held)
assert (p['verdict'], p['rule']) == ('fail', 'share_pct'), p
open('margin', 'w').write(f'{held - 5000:.3f}')
P
  rule "share within 5km" ">=" 50 %
  less=$(awk '{ printf "%.1fm", $1 - 1 }' margin) more=$(awk '{ printf "%.1fm", $1 + 1 }' margin)
  [ "$(checked "$less") $(checked "$more")" = "fail uncertain" ]
  rule "share within 5km" "<=" 50 %
  [ "$(checked "$less") $(checked "$more")" = "pass uncertain" ]
  rule "share within 20km" ">=" 100 %
  [ "$(checked 1km) $(checked 9km)" = "pass uncertain" ]
}

@test "overlap: half of a zone, and what shifts of the shapes leave of it" {
  box -0.005 0.005 0.005 0.015 >zone.geojsonl
  cp zone.geojsonl equator.geojsonl
  box 0 0 0.02 0.02 >forest.geojsonl
  rule overlap "<=" 60 % forest.geojsonl
  geo-check zone.geojsonl --rules rule.csv -q | jq -e '.properties.r | . > 49.9999 and . < 50.0001'
  # 50 % and what a shift by u adds: u out of 1113.19 m.
  [ "$(checked 110m) $(checked 113m)" = "pass uncertain" ]
  rule overlap "<=" 40 % forest.geojsonl
  [ "$(checked 110m) $(checked 113m)" = "fail uncertain" ]
  rule overlap "<=" 0 ha forest.geojsonl
  ha=$(geo-check zone.geojsonl --rules rule.csv -q | jq .properties.r || true)
  python3 - "$ha" <<P
$from_equator
import sys
assert abs(float(sys.argv[1]) - a * a / 2 * (q(0.015) - q(0.005)) * math.radians(0.005) / 1e4) < 1e-4
P
}

@test "overlap: a zone beside the land, on its edge, and deep within two parcels of it" {
  box 0 0 0.02 0.01 >forest.geojsonl
  box 0 0.01 0.02 0.02 >>forest.geojsonl
  cp forest.geojsonl equator.geojsonl
  rule overlap "<=" 0 ha forest.geojsonl
  box -0.005 0.005 -0.001 0.015 >zone.geojsonl # 111.3 m off
  [ "$(checked 0m) $(checked 110m) $(checked 113m)" = "pass pass uncertain" ]
  box -0.005 0.005 0 0.015 >zone.geojsonl
  [ "$(checked 0m) $(checked 1m)" = "pass uncertain" ]
  box 0.005 0.005 0.015 0.015 >zone.geojsonl # 552.9 m deep, and more in the middle
  [ "$(checked 0m) $(checked 552m) $(checked 1000m) $(checked 1200m)" = "fail fail fail uncertain" ]
}
