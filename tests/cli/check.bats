#!/usr/bin/env bats
# geo-check: rules on the line and in tables, verdicts, exit statuses.
# shellcheck disable=SC2154 # run sets stderr, stderr_lines
load kit
setup() { kit_setup; }

# square LON LAT SIDE_DEG PROPERTIES: a square whose lower left corner is given
square() {
    awk -v x="$1" -v y="$2" -v s="$3" -v p="$4" 'BEGIN {
        printf "{\"type\":\"Feature\",\"properties\":{%s},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[[%.9f,%.9f],[%.9f,%.9f],[%.9f,%.9f],[%.9f,%.9f],[%.9f,%.9f]]]}}\n",
            p, x, y, x + s, y, x + s, y + s, x, y + s, x, y }'
}
point() { # LON LAT PROPERTIES
    echo '{"type":"Feature","properties":{'"$3"'},"geometry":{"type":"Point","coordinates":['"$1,$2"']}}'
}
verdicts() { jq -r '.properties | [.verdict, .rule] | map(. // "null") | join(" ")'; }
export -f square point verdicts

@test "the kit's contract" { contract geo-check; }
@test "the examples of the help run" { examples geo-check 0 1; }

@test "a failure ends with 1, an uncertain verdict with 0, or 1 by --fail-uncertain" {
    run -1 geo-check zones.shp -c corridors.shp --within 5km -q
    run -0 geo-check zones.shp -c corridors.shp --within 5km --accuracy 2km -q
    run -1 geo-check zones.shp -c corridors.shp --within 5km --accuracy 2km --fail-uncertain -q
    run -0 geo-check zones.shp -c corridors.shp --within 50km --fail-uncertain -q
    run -1 geo check zones.shp -c corridors.shp --within 5km ! area --summary -q
}

@test "the table goes to standard error, or by --summary to standard output" {
    run -1 --separate-stderr geo-check zones.shp -c corridors.shp --within 5km --min-area 60ha \
        --accuracy 0m --corridor-accuracy 0m -o out.geojson
    [ -z "$output" ]
    expected='rule      need                 n  pass  fail  uncertain
within_m  distance <= 5000 m  21    19     2          0
min_ha    area >= 60 ha       21    19     2          0
all       -                   21    17     4          0'
    [ "$stderr" = "$expected" ]
    run -1 --separate-stderr geo-check zones.shp -c corridors.shp --within 5km --summary -f csv -q
    [ "$output" = $'rule,need,n,pass,fail,uncertain,source,text\nwithin_m,distance <= 5000 m,21,19,2,0,,\nall,,21,19,2,0,,' ]
    run -2 geo check zones.shp -c corridors.shp --within 5km --summary ! area
}

@test "what is taken as exact is said" {
    run -1 --separate-stderr geo-check zones.shp -c corridors.shp --within 5km -o out.geojson
    [[ ${stderr_lines[0]} == *"features and corridors are taken as exact: no --accuracy or --corridor-accuracy"* ]]
    run -0 --separate-stderr geo-check zones.shp -c corridors.shp --within 5km --accuracy 9km -o out.geojson --overwrite
    [[ ${stderr_lines[0]} == *"places of corridors are taken as exact"* ]]
    run -1 --separate-stderr geo-check zones.shp --min-area 60ha -o out.geojson --overwrite
    [[ $stderr != *exact* ]]
}

@test "an accuracy that is not known makes uncertain, and is said; it is never 0" {
    { point 105 21 '"a":10'; point 105 21 '"a":null'; point 105 21 '"a":-5'; point 105 21 '"b":1'; } >in.geojsonl
    point 105.001 21 >c.geojsonl
    run -0 --separate-stderr bash -o pipefail -c "geo-check in.geojsonl -c c.geojsonl --within 5km --accuracy-field a | verdicts"
    [ "$output" = $'pass within_m\nuncertain within_m\nuncertain within_m\nuncertain within_m' ]
    [[ $stderr == *"3 features: its accuracy is not known"*"1 (a), 2 (a), 3 (a)"* ]]
    # A value for all stands in for what is empty, not for what is wrong.
    run -0 --separate-stderr bash -o pipefail -c "geo-check in.geojsonl -c c.geojsonl --within 5km --accuracy-field a --accuracy 10m | verdicts"
    [ "$output" = $'pass within_m\npass within_m\nuncertain within_m\npass within_m' ]
    fails_with 2 "no column 'nope'" geo-check in.geojsonl -c c.geojsonl --within 5km --accuracy-field nope --corridor-accuracy 0m
    fails_with 2 "corridors: there is no column 'nope'" geo-check in.geojsonl -c c.geojsonl --within 5km --corridor-accuracy-field nope --accuracy 0m
    run -0 --separate-stderr geo-check in.geojsonl -c c.geojsonl --within 5km --accuracy 0m --corridor-accuracy-field nope --corridor-accuracy 1m
    [[ $stderr == *"corridors: there is no column 'nope': --corridor-accuracy stands in for it"* ]]
}

@test "a corridor of unknown accuracy cannot fail a zone, nor let it stand off" {
    { point 105.001 21 '"a":10'; point 105.002 21 '"a":null'; } >c.geojsonl
    point 105 21 | tee in.geojsonl
    # 104 m to the first, which is known; the other may be anywhere.
    run -0 bash -o pipefail -c "geo-check in.geojsonl -c c.geojsonl --within 150m --accuracy 0m --corridor-accuracy-field a | verdicts"
    [[ $output == *"pass within_m"* ]]
    run -0 bash -o pipefail -c "geo-check in.geojsonl -c c.geojsonl --within 50m --accuracy 0m --corridor-accuracy-field a | verdicts"
    [[ $output == *"uncertain within_m"* ]]
    run -0 bash -o pipefail -c "geo-check in.geojsonl -c c.geojsonl --beyond 50m --accuracy 0m --corridor-accuracy-field a | verdicts"
    [[ $output == *"uncertain beyond_m"* ]]
}

@test "the accuracy of the operation counts between layers brought by different ones" {
    # 1 m of EPSG:6960 between VN-2000 and WGS 84, none between two zones of VN-2000.
    ogr2ogr -t_srs EPSG:4326 wgs84.geojson corridors.shp -lco COORDINATE_PRECISION=12
    ogr2ogr -t_srs EPSG:9214 tm3.shp corridors.shp -lco ENCODING=UTF-8
    m=$(geo-near zones.shp -c corridors.shp --where "id = 'KCN01'" | jq .properties.near_m)
    for step in -0.5 0.5 2; do
        limit=$(awk -v m="$m" -v s="$step" 'BEGIN { printf "%.3fm", m + s }')
        for c in corridors.shp tm3.shp wgs84.geojson; do
            geo-check zones.shp -c $c --where "id = 'KCN01'" --within "$limit" --accuracy 0m --corridor-accuracy 0m -q |
                jq -r .properties.verdict || true
        done
    done >got
    [ "$(xargs <got)" = "fail fail uncertain pass pass uncertain pass pass pass" ]
}

@test "a rule concerns the features of its filter; a feature of no rule has no verdict" {
    cat >r.csv <<'R'
id,what,where,op,value,unit
small,area,"kind = 'CCN' AND NOT name LIKE '%làng nghề%'",>=,10,ha
R
    run -1 --separate-stderr bash -o pipefail -c "geo-check zones.shp clusters.shp --rules r.csv | verdicts | sort | uniq -c"
    [ "$(echo "$output" | xargs)" = "1 fail small 25 null null 17 pass small" ]
    [[ ${stderr_lines[1]} == "small  area >= 10 ha  18    17     1          0" ]]
}

@test "features keep their columns, those of ours make way" {
    run -0 bash -o pipefail -c "point 105 21 '\"verdict\":\"x\",\"a\":1' | geo-check - -c corridors.shp --within 500km -q | jq -c '.properties | keys_unsorted'"
    [ "$output" = '["verdict_in","a","verdict","margin_m","rule","within_m"]' ]
}

@test "null shapes and shapes without area are uncertain where they cannot be measured, and said" {
    { echo '{"type":"Feature","properties":{},"geometry":null}'; point 105 21; } >in.geojsonl
    run -0 --separate-stderr bash -o pipefail -c "geo-check in.geojsonl -c corridors.shp --within 500km --min-area 1ha | verdicts"
    [ "$output" = $'uncertain within_m\nuncertain min_ha' ]
    [[ $stderr == *"2 features: no shape that its rules can measure: uncertain: 0, 1"* ]]
}

@test "lines and points have no land to overlap with, near or far" {
    printf 'id,what,op,value,unit,layer\nroad,overlap,<=,0,ha,corridors.shp\nexit,overlap,>,0,%%,interchanges.shp\n' >r.csv
    run -1 --separate-stderr geo-check zones.shp --rules r.csv --accuracy 2km --corridor-accuracy 0m -o out.geojson
    [[ ${stderr_lines[1]} =~ ^road\ .*\ 21\ +21\ +0\ +0$ ]]
    [[ ${stderr_lines[2]} =~ ^exit\ .*\ 21\ +0\ +21\ +0$ ]]
}

@test "what is said of features names them in input order" {
    for lon in 106 105 107 104; do point $lon 21; done >in.geojsonl
    run -0 --separate-stderr geo-check in.geojsonl --min-area 1ha -o out.geojson
    [[ $stderr == *"4 features: no shape that its rules can measure: uncertain: 0, 1, 2, 3"* ]]
}

@test "with no corridors at all every distance is infinite" {
    run -1 --separate-stderr bash -o pipefail -c "point 105 21 | geo-check - -c corridors.shp --corridor-where \"ref = 'none'\" --within 500km --accuracy 1m --corridor-accuracy 1m | jq -c '.properties'"
    [ "$output" = '{"verdict":"fail","margin_m":null,"rule":"within_m","within_m":null}' ]
    [[ $stderr == *"nothing in it"* ]]
    run -0 bash -c "point 105 21 | geo-check - -c corridors.shp --corridor-where \"ref = 'none'\" --beyond 500km -q"
}

@test "rules of a spreadsheet: UTF-16, semicolons, decimal commas; a layer is found from the table's folder" {
    mkdir there
    cp interchanges.* there
    printf 'Id;What;Op;Value;Unit;Layer;Text\r\nnút giao;distance;≤;3,5;km;interchanges.shp;"gần;\r\nđường"\r\n' | tee there/plain.csv | iconv -f UTF-8 -t UTF-16 >there/rules.csv
    for f in plain rules; do
        geo-check zones.shp --rules there/$f.csv --accuracy 0m --corridor-accuracy 0m --select id -f csv 2>$f.err >$f.out || [ $? = 1 ]
    done
    cmp plain.out rules.out
    [ "$(head -n 1 rules.out)" = id,verdict,margin_m,rule,nut_giao,wkt ]
    [[ $(sed -n 2p rules.err) == *"distance <= 3.5 km, interchanges.shp"* ]]
    # 3.519 km by the oracle of tests/integration
    awk -F , '$1 == "KCN01" { exit !($2 == "fail" && $4 == "nút giao" && $5 > 3.51 && $5 < 3.53 && $3 < -10 && $3 > -30) }' rules.out
}

# refuses STATUS PATTERN ROW: a table with this row, on line 2, is refused.
refuses() {
    printf 'id,what,op,value,unit,layer,where\n%s\n' "$3" >bad.csv
    fails_with "$1" "$2" geo-check zones.shp -c corridors.shp --rules bad.csv --accuracy 0m --corridor-accuracy 0m
}

@test "what is wrong in a table is named by line and column" {
    refuses 3 "bad.csv:2: what 'distanze' is none of distance, share within LENGTH" 'a,distanze,<=,5,km'
    refuses 3 "bad.csv:2: what 'share' is none of" 'a,share,>=,50,%'
    refuses 3 "bad.csv:2: what 'share within 5' within: '5' has no unit: write 5m or 5km" 'a,share within 5,>=,50,%'
    refuses 3 "bad.csv:2: what 'area within 5km' is none" 'a,area within 5km,>=,50,ha'
    refuses 3 "bad.csv:2: unit 'ha' .*distance.*write m, km" 'a,distance,<=,5,ha'
    refuses 3 "bad.csv:2: unit '' .*distance.*write m, km" 'a,distance,<=,5,'
    refuses 3 "bad.csv:2: unit 'km' .*area.*write ha, m2, km2" 'a,area,<=,5,km'
    refuses 3 "bad.csv:2: unit 'km' .*count" 'a,count within 5km,<=,5,km'
    refuses 3 "bad.csv:2: op '=<' is none of" 'a,distance,=<,5,km'
    refuses 3 "bad.csv:2: value 'near' .*number" 'a,distance,<=,near,km'
    refuses 3 "bad.csv:2: value '' is empty" 'a,distance,<=,,km'
    refuses 3 "bad.csv:2: value '-5' is below 0" 'a,distance,<=,-5,km'
    refuses 3 "bad.csv:2: value '101' .*100 %" 'a,share within 5km,>=,101,%'
    refuses 3 "bad.csv:2: value '1.5' is no whole number" 'a,count within 5km,>=,1.5,'
    refuses 3 "bad.csv:2: layer 'nope.shp' .*no nope.shp" 'a,distance,<=,5,km,nope.shp'
    refuses 3 "bad.csv:2: layer 'zones.shp' is not needed for an area" 'a,area,<=,5,ha,zones.shp'
    refuses 3 "bad.csv:3: id 'a'" $'a,area,<=,5,ha\na,area,>=,1,ha'
    refuses 3 "bad.csv:3: id 'Á'.*column a, as 'a' does" $'a,area,<=,5,ha\nÁ,area,>=,1,ha'
    refuses 3 "bad.csv:2: id 'Verdict' is the name of another column" 'Verdict,area,<=,5,ha'
    refuses 2 "rule 'a', where: filter .*colour" "a,distance,<=,5,km,,colour = 'red'"
    printf 'id,what,op\na,area,<=\n' >bad.csv
    fails_with 3 "value" geo-check zones.shp --rules bad.csv
    fails_with 3 "missing.csv" geo-check zones.shp --rules missing.csv
}

@test "rules on the line that make no sense are refused" {
    fails_with 2 "no rule: say --within" geo-check zones.shp -c corridors.shp
    fails_with 2 "needs the corridors: name their layer with -c" geo-check zones.shp --within 5km
    fails_with 2 "share goes with --within" geo-check zones.shp -c corridors.shp --share 50%
    fails_with 2 "'5' has no unit" geo-check zones.shp -c corridors.shp --within 5
}

# judged WHAT OP VALUE UNIT ACCURACY: pass, fail and uncertain of the zones, by one rule
judged() {
    printf 'id;what;op;value;unit\na;%s;%s;%s;%s\n' "$1" "$2" "$3" "$4" >one.csv
    geo-check zones.shp -c corridors.shp --rules one.csv --accuracy "$5" --corridor-accuracy 0m \
        --summary -f csv -q | sed -n '$s/^all,,[0-9]*,\([0-9,]*\),,$/\1/p'
}

@test "no land within a distance is a nearest point beyond it; all of it is no share but 1" {
    for accuracy in 0m 1mm 200m 1km; do
        [ "$(judged 'share within 5km' '<=' 0 % $accuracy)" = "$(judged distance '>' 5 km $accuracy)" ]
        [ "$(judged 'share within 5km' '=' 0 % $accuracy)" = "$(judged distance '>' 5 km $accuracy)" ]
        [ "$(judged 'share within 5km' '>' 0 % $accuracy)" = "$(judged distance '<=' 5 km $accuracy)" ]
        [ "$(judged 'share within 5km' '=' 100 % $accuracy)" = "$(judged 'share within 5km' '>=' 100 % $accuracy)" ]
        [ "$(judged 'share within 5km' '<=' 100 % $accuracy)" = 21,0,0 ]
        [ "$(judged 'share within 5km' '>=' 0 % $accuracy)" = 21,0,0 ]
        [ "$(judged 'share within 5km' '>' 100 % $accuracy)" = 0,21,0 ]
        [ "$(judged 'share within 5km' '<' 0 % $accuracy)" = 0,21,0 ]
    done
    [ "$(judged distance '>' 5 km 1mm)" = 2,19,0 ]
}

@test "an accuracy field that features lack is refused, whatever stands in for empty cells" {
    fails_with 2 "no column 'pos_acc'" geo-check zones.shp -c corridors.shp --within 5km \
        --corridor-accuracy 0m --accuracy 50m --accuracy-field pos_acc
    fails_with 2 "--select" geo-check zones.shp -c corridors.shp --within 5km \
        --corridor-accuracy 0m --accuracy 50m --accuracy-field pos_acc_m --select id
}

@test "a chain is the pipe" {
    options=(-c corridors.shp --rules rules.csv --accuracy-field pos_acc_m --corridor-accuracy-field pos_acc_m -q)
    geo area zones.shp clusters.shp ! check "${options[@]}" >chain.out || [ $? = 1 ]
    geo-area zones.shp clusters.shp | geo-check - "${options[@]}" >pipe.out || [ $? = 1 ]
    node "$SOURCE/tests/same.mjs" chain.out pipe.out 0
    [ "$(wc -l <chain.out)" = 43 ]
}

@test "any number of threads writes the same bytes" {
    for n in 1 2 5; do
        geo-check zones.shp clusters.shp -c corridors.shp --rules rules.csv --accuracy-field pos_acc_m \
            --corridor-accuracy-field pos_acc_m --threads $n -o t$n.csv 2>t$n.err || [ $? = 1 ]
    done
    cmp t1.csv t2.csv
    cmp t1.csv t5.csv
    cmp t1.err t5.err
}
