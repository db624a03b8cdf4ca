#!/usr/bin/env bats
# The example province: made again, and held against its sources, GeographicLib and PROJ.
bats_require_minimum_version 1.5.0

setup_file() {
  ROOT=$(cd "$BATS_TEST_DIRNAME/../.." && pwd)
  DATA=$ROOT/data
  export ROOT DATA
}

setup() {
  set -o pipefail
  cd "$BATS_TEST_TMPDIR" || exit 1
}

# table LAYER [OGR2OGR-OPTION…]: the layer as CSV, one header line, LF
table() {
  ogr2ogr -f CSV /vsistdout/ -lco STRING_QUOTING=IF_NEEDED "${@:2}" "$DATA/$1.shp" | tr -d '\r'
}

# vertices LAYER: longitude and latitude of every vertex in WGS 84, one per line; a blank line ends a feature
vertices() {
  ogr2ogr -f GeoJSON /vsistdout/ -t_srs EPSG:4326 -lco COORDINATE_PRECISION=15 "$DATA/$1.shp" |
    python3 -c '
import json, sys
def points(part):
    return [part] if isinstance(part[0], float) else [p for inner in part for p in points(inner)]
for feature in json.load(sys.stdin)["features"]:
    for lon, lat in points(feature["geometry"]["coordinates"]):
        print(f"{lon:.13f} {lat:.13f}")
    print()'
}

# known TABLE: longitude and latitude of every row of a source, one per line
known() {
  python3 -c '
import csv, sys
for row in csv.DictReader(open(sys.argv[1], encoding="utf-8", newline="")):
    print(row["lon"], row["lat"])' "$DATA/source/$1.csv"
}

# agree DEGREES FILE FILE: both have as many lines, of numbers closer than that
agree() {
  [ "$(wc -l < "$2")" -eq "$(wc -l < "$3")" ]
  paste -d ' ' "$2" "$3" | awk -v t="$1" '
    { x = $1 - $3; y = $2 - $4 }
    x * x > t * t || y * y > t * t { print "line " NR ": " $0; bad = 1 }
    END { exit bad || NR == 0 }'
}

# copy_sources: a tree of its own, whose sources a test may spoil
copy_sources() {
  mkdir -p tree/scripts tree/data
  cp "$ROOT/scripts/make-data" tree/scripts/
  cp -r "$DATA/source" tree/data/
}

@test "made again, every file is the same byte for byte" {
  "$ROOT/scripts/make-data" made
  [ "$(find made -type f | wc -l)" -eq 33 ]
  diff -r --exclude=README.md --exclude=source made "$DATA"
}

@test "each file has the rows that the README says, and 21 zones are named" {
  sed -n 's/^| `\([a-z]*\)\.\([a-z]*\)` | .* | \([0-9]*\) |$/\1 \2 \3/p' "$DATA/README.md" > files
  [ "$(wc -l < files)" -eq 9 ]
  while read -r name kind count; do
    if [ "$kind" = shp ]; then table "$name"; else cat "$DATA/$name.csv"; fi | tail -n +2 > rows
    [ "$(wc -l < rows)" -eq "$count" ]
  done < files
  [ "$(table zones -select id,name | grep -c '^KCN[0-9][0-9],KCN [^ ]')" -eq 21 ]
}

@test "every zone and cluster has its planned area within 1 m2 by GeographicLib" {
  for layer in zones clusters; do
    vertices "$layer" | Planimeter -w -p 10 | awk '{ print $3 }' > areas
    table "$layer" -select id,plan_ha | tail -n +2 > planned
    [ "$(wc -l < areas)" -eq "$(wc -l < planned)" ]
    paste -d , planned areas | awk -F , '
      { off = sqrt($3 * $3) - $2 * 10000 }
      $2 <= 0 || off > 1 || off < -1 { print $1 ": " off " m2"; bad = 1 }
      END { exit bad || NR == 0 }'
  done
}

@test "every .prj is EPSG:5897 and its points move by EPSG:6960" {
  # PROJ 9.1.1: E and N in VN-2000 / TM-3 105°00', longitude and latitude in WGS 84
  printf '%s\n' > projected \
    '565509.1574 2357171.7728' '570319.1300 2359213.7789' '580143.1212 2347665.7309' \
    '569411.4882 2354269.9478' '533316.5898 2339850.8683' '581263.1802 2386710.4793'
  printf '%s\n' > expected \
    '105.6333236 21.3079027' '105.6797689 21.3261652' '105.773921 21.2214553' \
    '105.6708169 21.2815475' '105.322688 21.152332' '105.786594 21.574046'
  for layer in zones clusters unsized corridors interchanges province; do
    [ "$(gdalsrsinfo -o epsg "$DATA/$layer.prj" | tr -d '\n')" = EPSG:5897 ]
    gdaltransform -s_srs "$DATA/$layer.prj" -t_srs EPSG:4326 < projected | cut -d ' ' -f 1,2 > got
    agree 1e-7 got expected
  done
}

@test "every .cpg says UTF-8" {
  for layer in zones clusters unsized corridors interchanges province; do
    [ "$(cat "$DATA/$layer.cpg")" = UTF-8 ]
  done
}

@test "every text and number is the one of its source, none cut, in normal form C" {
  for layer in zones clusters unsized corridors interchanges province; do
    table "$layer" > "$layer.csv"
  done
  python3 - "$DATA/source" << 'EOF'
import csv, sys, unicodedata
def rows(path):
    return list(csv.DictReader(open(path, encoding="utf-8", newline="")))
for layers in (["zones"], ["clusters", "unsized"], ["corridors"], ["interchanges"], ["province"]):
    source = {row.get("id") or row["ref"]: row for row in rows(f"{sys.argv[1]}/{layers[0]}.csv")}
    for row in [row for layer in layers for row in rows(f"{layer}.csv")]:
        known = source[row.get("id") or row["ref"]]
        for field in row.keys() & known.keys():
            got, want = row[field], known[field]
            if field in ("plan_ha", "km_post") and want:
                got, want = float(got), float(want)
            assert got == want, (layers, field, got, want)
        text = "".join(row.values())
        assert unicodedata.is_normalized("NFC", text) and "\ufffd" not in text, text
EOF
}

@test "the columns and their closed sets of values are the documented ones" {
  area='id,name,kind,status,is_new,horizon,plan_ha,basis,geom_src,pos_acc_m,source'
  for layer in zones clusters unsized; do
    [ "$(table "$layer" | head -n 1)" = "$area" ]
    table "$layer" -select kind,status,is_new,horizon,geom_src,pos_acc_m | tail -n +2 |
      awk -v kind="$([ $layer = zones ] && echo KCN || echo CCN)" '
        $0 !~ "^" kind ",(operating|building|planned),[01],(|2030|2050),schematic,(500|1500|5000)$" {
          print; bad = 1
        }
        END { exit bad || NR == 0 }'
  done
  [ "$(table corridors | head -n 1)" = ref,name,status,basis,geom_src,pos_acc_m,source ]
  [ "$(table interchanges | head -n 1)" = id,name,km_post,geom_src,pos_acc_m,source ]
  [ "$(table province | head -n 1)" = id,name,geom_src,source ]
  [ "$(table corridors -select ref | tail -n +2 | xargs)" = 'CT05 VD4 VD4VP VD5' ]
  [[ "$(table corridors -where "ref = 'VD4VP'" -select basis)" == *inference* ]]
}

@test "every source key is in sources.csv, every source is cited" {
  for layer in zones clusters unsized corridors interchanges province; do
    table "$layer" -select source | tail -n +2
  done | tr -d '"' | tr ' ' '\n' | sort -u > cited
  python3 -c '
import csv, sys
for path in sys.argv[1:]:
    for row in csv.DictReader(open(path, encoding="utf-8", newline="")):
        print(row["source"])' "$DATA/plan.csv" "$DATA/rules.csv" | grep -vx assumption >> cited
  sort -u -o cited cited
  cut -d , -f 1 "$DATA/sources.csv" | tail -n +2 | sort > keys
  [ -z "$(sort keys | uniq -d)" ]
  [ -z "$(comm -23 cited keys)" ]
  # one cluster without a place is in the sources only, and so is its source
  [ "$(comm -13 cited keys)" = kinhdoanh-34683 ]
}

@test "no zone or cluster overlaps or touches another, no unsized cluster lies in one" {
  all='(SELECT id, geometry FROM zones UNION ALL SELECT id, geometry FROM clusters
        UNION ALL SELECT id, geometry FROM unsized)'
  ogr2ogr -f CSV /vsistdout/ "$DATA" -dialect SQLite -sql \
    "SELECT a.id AS one, b.id AS other FROM $all a, $all b WHERE ST_Intersects(a.geometry, b.geometry)" |
    tr -d '\r' | tail -n +2 > pairs
  # each of the 47 meets itself, which shows that the question works, and nothing else
  [ "$(wc -l < pairs)" -eq 47 ]
  run ! awk -F , '$1 != $2 { print; found = 1 } END { exit !found }' pairs
}

@test "every shape stands within its accuracy of its known point" {
  for layer in zones clusters unsized; do
    table "$layer" -dialect SQLite -sql \
      "SELECT id, pos_acc_m, ST_Centroid(geometry) FROM $layer" -t_srs EPSG:4326 -lco GEOMETRY=AS_XY
  done | grep -v '^X,' > stands
  python3 - "$DATA/source" << 'EOF' > ends
import csv, sys
known = {}
for name in ("zones", "clusters"):
    for row in csv.DictReader(open(f"{sys.argv[1]}/{name}.csv", encoding="utf-8", newline="")):
        known[row["id"]] = row["lon"], row["lat"]
for lon, lat, ident, _ in csv.reader(open("stands")):
    print(*known[ident], lon, lat)
EOF
  [ "$(wc -l < stands)" -eq 47 ]
  GeodSolve -i -w -p 3 < ends | paste -d ' ' - <(cut -d , -f 3,4 stands | tr , ' ') > moves
  awk '$3 > $5 { print $4 ": " $3 " m of " $5; bad = 1 } END { exit bad || NR != 47 }' moves
  # the README says how many had to give way; the others stand on their point
  [ "$(awk '$3 > 0.01' moves | wc -l)" -eq 19 ]
}

@test "corridors, interchanges and the province have the vertices of their sources" {
  # there and back through EPSG:6960 differ by 1 mm, because heights are taken as 0 both ways
  for pair in corridors:corridor_vertices interchanges:interchanges province:province; do
    vertices "${pair%:*}" | grep . > got
    known "${pair#*:}" > expected
    agree 2e-8 got expected
  done
  [ "$(wc -l < got)" -eq 15 ]
}

@test "plan.csv has its columns and the figures of the plan" {
  [ "$(head -n 1 "$DATA/plan.csv")" = id,horizon,layer,type,where,measure,op,value,unit,text,source ]
  run -0 python3 - "$DATA/plan.csv" << 'EOF'
import csv, sys
for r in csv.DictReader(open(sys.argv[1], encoding="utf-8", newline="")):
    print("|".join(r[k] for k in ("horizon", "layer", "type", "where", "measure", "op", "value", "unit")))
EOF
  diff <(printf '%s\n' "$output") - << 'EOF'
2030|zones|target||count|>=|24|
2030|zones|target|is_new = 1|count|>=|5|
2030|clusters unsized|target||count|>=|47|
2030|clusters unsized|target|is_new = 1|count|>=|31|
2050|clusters unsized|target||count|>=|51|
2031|zones|need||area_ha|>=|7000|ha
2050|zones|need||area_ha|>=|10000|ha
2031|zones|priority|is_new = 1|share-within 5km of corridors.shp|||
EOF
}

@test "a bad source is one clear sentence, and nothing is written" {
  refused() { # SED-EXPRESSION TABLE MESSAGE
    copy_sources
    sed -i "$1" "tree/data/source/$2.csv"
    run -1 --separate-stderr tree/scripts/make-data out
    [ -z "$output" ]
    [ "$stderr" = "make-data: $3" ]
    [ -z "$(ls -A out)" ]
    rm -r tree out
  }
  refused 's/^\(KCN03,.*\) estimate$/\1 nowhere/' zones \
    "zones.csv, KCN03: source key 'nowhere' is not in sources.csv"
  refused 's/^\(KCN04,[^,]*\),operating/\1,open/' zones \
    "zones.csv, KCN04: status 'open' is none of operating, building, planned"
  refused 's/,105.67,21.268,/,21.268,105.67,/' zones \
    "zones.csv, KCN03: lon '21.268' is not a number from 102 to 110"
  refused 's/^CCN02,/CCN01,/' clusters 'clusters.csv, CCN01: occurs twice'
  refused 's/^IC7,\([^,]*\),49/IC7,\1/' interchanges \
    'interchanges.csv: row 7 has not as many cells as the header'
  refused "s/^IC7,[^,]*/IC7,$(printf 'ô%.0s' {1..128})/" interchanges \
    'interchanges.csv, IC7: name has more than 254 bytes; shorten it'
  refused 's/kinhdoanh-34683$/hailong-plan/' clusters \
    'sources.csv, kinhdoanh-34683: nothing cites this source'
}
