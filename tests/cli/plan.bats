#!/usr/bin/env bats
# geo-plan: targets measured and judged. Expected numbers of the example are counted from the text
# tables that its layers are made of, or by GeographicLib.
load kit
setup() { kit_setup; }

layers="zones.shp clusters.shp unsized.shp"

@test "the examples of the help run: plan" { examples geo-plan; }
@test "the kit's contract: plan" { contract geo-plan; }

# counted FILE CONDITION: rows of a table in data/source for which a condition of Python holds.
counted() {
    python3 -c '
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8")))
print(sum(1 for r in rows if eval(sys.argv[2])))' "$SOURCE/data/source/$1.csv" "$2"
}

# targets ROW...: writes t.csv with these rows, separated by semicolons.
targets() { printf '%s\n' 'id;layer;measure;op;value;unit;where;horizon;type' "$@" >t.csv; }

# verdict ROW: of a single target at 2030, "measured gap verdict".
verdict() {
    targets "$1"
    run --separate-stderr bash -c "geo-plan $layers --targets t.csv --as-of 2030 -c corridors.shp --json 2>err |
        jq -r '.[] | [.measured, .gap, .verdict] | map(tostring) | join(\" \")'"
    echo "$output" "$(cat err)"
}

@test "the example at 2030: every target, what was measured, and status 1" {
    zones=$(counted zones True) new=$(counted zones 'r["is_new"] == "1"')
    # Hợp Thành has no place and is in no layer.
    clusters=$(counted clusters 'r["lon"]') new_clusters=$(counted clusters 'r["lon"] and r["is_new"] == "1"')
    # shellcheck disable=SC2086 # three words
    run -1 --separate-stderr geo-plan $layers --targets plan.csv --as-of 2030 --json
    [ -z "$stderr" ]
    diff <(jq -c '.[] | [.id, .horizon, .op, .target, .unit, .verdict, .source]' <<<"$output") - <<'J'
["kcn-2030",2030,">=",24,"","short","hailong-plan"]
["kcn-new-2030",2030,">=",5,"","short","hailong-plan"]
["ccn-2030",2030,">=",47,"","short","hailong-plan"]
["ccn-new-2030",2030,">=",31,"","short","hailong-plan"]
["ccn-2050",2050,">=",51,"","open","hailong-plan"]
["kcn-ha-2031",2031,">=",7000,"ha","open","hailong-plan"]
["kcn-ha-2050",2050,">=",10000,"ha","open","hailong-plan"]
["kcn-corridors",2031,null,null,"%","no threshold","tinnhanhnhadat-plan"]
J
    diff <(jq -c '.[:5][] | [.measured, .gap]' <<<"$output") - <<J
[$zones,$((24 - zones))]
[$new,$((5 - new))]
[$clusters,$((47 - clusters))]
[$new_clusters,$((31 - new_clusters))]
[$clusters,$((51 - clusters))]
J
    [ "$zones" = 21 ]
    [ "$(jq -r '.[0] | keys_unsorted | join(" ")' <<<"$output")" = \
        "id horizon text op target measured gap unit verdict source note" ]
}

@test "the example's hectares are those that its sources state, within 1 m2 a zone" {
    # shellcheck disable=SC2086
    run -1 geo-plan $layers --targets plan.csv --as-of 2030 --json
    stated=$(python3 -c '
import csv, sys
print(sum(float(r["plan_ha"]) for r in csv.DictReader(open(sys.argv[1], encoding="utf-8"))))' "$SOURCE/data/source/zones.csv")
    for k in 5 6; do
        jq -e --argjson s "$stated" --argjson k $k '.[$k] | (.measured - $s | fabs) <= 0.0021 and (.target - .measured - .gap | fabs) < 1e-3' <<<"$output"
    done
    # Bases are named, as often as they stand there.
    bases=$(python3 -c '
import csv, sys
print(len({r["basis"] for r in csv.DictReader(open(sys.argv[1], encoding="utf-8"))}))' "$SOURCE/data/source/zones.csv")
    note=$(jq -r '.[5].note' <<<"$output")
    [[ $note == "$bases different bases in this sum: operating area (4) | "* ]]
    [[ $note == *" | zone A only; zone B 178.93; 750 in the list of 2009 | "* ]]
}

@test "as of 2026 what lacks is open, and status 0; a year is its last day" {
    # shellcheck disable=SC2086
    run -0 --separate-stderr geo-plan $layers --targets plan.csv --as-of 2026 --json
    [ "$(jq -r '.[].verdict' <<<"$output" | sort | uniq -c | xargs)" = '1 no threshold 7 open' ]
    while read -r day status; do
        # shellcheck disable=SC2086
        run "-$status" geo-plan $layers --targets plan.csv --as-of "$day"
    done <<'D'
2029 0
2030-12-30 0
2030-12-31 1
2030 1
2049-12-31 1
D
    printf 'id,layer,measure,op,value\na,zones,count,>=,22\n' >t.csv # without a horizon it is due
    run -1 geo-plan zones.shp --targets t.csv
}

@test "each verdict, each measure, each operator" {
    while IFS='|' read -r row expected; do
        verdict "$row"
        [ "$output" = "$expected" ]
    done <<'R'
a;zones;count;>=;21;;;2030;|21 0 met
a;zones;count;>;21;;;2030;|21 0 short
a;zones;count;>;20;;;2030;|21 0 met
a;zones;count;=;21;;;2030;|21 0 met
a;zones;count;=;20;;;2030;target|21 1 short
a;zones;count;<=;20;;;2030;need|21 1 short
a;zones;count;<;22;;;2030;priority|21 0 met
a;zones;count;≥;22;;;2031;|21 1 open
a;zones;count;<=;22;;;2031;|21 0 met
a;zones;count;>=;2;;is_new = 1;;|1 1 short
a;clusters unsized;count;>=;26;;;;|26 0 met
a;clusters+unsized;count;>=;26;;kind = 'CCN';;|26 0 met
a;zones;count;>=;1;;kind = 'X';;|0 1 short
a;clusters;plan_ha;>=;833,8861;ha;;;|833.8861 0 met
a;clusters unsized;area_ha;>=;900;ha;;;|833.8861 66.1139 short
a;unsized;area_ha;>=;1;ha;;;|null null no data
a;unsized;plan_ha;>=;1;ha;;;|null null no data
a;zones;plan_ha;<=;1;ha;kind = 'X';;|0 0 met
a;zones;pos_acc_m;;;;;;priority|68000 null no threshold
a;zones;share-within 5km of corridors;>=;1;%;kind = 'X';;|null null no data
a;zones;share-within 30km of corridors;>=;100;%;;;|100 0 met
a;zones;share-within 30km of corridors.shp by count;>;100;%;;;|100 0 short
a;unsized;share-within 3000 km of corridors;;;;;;priority|100 null no threshold
a;unsized;share-within 5km of corridors by area;>=;1;%;;;|null null no data
a;zones;share-within 300km of corridors by area;>=;100;%;;;|100 0 met
a;zones;share-within 0m of corridors by area;<=;0;%;;;|0 0 met
R
    [ "$(python3 -c '
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8")))
print(sum(int(r["pos_acc_m"]) for r in rows))' "$SOURCE/data/source/zones.csv")" = 68000 ]
    [ "$(python3 -c '
import csv, sys
rows = list(csv.DictReader(open(sys.argv[1], encoding="utf-8")))
print(round(sum(float(r["plan_ha"]) for r in rows if r["lon"] and r["plan_ha"]), 4))' "$SOURCE/data/source/clusters.csv")" = 833.8861 ]
}

@test "features without a value are counted and said; so are those of a share" {
    targets 'a;clusters unsized;plan_ha;>=;1;ha;;;'
    run -0 geo-plan clusters.shp unsized.shp --targets t.csv --json
    [[ $output == *'"note": "4 of 26 features have no value; '*' different bases in this sum: plan 2030 (7) | '* ]]
    targets 'a;unsized;plan_ha;>=;1;ha;;;'
    run -0 --separate-stderr geo-plan unsized.shp --targets t.csv -f text
    [ "$stderr" = 'geo-plan: a: 4 of 4 features have no value' ]
    targets 'a;zones;share-within 5km of corridors.shp;>=;1;%;is_new = 1;;'
    run -0 --separate-stderr geo-plan zones.shp --targets t.csv -f text
    [ "$stderr" = 'geo-plan: a: 1 of 1 features' ]
    targets "a;zones;plan_ha;>=;1;ha;id IN ('KCN01', 'KCN03');;" # both on one basis
    run -0 --separate-stderr geo-plan zones.shp --targets t.csv -f text
    [ -z "$stderr" ]
}

@test "a share by area is that of the land within, as GEOS has it in the plane" {
    for km in 1 3 5; do
        targets "a;zones clusters unsized;share-within ${km}km of corridors.shp by area;;;;;;priority"
        # shellcheck disable=SC2086
        run -0 geo-plan $layers --targets t.csv --json
        [[ $output == *' ha; 4 of 47 features have no value"'* ]]
        measured=$(jq '.[0].measured' <<<"$output")
        # TM-3 at its meridian has the scale 0.9999; arcs of 60 chords are 0.02 % too near.
        planar=$(ogr2ogr -f CSV /vsistdout/ . -dialect SQLite -sql "
            SELECT 100 * SUM(ST_Area(ST_Intersection(z.geometry, b.g))) / SUM(ST_Area(z.geometry)) AS s
            FROM (SELECT geometry FROM zones UNION ALL SELECT geometry FROM clusters) z,
                 (SELECT ST_Buffer(ST_Union(geometry), $km * 999.9, 60) AS g FROM corridors) b" | tail -n 1)
        awk -v m="$measured" -v p="$planar" 'BEGIN { exit !(m - p < 0.01 && p - m < 0.01 && m > 20 && m < 80) }'
    done
}

@test "people get columns, in their language; data have points" {
    targets 'kcn;zones;plan_ha;>=;7000,5;ha;;2030;need'
    run -1 --separate-stderr geo-plan zones.shp --targets t.csv --as-of 2031 -f text
    [ "${lines[0]}" = 'id   horizon      target   measured        gap  unit  verdict  source  text' ]
    [[ ${lines[1]} == 'kcn     2030  >=  7000.5  4432.7063  2567.7937  ha    short  '* ]]
    [[ $stderr == 'geo-plan: kcn: 17 different bases in this sum: operating area (4) | '*' | and more' ]]
    run -1 --separate-stderr geo-plan zones.shp --targets t.csv --as-of 2031 -f text --lang vi
    [[ ${lines[1]} == 'kcn  2030  >=    7000,5  4432,7063  2567,7937  ha      chưa đạt  '* ]]
    [[ $stderr == *': 17 cơ sở số liệu khác nhau trong tổng này: '* ]]
    run -1 geo-plan zones.shp --targets t.csv --as-of 2031 --lang vi
    [[ ${lines[1]} == 'kcn,2030,"",>=,7000.5,4432.7063,2567.7937,ha,short,"",'* ]]
    run -1 geo-plan zones.shp --targets t.csv --as-of 2031 --lang vi -o t.json
    [ -z "$output" ]
    jq -e '.[0].target == 7000.5' t.json
}

@test "a table as a spreadsheet writes it: UTF-16, semicolons, decimal commas" {
    # shellcheck disable=SC2086
    run -1 geo-plan $layers --targets plan.csv --as-of 2030
    local plain=$output
    python3 - <<'P'
import csv, io
rows = list(csv.reader(open('plan.csv', encoding='utf-8', newline='')))
for row in rows[1:]:
    row[7] = row[7] and row[7] + ',0'
for name, encoding, mark in (('le', 'utf-16-le', ';'), ('be', 'utf-16-be', ';'),
                             ('bom', 'utf-8', ';'), ('tab', 'utf-16-le', '\t')):
    text = io.StringIO()
    csv.writer(text, delimiter=mark).writerows(rows)
    open(name + '.csv', 'wb').write(('\ufeff' + text.getvalue()).encode(encoding))
P
    for form in le be bom tab; do
        # shellcheck disable=SC2086
        run -1 geo-plan $layers --targets $form.csv --as-of 2030
        [ "$output" = "$plain" ]
    done
}

@test "a table that cannot be meant so is refused with line, column and cell: 3" {
    while IFS='|' read -r row pattern; do
        targets "$row"
        # shellcheck disable=SC2086
        fails_with 3 "$pattern" geo-plan -q $layers --targets t.csv
    done <<'R'
a;roads;count;>=;1;;;;|t.csv:2: layer 'roads' asks for 'roads', which is not among the layers given
a;clusters roads;count;>=;1;;;;|t.csv:2: layer 'clusters roads' asks for 'roads'
a;;count;>=;1;;;;|t.csv:2: layer '' is empty
a;zones;number;>=;1;;;;|t.csv:2: measure 'number' is neither count, area_ha, a share-within nor a column
a;zones;basis;>=;1;;;;|t.csv:2: measure 'basis' is a column of text in the layer zones: only numbers can be summed
a;zones;;>=;1;;;;|t.csv:2: measure '' is empty
a;zones;count;>=;1;;is_neu = 1;;|t.csv:2: where 'is_neu = 1' does not fit the layer zones: .*is_neu
a;zones;count;>=;1;;is_new =;;|t.csv:2: where 'is_new =' does not fit the layer zones
a;zones;count;!=;1;;;;|t.csv:2: op '!=' is none of >=, <=, =, > and <
a;zones;count;;1;;;;|t.csv:2: op '' is empty
a;zones;count;>=;many;;;;|t.csv:2: value 'many' is no number
a;zones;plan_ha;>=;7.000;ha;;;|t.csv:2: value '7.000' is ambiguous
a;zones;count;>=;;;;;|t.csv:2: value '' is empty: only a priority can be without a number
a;zones;count;>=;1;;;;wish|t.csv:2: type 'wish' is none of target, need and priority
a;zones;count;>=;1;;;soon;|t.csv:2: horizon 'soon' is no year
a;zones;count;>=;1;ha;;;|t.csv:2: unit 'ha' does not fit: a count has no unit
a;zones;area_ha;>=;1;km2;;;|t.csv:2: unit 'km2' does not fit the measure 'area_ha': write ha
a;zones;plan_ha;>=;1;m;;;|t.csv:2: unit 'm' does not fit the measure 'plan_ha': write ha
a;zones;share-within 5km of corridors.shp;>=;1;;;;|t.csv:2: unit '' does not fit .*: write %
a;zones;share-within 5 of corridors.shp;>=;1;%;;;|t.csv:2: measure .* has no distance: '5' has no unit: write 5m or 5km
a;zones;share-within 1,500m of corridors.shp;>=;1;%;;;|t.csv:2: measure .* has an ambiguous distance
a;zones;share-within 5km;>=;1;%;;;|t.csv:2: measure .* is no share: write
a;zones;share-within 5km of corridors.shp by weight;>=;1;%;;;|t.csv:2: measure .* is no share: write
a;zones;share-within 1001km of corridors.shp by area;>=;1;%;;;|t.csv:2: measure .* is too far or too near: by area, 0m or from 0.1m to 1000km
a;zones;share-within 5km of missing.shp;>=;1;%;;;|missing.shp: No such file
R
}

@test "two targets or two features with one id are refused; another column can be the id" {
    targets 'a;zones;count;>=;1;;;;' 'a;zones;count;>=;1;;;;'
    fails_with 3 "t.csv:3: id 'a' stands on line 2 already" geo-plan zones.shp --targets t.csv
    targets 'a;zones;count;>=;1;;;;'
    fails_with 3 "zones: two features have the id 'KCN01', the second is feature 0" \
        geo-plan zones.shp zones.shp --targets t.csv
    targets 'a;in;count;=;2;;;;'
    for id in 1 2; do
        printf '{"type":"Feature","properties":{"id":7,"ma":%d},"geometry":null}\n' $id
    done >in.geojsonl
    fails_with 3 "in: two features have the id '7', the second is feature" geo-plan in.geojsonl --targets t.csv
    run -0 geo-plan in.geojsonl --targets t.csv --id-field ma
    fails_with 2 "the layer in has no column 'xx'" geo-plan in.geojsonl --targets t.csv --id-field xx
}

@test "an empty table, none, a folder, a workbook; options that do not fit" {
    : >empty.csv
    fails_with 3 'empty.csv is empty' geo-plan zones.shp --targets empty.csv
    printf 'id,layer,measure,op,value\n' >empty.csv
    fails_with 3 'empty.csv has no rows below its header' geo-plan zones.shp --targets empty.csv
    printf 'id,layer,op,value\na,zones,>=,1\n' >empty.csv
    fails_with 3 "there is no column 'measure'" geo-plan zones.shp --targets empty.csv
    fails_with 3 'missing.csv: No such file' geo-plan zones.shp --targets missing.csv
    fails_with 3 ': Is a directory' geo-plan zones.shp --targets .
    printf 'PK\003\004' >plan.xlsx
    fails_with 3 'is a workbook: save its sheet as CSV' geo-plan zones.shp --targets plan.xlsx
    fails_with 2 'no targets: name their table with --targets' geo-plan zones.shp
    fails_with 2 "as-of: '2030-02-29' is neither a year" geo-plan zones.shp --targets plan.csv --as-of 2030-02-29
    fails_with 2 'json does not go with -f csv' geo-plan zones.shp --targets plan.csv --json -f csv
}

@test "a layer goes by the name of its file or its own, blanks allowed" {
    ogr2ogr -f GPKG 'khu mới.gpkg' zones.shp -nln 'khu công nghiệp'
    for name in 'khu mới' 'khu công nghiệp' 'khu mới + khu công nghiệp'; do
        targets "a;$name;count;=;21;;;;"
        run -0 geo-plan 'khu mới.gpkg' --targets t.csv
    done
}

@test "any number of threads gives the same table" {
    # shellcheck disable=SC2086
    run -1 geo-plan $layers --targets plan.csv --as-of 2030 --threads 1
    local one=$output
    # shellcheck disable=SC2086
    run -1 geo-plan $layers --targets plan.csv --as-of 2030 --threads 4
    [ "$output" = "$one" ]
}

@test "a layer without features has none of them" {
    printf 'id;layer;type;measure;op;value\na;zones;target;count;>=;1\n' >count.csv
    run -1 --separate-stderr bash -c "geo-plan zones.shp --where 'plan_ha > 1e9' --targets count.csv --json | jq -r '.[] | \"\(.measured) \(.verdict)\"'; exit \${PIPESTATUS[0]}"
    [ "$output" = "0 short" ]
}
