#!/usr/bin/env bats
# geo-map: what the page holds is what the other tools say, whatever the layers hold.
# shellcheck disable=SC2154 # run sets output, stderr
load kit
setup() { kit_setup; }

layers="zones.shp clusters.shp interchanges.shp unsized.shp"

@test "the examples of the help run: map" { examples geo-map; }
@test "the kit's contract: map" { contract geo-map; }

# data PAGE: the data block, as a browser would read it.
data() {
    python3 - "$1" <<'P'
import html.parser, json, sys

class Page(html.parser.HTMLParser):
    def __init__(self):
        super().__init__()
        self.inside, self.text, self.scripts, self.outside = None, '', 0, ''
    def handle_starttag(self, tag, attributes):
        self.inside = dict(attributes).get('id') if tag == 'script' else None
        self.scripts += tag == 'script'
    def handle_endtag(self, tag):
        self.inside = None
    def handle_data(self, data):
        if self.inside == 'data':
            self.text += data

page = Page()
page.feed(open(sys.argv[1], encoding='utf-8').read())
assert page.scripts == 3, page.scripts
json.dump(json.loads(page.text), sys.stdout, ensure_ascii=False)
P
}

# parcel PROPERTIES [RING]: a feature.
parcel() {
    local ring=${2:-[[105.5,21.2],[105.51,21.2],[105.51,21.21],[105.5,21.21],[105.5,21.2]]}
    echo '{"type":"Feature","properties":{'"$1"'},"geometry":{"type":"Polygon","coordinates":['"$ring"']}}'
}

@test "figures are those of geo-area, geo-bands and geo-plan" {
    # shellcheck disable=SC2086
    geo-map $layers -c corridors.shp --bands 1km,3km,5km,10km --context province.shp \
        --targets plan.csv --as-of 2030 -o out.html
    data out.html >data.json
    diff <(jq -S '.cards.area.groups' data.json) \
        <(geo-area zones.shp clusters.shp --summary --by kind -f json | jq -S '.[:-1]')
    diff <(jq -S '.cards.area | {group: "total", n, ha}' data.json) \
        <(geo-area zones.shp clusters.shp --summary -f json | jq -S '.[-1] | del(.pct)')
    diff <(jq -S '[.cards.bands.rows[] | del(.from_m, .to_m)]' data.json) \
        <(geo-bands zones.shp clusters.shp -c corridors.shp --bands 1km,3km,5km,10km --summary -f json |
            jq -S '[.[] | del(.group)]')
    diff <(jq -S '.cards.plan' data.json) \
        <(geo-plan zones.shp clusters.shp unsized.shp --targets plan.csv --as-of 2030 --json | jq -S . || true)
    jq -e '[.cards.bands.rows[] | [.from_m, .to_m]] == [[0, 1000], [1000, 3000], [3000, 5000], [5000, 10000], [10000, null]]' data.json
    jq -e '.cards.plan_notes | map(select((.en | test("17 different bases")) and (.vi | test("17 cơ sở số liệu khác nhau")))) | length == 2' data.json
    jq -e '.cards.as_of == "2030-12-31" and .cards.verdicts == null' data.json
}

@test "rows are those of geo-area, geo-near and geo-bands" {
    geo-map zones.shp -c corridors.shp --bands 1km,5km -o out.html
    data out.html | jq -S '.layers[] | select(.role == "zones") | [.columns[].name] as $n | [.rows[] |
        [., $n] | transpose | map({key: .[1], value: .[0]}) | from_entries]' >rows.json
    geo area zones.shp ! near -c corridors.shp ! bands -c corridors.shp --bands 1km,5km |
        jq -sS '[.[].properties | del(.perim_m, .near_azi, .near_lon, .near_lat, .near_km)]' >tools.json
    diff rows.json tools.json
}

@test "layers have their roles, in the order of drawing" {
    geo-buffer corridors.shp -d 1km,3km -o rings.geojson
    # shellcheck disable=SC2086
    geo-map $layers rings.geojson -c corridors.shp --context province.shp -o out.html
    data out.html >data.json
    run -0 jq -c '[.layers[] | [.file, .role, .features, .drawn]]' data.json
    [ "$output" = '[["province.shp","context",1,1],["rings.geojson","bands",2,2],["zones.shp","zones",21,21],["clusters.shp","zones",22,22],["corridors.shp","corridors",4,4],["interchanges.shp","points",6,6],["unsized.shp","points",4,4]]' ]
    # What is not measured keeps the columns that it came with, area_ha of the rings among them.
    run -0 jq -c '[.layers[] | select(.role == "bands") | .columns[].name]' data.json
    [ "$output" = '["from_m","to_m","area_ha"]' ]
    run -0 jq -c '[.inputs[] | [.file, .crs, .features]] | sort | .[0]' data.json
    [ "$output" = '["clusters.shp","EPSG:5897",22]' ]
    jq -e '[.inputs[] | select(.crs == "EPSG:5897") | (.operation | test("EPSG:6960")) and .accuracy == {en: "accuracy 1 m", vi: "độ chính xác 1 m"}] | all' data.json
    jq -e '[.layers[] | (.rows | length) == .drawn and (.shapes | length) == .drawn and ([.themes[] | (.category | length)] | unique) == [.drawn]] | all' data.json
}

@test "several corridor files are measured together and drawn apart" {
    geo-map zones.shp -c corridors.shp -c interchanges.shp -o out.html
    data out.html >data.json
    run -0 jq -c '[.layers[] | [.file, .role]]' data.json
    [ "$output" = '[["zones.shp","zones"],["corridors.shp","corridors"],["interchanges.shp","corridors"]]' ]
    diff <(jq -c '.layers[0] | [.columns[].name] as $n | .rows[] | [.[$n | index("near_id")], .[$n | index("near_m")]]' data.json) \
        <(geo-near zones.shp -c corridors.shp -c interchanges.shp | jq -c '.properties | [.near_id, .near_m]')
}

@test "verdicts of geo-check are counted" {
    run -1 geo-check zones.shp -c corridors.shp --rules rules.csv --accuracy-field pos_acc_m \
        --corridor-accuracy-field pos_acc_m -o checked.geojson -q
    geo-map checked.geojson -c corridors.shp -o out.html
    diff <(data out.html | jq -S .cards.verdicts) \
        <(jq -S '[.features[].properties.verdict] | {pass: map(select(. == "pass")) | length,
            fail: map(select(. == "fail")) | length, uncertain: map(select(. == "uncertain")) | length,
            none: map(select(. == null)) | length}' checked.geojson)
    data out.html | jq -e '.layers[0].themes[0].kind == "verdict"'
}

@test "notes say what the places allow to conclude, in both languages" {
    geo-map zones.shp -c corridors.shp --lang vi -o out.html
    data out.html >data.json
    # The zones' 0.5 to 5 km and the corridors' 2 to 3 km together: the roots of sums of squares.
    jq -e '.lang == "vi" and (.notes[0] | (.en | test("within 500 m to 5 km .*corridors to within 2 km to 3 km, .*within 2.1 km to 5.8 km")) and (.vi | test("từ 500 m đến 5 km .*từ 2 km đến 3 km, .*từ 2,1 km đến 5,8 km")))' data.json
    grep -q '<html lang="vi">' out.html
    geo-map interchanges.shp -c corridors.shp -o roads.html
    data roads.html | jq -e '.notes[0].en | test("^The places of what is drawn are known only to within ")'
    geo-map zones.shp --select id,name -o plain.html
    data plain.html | jq -e '.notes[0] | (.en | test("not stated in the data \\(no column pos_acc_m\\)")) and (.vi | test("chưa xét sai số vị trí"))'
    data plain.html | jq -e '.cards.bands == null and .cards.plan == null and (.layers[0].columns | map(.name) | index("near_m") == null)'
}

@test "a card has the largest of many groups, and the rest as one" {
    for ((i = 1; i <= 60; i++)); do
        parcel "\"g\":\"g$i\"" "[[105,21],[105.$((100 + i)),21],[105.$((100 + i)),21.1],[105,21.1],[105,21]]"
    done >many.geojsonl
    geo-map many.geojsonl --by g -o out.html
    geo-area many.geojsonl --summary --by g -f json >area.json
    data out.html >data.json
    diff <(jq -S '.cards.area.groups' data.json) <(jq -S '.[20:60]' area.json)
    jq -e '.cards.area.rest | .groups == 20 and .n == 20' data.json
    jq -e --slurpfile area area.json '(.cards.area.rest.ha - ($area[0][:20] | map(.ha) | add)) | . < 0.01 and . > -0.01' data.json
    geo-map zones.shp -o few.html
    data few.html | jq -e '.cards.area.rest == null'
}

@test "columns that made way are one note, after what is concluded" {
    geo area zones.shp ! near -c corridors.shp -o near.geojson
    geo-map near.geojson -c corridors.shp -o out.html -q
    data out.html | jq -e '(.notes[0].en | startswith("The places")) and (.notes | map(select(.en | test("area_ha -> area_ha_in, perim_m -> perim_m_in, near_id -> near_id_in"))) | length == 1)'
}

@test "near_id is a column of the corridors" {
    geo-map zones.shp -c corridors.shp --id-field ref --name-field status --by near_id -o out.html
    data out.html | jq -e '.layers[0] | [.columns[].name] as $n | .rows[0] | .[$n | index("near_id")] == "VD4" and .[$n | index("near_name")] == "planned"'
    fails_with 2 "the corridors have no column 'x'" geo-map zones.shp -c corridors.shp --id-field x -o two.html
}

@test "a file that is given twice is told" {
    run -0 --separate-stderr geo-map zones.shp ./zones.shp -o out.html
    [ "$stderr" = "geo-map: ./zones.shp is given more than once: its features count as often" ]
    data out.html | jq -e '.notes | map(select(.vi | test("^zones.shp được đưa vào nhiều lần"))) | length == 1'
}

@test "features that were mended or left out are told" {
    { parcel '"name":"a"'; parcel '"name":"b"' '[[0,0],[0,95],[1,0],[0,0]]'
      parcel '"name":"c"' '[[105.4,21.2],[105.41,21.21],[105.41,21.2],[105.4,21.21],[105.4,21.2]]'; } >in.geojsonl
    run -7 --separate-stderr geo-map in.geojsonl -o out.html
    [[ $stderr == *"1 feature skipped"* && $stderr == *mended* ]]
    data out.html >data.json
    jq -e '.notes[0].en | startswith("How true the places are is not stated")' data.json
    jq -e '.layers[0].features == 2 and (.notes | map(select(.vi | test("bỏ qua 1 đối tượng: tọa độ"))) | length == 1) and (.notes | map(select(.vi | test("tự cắt"))) | length == 1)' data.json
}

@test "hostile text stays text" {
    long=$(printf 'x%.0s' {1..10000})
    { parcel '"name":"</script><script>alert(1)</script>","q":"\"'"'"'&lt;<!--<b>","e":"\ud83c\udfed","rtl":"\u202eabc \u0634","sep":"a\u2028b\u2029c","z":"a\u0000b"'
      parcel '"name":"]]>{{data}}{{style}}","long":"'"$long"'"'; } >in.geojsonl
    # shellcheck disable=SC2016
    geo-map in.geojsonl -o out.html --title '</title><script>"{{data}}"&' -q
    data out.html >data.json
    [ "$(jq -r .title data.json)" = '</title><script>"{{data}}"&' ]
    # shellcheck disable=SC1112
    jq -e --arg long "$long" '.layers[0] | [.columns[].name] as $n | (.rows[0][$n | index("name")] == "</script><script>alert(1)</script>")
        and (.rows[0][$n | index("q")] == "\"'"'"'&lt;<!--<b>") and (.rows[0][$n | index("e")] == "\ud83c\udfed")
        and (.rows[0][$n | index("rtl")] == "\u202eabc \u0634") and (.rows[0][$n | index("sep")] == "a\u2028b\u2029c")
        and (.rows[1][$n | index("name")] == "]]>{{data}}{{style}}") and (.rows[1][$n | index("long")] == $long)' data.json
    run -1 grep -c 'alert(1)</script' out.html
    LC_ALL=C run -1 grep -cP '\xE2\x80[\xA8\xA9]' out.html
}

@test "the policy holds the hashes of what stands in the page" {
    geo-map zones.shp -o out.html
    python3 - out.html <<'P'
import base64, hashlib, re, sys
page = open(sys.argv[1], encoding='utf-8').read()
policy = re.search(r'Content-Security-Policy" content="([^"]*)"', page).group(1)
parts = [t for a, t in re.findall(r'<script([^>]*)>(.*?)</script>', page, re.S) if 'json' not in a]
parts += re.findall(r'<style>(.*?)</style>', page, re.S)
assert len(parts) == 3
for part in parts:
    digest = base64.b64encode(hashlib.sha256(part.encode()).digest()).decode()
    assert "'sha256-%s'" % digest in policy, policy
assert policy.startswith("default-src 'none'; ") and 'unsafe' not in policy and 'http' not in policy, policy
assert 'url(' not in parts[2] and 'sourceMappingURL' not in page
assert not re.search(r'\s(src|href)="(?!#|data:)', re.sub(r'<script.*?</script>', '', page, flags=re.S))
P
    geo-map zones.shp -o tiles.html --tiles 'https://{s}.tile.example.org/{z}/{x}/{y}.png' --tiles-credit 'Người vẽ'
    grep -q "img-src data: https://\*.tile.example.org; " tiles.html
    data tiles.html | jq -e '.tiles == {url: "https://{s}.tile.example.org/{z}/{x}/{y}.png", credit: "Người vẽ"}'
}

@test "same input, same bytes, whatever the threads" {
    for threads in 1 4; do
        geo-map zones.shp -c corridors.shp --bands 1km -o $threads.html --threads $threads
    done
    cmp 1.html 4.html
}

@test "a large layer is drawn in part, evenly, and summed whole" {
    python3 - >many.geojsonl <<'P'
import json
for i in range(45000):
    x, y = 105 + i % 300 / 300, 21 + i // 300 / 300
    ring = [[x, y], [x + .002, y], [x + .002, y + .002], [x, y + .002], [x, y]]
    print(json.dumps({'type': 'Feature', 'properties': {'id': i, 'kind': 'CCN' if i % 2 else 'KCN'},
                      'geometry': {'type': 'Polygon', 'coordinates': [ring]}}))
P
    geo-map many.geojsonl -o out.html
    data out.html >data.json
    jq -e '.layers[0] | .features == 45000 and .drawn == 20000 and (.rows | map(.[0]) | . == sort)' data.json
    # kinds that alternate are drawn alike, as are all parts of the layer
    jq -e '.layers[0].themes[0] | (.categories | length == 2) and ((.category | add) as $n | $n > 9500 and $n < 10500)' data.json
    jq -e '[.layers[0].rows[][0] / 9000 | floor] | group_by(.) | map(length) | min > 3700 and max < 4300' data.json
    jq -e '.notes | map(select((.en | test("20,000 of 45,000")) and (.vi | test("20\\.000 trong 45\\.000")))) | length == 1' data.json
    diff <(jq -c '.cards.area | [.n, .ha]' data.json) <(geo-area many.geojsonl --summary -f json | jq -c '.[-1] | [.n, .ha]')
}

@test "holes and small rings stay when outlines are simplified" {
    python3 - >round.geojsonl <<'P'
import json, math
def ring(x, y, r, n, way=1):
    points = [[x + r * math.cos(way * 2 * math.pi * k / n), y + r * math.sin(way * 2 * math.pi * k / n)] for k in range(n)]
    return points + points[:1]
for i in range(50):
    parts = [[ring(105 + i * .1, 21, .04, 10000), ring(105 + i * .1, 21, .00002, 40, -1)], [ring(105 + i * .1, 22, .00001, 30)]]
    print(json.dumps({'type': 'Feature', 'properties': {'name': str(i)}, 'geometry': {'type': 'MultiPolygon', 'coordinates': parts}}))
P
    geo-map round.geojsonl -o out.html
    [ "$(stat -c %s out.html)" -lt 5000000 ]
    data out.html | jq -e '[.layers[0].shapes[].p | length == 2 and (.[0] | length) == 2 and ([.[][] | length] | min) >= 6] | all'
}

@test "one point, a layer without a name, null geometries" {
    echo '{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[105,21]}}' >point.geojson
    geo-map point.geojson -o out.html
    data out.html | jq -e '.box == [105, 21, 105, 21] and .layers[0].title == -1 and .layers[0].shapes == [{t: [[105000000, 21000000]]}] and .cards.area == null
        and (.notes[0].en | test("is not stated")) and (.notes[1].en | test("no zones"))'
    for kind in svg pdf png; do
        geo-map point.geojson -o out.$kind
        [ -s out.$kind ]
    done
    { parcel '"x":1'; echo '{"type":"Feature","properties":{"x":2},"geometry":null}'; } >in.geojsonl
    geo-map in.geojsonl -o nulls.html
    data nulls.html | jq -e '.layers[0] | .title == -1 and .features == 2 and .shapes[1] == null and .rows[1][0] == 2'
    data nulls.html | jq -e '.notes | map(select(.vi | test("^in.geojsonl: 1 đối tượng không có hình"))) | length == 1'
}

@test "a zone across the antimeridian is one place" {
    { parcel '"name":"Fiji"' '[[179.5,-17],[-179.5,-17],[-179.5,-16],[179.5,-16],[179.5,-17]]'
      parcel '"name":"east"' '[[-178,-17],[-177,-17],[-177,-16],[-178,-16],[-178,-17]]'; } >fiji.geojsonl
    geo-map fiji.geojsonl -o out.html --edges lonlat
    data out.html | jq -e '.box == [179.5, -17, 183, -16]'
    # the same, cut at 180 degrees as RFC 7946 wants it and geo-export writes it
    { parcel '"name":"Fiji"' | jq -c '.geometry = {type: "MultiPolygon", coordinates: [
          [[[179.5,-17],[180,-17],[180,-16],[179.5,-16],[179.5,-17]]],
          [[[-180,-17],[-179.5,-17],[-179.5,-16],[-180,-16],[-180,-17]]]]}'
      tail -1 fiji.geojsonl; } >cut.geojsonl
    geo-map cut.geojsonl -o cut.html --edges lonlat
    data cut.html | jq -e '.box == [179.5, -17, 183, -16]'
    geo-export fiji.geojsonl -o written.geojson
    jq -e '.features[0].geometry.type == "MultiPolygon"' written.geojson
    geo-map written.geojson -o written.html --edges lonlat
    data written.html | jq -e '[.box[] * 100 | round] == [17950, -1700, 18300, -1600]'
    # a road that begins on the other side
    echo '{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[-179.8,-16.5],[-179.7,-16.4]]}}' >road.geojson
    geo-map written.geojson -c road.geojson -o road.html --edges lonlat
    data road.html | jq -e '(.box[0] == 179.5 and .box[2] == 183) and (.layers | map(select(.role == "corridors"))[0].shapes[0].l[0][0] == 180200000)'
}

@test "edges are drawn as they are measured" {
    parcel '"name":"wide"' '[[100,60],[160,60],[160,61],[100,61],[100,60]]' >wide.geojson
    echo '{"type":"Feature","properties":{},"geometry":{"type":"LineString","coordinates":[[100,50],[160,50]]}}' >road.geojson
    # the highest latitude of the geodesic between the upper corners
    top=$(echo 61 100 61 160 | GeodSolve -i -p 6 | awk '{print $1}' |
        { read -r azimuth; echo 61 100 "$azimuth" "$(echo 61 100 61 160 | GeodSolve -i -p 6 | awk '{print $3 / 2}')" | GeodSolve -p 6; } | awk '{print $1}')
    geo-map wide.geojson -c road.geojson -o out.html
    data out.html | jq -e --argjson top "$top" '(.box[3] - $top | fabs) < 1e-3 and .box[1] == 50'
    data out.html | jq -e '[.layers[].shapes[0] | (.p[0][0] // .l[0]) | length > 30] == [true, true]'
    geo-map wide.geojson -c road.geojson -o straight.html --edges lonlat
    data straight.html | jq -e '.box == [100, 50, 160, 61]'
    data straight.html | jq -e '[.layers[].shapes[0] | (.p[0][0] // .l[0]) | length] == [8, 4]'
}

@test "nothing to draw: 3" {
    echo '{"type":"FeatureCollection","features":[]}' >empty.geojson
    echo '{"type":"Feature","properties":{"x":2},"geometry":null}' >null.geojson
    remember
    for file in empty null; do
        for kind in html pdf; do
            fails_with 3 "geo-map: there is nothing to draw" geo-map $file.geojson -o out.$kind
        done
    done
    leaves_nothing
}

@test "what is not understood leaves nothing behind: 2" {
    touch there.html
    remember
    fails_with 2 'there.html exists: say --overwrite' geo-map zones.shp -o there.html
    fails_with 2 'name the map with -o: a .html, .svg, .pdf or .png' geo-map zones.shp
    fails_with 2 'out.geojson is none of the forms of a map' geo-map zones.shp -o out.geojson
    fails_with 2 'none of the forms' geo-map zones.shp -o -
    fails_with 2 "A5" geo-map zones.shp -o out.pdf --size A5
    fails_with 2 "--size goes with paper" geo-map zones.shp -o out.html --size A4
    fails_with 2 "--dpi goes with paper" geo-map zones.shp -o out.html --dpi 300
    fails_with 2 "--lang: 'fr' is none of en, vi" geo-map zones.shp -o out.html --lang fr
    fails_with 2 'no corridors' geo-map zones.shp -o out.html --bands 1km
    fails_with 2 'name them growing' geo-map zones.shp -o out.html -c corridors.shp --bands 3km,1km
    fails_with 2 "no layer has a column 'color'" geo-map zones.shp -o out.html --by color
    fails_with 2 "no layer has a column 'khong'" geo-map zones.shp -o out.html --accuracy-field khong
    fails_with 2 "'name' holds no lengths" geo-map zones.shp -o out.html --accuracy-field name
    fails_with 2 '--bands goes with a page' geo-map zones.shp -c corridors.shp --bands 1km -o out.pdf
    fails_with 2 '--targets goes with a page' geo-map zones.shp --targets plan.csv -o out.svg
    fails_with 2 '--as-of goes with --targets' geo-map zones.shp -o out.html --as-of 2030
    fails_with 2 'is no address of tiles' geo-map zones.shp -o out.html --tiles 'javascript:alert(1)' --tiles-credit x
    fails_with 2 'is no address of tiles' geo-map zones.shp -o out.html --tiles "https://a.b'; script-src *;/{z}/{x}/{y}" --tiles-credit x
    fails_with 2 '--tiles-credit' geo-map zones.shp -o out.html --tiles 'https://a.example/{z}/{x}/{y}'
    leaves_nothing
}

@test "rows of bands are no map of zones: 2" {
    geo-bands zones.shp -c corridors.shp --bands 1km --long -o rows.geojson
    fails_with 2 'rows.geojson has a row for each band .*--bands' geo-map rows.geojson -o out.html
}

@test "an output that is an input is spared" {
    parcel '"name":"a"' >in.html
    cp in.html keep
    fails_with 2 'in.html is an input' geo-map in.html -o in.html --overwrite
    cmp in.html keep
    cp plan.csv plan.html
    fails_with 2 'plan.html is an input' geo-map zones.shp --targets plan.html -o plan.html --overwrite
    cmp plan.html plan.csv
}

@test "what cannot be written: 6, and nothing half-written" {
    remember
    fails_with 6 'nowhere/out.html' geo-map zones.shp -o nowhere/out.html
    leaves_nothing
    ln -s /dev/full out.html
    fails_with 6 'No space left' geo-map zones.shp -o out.html
}

@test "a target whose layer is not on the map has no data, which is said" {
    run -0 --separate-stderr geo-map zones.shp --targets plan.csv --as-of 2030 -o out.html
    [[ $stderr == *"target ccn-2030 asks for the layer 'clusters', which is not given"* ]]
    data out.html | jq -e '[.cards.plan[] | select(.id == "ccn-2030") | .verdict, .measured] == ["no data", null]'
    data out.html | jq -e '[.cards.plan[] | select(.id == "kcn-2030") | .measured] == [21]'
}

@test "standard input is a layer" {
    geo-area zones.shp | geo-map - -c corridors.shp -o out.html
    data out.html | jq -e '.title == "standard input, corridors" and (.layers[0] | .features == 21 and (.columns | map(.name) | index("area_ha") != null))'
    run -2 --separate-stderr bash -c "geo-area zones.shp | geo-map - --targets plan.csv --as-of 2030 -o two.html"
    [[ $stderr == *"read once only"* ]]
    [ ! -e two.html ]
}

@test "dry run shows the inputs and writes nothing" {
    run -0 geo-map zones.shp -c corridors.shp --context province.shp -o out.html -n
    [[ $output == *zones* && $output == *corridors* && $output == *province* ]]
    [ ! -e out.html ]
}

@test "geo-map alone loads Cairo and Pango" {
    for tool in info export area near bands buffer check plan; do
        run -1 bash -c "readelf -d '$BIN/geo-$tool' | grep -E 'cairo|pango'"
    done
    readelf -d "$BIN/geo-map" | grep -q cairo
}
