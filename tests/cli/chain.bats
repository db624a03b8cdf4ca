#!/usr/bin/env bats
# geo: the tools' steps in one process. What a line may say, and that a chain is the pipe.
load kit
setup() { kit_setup; }

steps="export area near bands buffer check info"

# same CHAIN PIPE [CELL]: both write the same features, columns and values within 1 µm.
same() {
    bash -e -o pipefail -c "$1" >chain.out 2>chain.err
    bash -e -o pipefail -c "$2" >pipe.out 2>pipe.err
    node "$SOURCE/tests/same.mjs" chain.out pipe.out "${3:-0}"
}

# ---- what it says of itself ----

@test "help is what it was" {
    run -0 geo --help
    golden geo.help
    local help=$output
    run -0 geo help
    [ "$output" = "$help" ]
    run -0 geo -h
    [ "$output" = "$help" ]
}

@test "the kit's contract: geo" { contract geo; }
@test "the examples of the help run: geo" { examples geo; }

@test "the help of a step is that of its tool" {
    for step in $steps; do
        diff <(geo help "$step") <(geo-"$step" --help)
        diff <(geo "$step" --help) <(geo-"$step" --help)
        diff <(geo "$step" --help=json) <(geo-"$step" --help=json)
    done
    diff <(geo area missing.shp --frobnicate ! near -h) <(geo-near --help)
    run -0 geo near --version
    [[ ${lines[0]} == "geo-near "* ]]
}

@test "JSON and the manual list the steps" {
    run -0 bash -o pipefail -c "geo --help=json | jq -r '.steps | map(.name) | join(\" \")'"
    [ "$output" = "$steps" ]
    run -0 bash -o pipefail -c "geo --help=json | jq -c '.steps | map(select(.chains | not).name)'"
    [ "$output" = '["info"]' ]
    run -0 bash -o pipefail -c "geo --help=man | man -l - | col -b"
    [[ $output == *STEPS*"export"*"area"*"near"*"buffer"* ]]
}

# completes EXPECTED WORD...: what bash offers for the last word is EXPECTED.
completes() {
    local expected=$1
    shift
    run -0 bash -c 'compopt() { :; }; . <(geo --help=bash); COMP_WORDS=("$@"); COMP_CWORD=$(($# - 1)); _geo; echo "${COMPREPLY[*]}"' bash "$@"
    [ "$output" = "$expected" ]
}

@test "bash completes names of steps, and the options of the step it is in" {
    completes "export area near bands buffer check info help" geo ''
    completes "area" geo a
    completes "near" geo help n
    completes "near" geo area zones.shp '!' n
    completes "--grid" geo area zones.shp --gr
    completes "" geo near zones.shp --gr
    completes "--corridors --corridor-layer --corridor-where --corridor-crs --corridor-encoding" \
        geo area zones.shp '!' near --corr
    completes "geodesic lonlat" geo area zones.shp '!' near --edges ''
}

@test "fish completes likewise" {
    geo --help=fish >geo.fish
    run -0 fish -c "source geo.fish; complete -C 'geo a' | cut -f 1"
    [ "$output" = area ]
    run -0 fish -c "source geo.fish; complete -C 'geo area zones.shp ! n' | cut -f 1"
    [ "$output" = near ]
    run -0 fish -c "source geo.fish; complete -C 'geo area zones.shp ! near --corridor-' | cut -f 1 | sort | string join ' '"
    [ "$output" = "--corridor-crs --corridor-encoding --corridor-layer --corridor-where" ]
    run -0 fish -c "source geo.fish; complete -C 'geo near zones.shp --gr' | cut -f 1"
    [ -z "$output" ]
}

@test "zsh hands the words of the step to its tool's completion" {
    cat >try.zsh <<'Z'
eval "complete() { $(geo --help=zsh) }"
_arguments() { print -r -- "$words[1] $CURRENT ${@[(r)*--corridors*]:+corridors}" }
_describe() { print -r -- ${steps%%:*} }
try() { words=("$@"); CURRENT=$#; complete }
try geo ''
try geo help ''
try geo area zones.shp '!' n
try geo area zones.shp --g
try geo area zones.shp '!' near -q --corr
Z
    run -0 zsh -f try.zsh
    for i in 0 1 2; do [ "${lines[i]}" = "help $steps" ]; done
    [ "${lines[3]}" = "area 3 " ]
    [ "${lines[4]}" = "near 3 corridors" ]
}

# ---- what a line may say ----

@test "no step, an empty step: 2" {
    fails_with 2 '^geo: no step: geo STEP' geo
    fails_with 2 '^geo: no step stands before the first !' geo ! near -c corridors.shp
    fails_with 2 '^geo: no step stands before the first !' geo !
    fails_with 2 '^geo: no step stands between two !' geo area zones.shp ! ! near -c corridors.shp
    fails_with 2 '^geo: no step stands after the last !' geo area zones.shp !
}

@test "an unknown step: 2, with the one that may be meant" {
    fails_with 2 "^geo: unknown step 'aera'; did you mean area\\? \\(see geo --help\\)$" geo aera zones.shp
    fails_with 2 "unknown step 'naer'; did you mean near\\?" geo area zones.shp ! naer
    fails_with 2 "unknown step 'exp'; did you mean export\\?" geo help exp
    fails_with 2 "unknown step 'zones.shp' \\(see" geo zones.shp
    fails_with 2 "unknown step 'help'" geo area zones.shp ! help
    fails_with 2 'help is on one step' geo help area near
}

@test "a ! that is missing or stuck to a word: 2, and the word" {
    fails_with 2 "^geo: area: 'near' is no file: is a ! missing there" geo area zones.shp near -c corridors.shp
    fails_with 2 "'zones.shp!' is no file" geo area zones.shp! near -c corridors.shp
    fails_with 2 "'!near' is no file" geo area zones.shp '!near' -c corridors.shp
    cp zones.shp near
    fails_with 3 'near: ' geo area zones.shp near
    run -0 geo area zones.shp --summary --by kind -f text
}

@test "too many steps: 2" {
    local line=(geo export zones.shp)
    for ((i = 0; i < 32; i++)); do line+=(! export); done
    fails_with 2 'more than 32 steps' "${line[@]}"
    unset 'line[-1]' 'line[-1]'
    run -0 "${line[@]}"
    [ "${#lines[@]}" = 21 ]
}

@test "info runs by itself only" {
    diff <(geo info zones.shp --json) <(geo-info zones.shp --json)
    fails_with 2 '^geo: info: not a step of a chain' geo area zones.shp ! info
    fails_with 2 '^geo: info: not a step of a chain' geo info zones.shp ! area
}

@test "options of input belong to the first step, those of output to the last: 2" {
    remember
    fails_with 2 '^geo: near: -s \(--src-crs\) belongs to the first step$' \
        geo area zones.shp ! near -c corridors.shp -s EPSG:5897
    for option in '-l zones' '--where=id=1' '--select=id' '--encoding=UTF-8' '--oo=A=B'; do
        # shellcheck disable=SC2086
        fails_with 2 '^geo: near: .* belongs to the first step$' geo area zones.shp ! near $option
    done
    for option in '-o out.gpkg' '-f csv' '--lco A=B' --dst-crs=EPSG:5897 --precision=7 --bbox --excel --style --lang=vi --overwrite; do
        # shellcheck disable=SC2086
        fails_with 2 '^geo: area: .* belongs to the last step$' \
            geo area zones.shp $option ! near -c corridors.shp
    done
    fails_with 2 '^geo: area: --summary belongs to the last step$' \
        geo area zones.shp --summary ! near -c corridors.shp
    leaves_nothing
}

@test "options of the run are given to any step, once" {
    for option in '--threads 2' --strict -q -v '--progress none' '--config A=B'; do
        # shellcheck disable=SC2086
        run -0 geo area zones.shp $option ! near -c corridors.shp
        # shellcheck disable=SC2086
        run -0 geo area zones.shp ! near -c corridors.shp $option
        # shellcheck disable=SC2086
        fails_with 2 '^geo: near: .* holds for all steps: give it once$' \
            geo area zones.shp $option ! near -c corridors.shp $option
    done
    run -0 --separate-stderr geo area zones.shp ! near -c corridors.shp -v
    [[ $stderr == *zones*corridors* ]]
}

@test "an option of a step is that of its tool: messages name the step" {
    fails_with 2 "^geo: near: unknown option '--grid' \\(see geo help near\\)$" \
        geo area zones.shp ! near -c corridors.shp --grid EPSG:5897
    fails_with 2 "^geo: area: unknown option '--grd'; did you mean --grid\\?" geo area zones.shp --grd
    fails_with 2 '^geo: near: --max: .*20m or 20km' geo area zones.shp ! near -c corridors.shp --max 20
    fails_with 2 '^geo: near: no corridors: name their layer with -c$' geo area zones.shp ! near
    fails_with 2 '^geo: near: --each: the corridors have no column' \
        geo area zones.shp ! near -c corridors.shp --each nonsense
    fails_with 2 '^geo: buffer: no distance' geo area zones.shp ! buffer
    fails_with 2 '^geo: area: --by goes with --summary' geo near zones.shp -c corridors.shp ! area --by kind
    fails_with 2 '^geo: area: an operand is missing' geo area ! near -c corridors.shp
    fails_with 2 "^geo: near: unexpected operand 'zones.shp': the features come from the step before$" \
        geo area zones.shp ! near zones.shp -c corridors.shp
    fails_with 3 '^geo: .*missing.shp' geo area missing.shp ! near -c corridors.shp
    fails_with 3 '^geo: near: .*missing.shp' geo area zones.shp ! near -c missing.shp
}

@test "a file of any name, a step's options before and after its layers" {
    geo-export zones.shp -f geojson -o ./!
    run -0 geo area -q ./! --select id ! near -c corridors.shp
    [ "${#lines[@]}" = 21 ]
}

@test "edges: the first step that measures says it for all; another that contradicts: 2" {
    run -0 bash -o pipefail -c "geo export zones.shp ! area --edges lonlat ! near -c corridors.shp | jq -rs '.[0].geo.edges'"
    [ "$output" = lonlat ]
    run -0 geo area zones.shp --edges lonlat ! near -c corridors.shp --edges lonlat
    fails_with 2 '^geo: near: --edges lonlat: a step before takes edges as geodesic; say it there$' \
        geo area zones.shp ! near -c corridors.shp --edges lonlat
    fails_with 2 '^geo: near: --edges geodesic: a step before' \
        geo export zones.shp ! area --edges lonlat ! near -c corridors.shp --edges geodesic
    geo-area zones.shp --edges lonlat -o stated.geojson
    fails_with 2 '^geo: near: --edges geodesic: a step before' \
        geo area stated.geojson ! near -c corridors.shp --edges geodesic
    same 'geo area zones.shp --edges lonlat ! near -c corridors.shp' \
        'geo-area zones.shp --edges lonlat | geo-near - -c corridors.shp'
}

# ---- a chain is the pipe ----

@test "one step is the tool" {
    same 'geo near zones.shp -c corridors.shp' 'geo-near zones.shp -c corridors.shp'
    geo area zones.shp --summary --by kind >chain.csv
    geo-area zones.shp --summary --by kind >tool.csv
    cmp chain.csv tool.csv
}

@test "area ! near; export ! area ! near" {
    same 'geo area zones.shp ! near -c corridors.shp --each ref' \
        'geo-area zones.shp | geo-near - -c corridors.shp --each ref'
    same 'geo export zones.shp clusters.shp ! area ! near -c corridors.shp -k 2' \
        'geo-export zones.shp clusters.shp | geo-area - | geo-near - -c corridors.shp -k 2'
    same 'geo area zones.shp --where "plan_ha > 200" --select name,plan_ha ! near -c corridors.shp --lines' \
        'geo-area zones.shp --where "plan_ha > 200" --select name,plan_ha | geo-near - -c corridors.shp --lines'
}

# The buffer is drawn on a grid of 8 decimals: where the pipe's rounding to 12 decimals turns the
# scale, a vertex lies one cell farther.
@test "area ! near ! buffer --separate" {
    same 'geo area zones.shp ! near -c corridors.shp ! buffer -d 1km,3km --separate' \
        'geo-area zones.shp | geo-near - -c corridors.shp | geo-buffer - -d 1km,3km --separate' 1e-8
}

@test "a dissolved buffer takes all features, then the chain goes on" {
    same 'geo area zones.shp ! buffer -d 1km,3km ! area ! near -c corridors.shp' \
        'geo-area zones.shp | geo-buffer - -d 1km,3km | geo-area - | geo-near - -c corridors.shp' 1e-8
    same 'geo buffer corridors.shp -d 1km ! buffer -d 500m' \
        'geo-buffer corridors.shp -d 1km | geo-buffer - -d 500m' 1e-8
    { head -n 1 < <(geo-export zones.shp); echo '{"type":"Feature","properties":{"other":1},"geometry":{"type":"Point","coordinates":[105.5,21.2]}}'; } >mixed.geojsonl
    run -0 bash -o pipefail -c "geo area mixed.geojsonl ! buffer -d 1km | jq -c '.properties | keys_unsorted'"
    [ "$output" = '["from_m","to_m","area_ha"]' ]
    run -3 --separate-stderr bash -c 'echo "{\"type\":\"Point\",\"coordinates\":[10,89.5]}" | geo export - ! buffer -d 1km ! area -o out.geojson'
    [[ $stderr == "geo: buffer: all features as one: "*"--separate"* ]]
    [ ! -e out.geojson ]
}

@test "shapes across the antimeridian are cut at the end only" {
    echo '{"type":"Polygon","coordinates":[[[179.9,-17],[-179.9,-17],[-179.9,-16.9],[179.9,-16.9],[179.9,-17]]]}' >fiji.geojson
    geo export fiji.geojson ! area | jq -c 'del(.geo.tool)' >chain.out
    geo-area fiji.geojson | jq -c 'del(.geo.tool)' >tool.out
    cmp chain.out tool.out
    [ "$(jq -r .geometry.type chain.out)" = MultiPolygon ]
}

@test "what is mended, skipped, null or of no fixed columns fares as in the pipe" {
    cat >dirty.geojson <<'J'
{"type":"FeatureCollection","features":[
{"type":"Feature","id":7,"properties":{"n":2.5,"t":"x"},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,1],[1,0],[0,1],[0,0]]]}},
{"type":"Feature","properties":{"n":null,"area_ha":"mine"},"geometry":{"type":"Point","coordinates":[500,121]}},
{"type":"Feature","properties":{"z":{"a":[1,2]},"b":true},"geometry":{"type":"GeometryCollection","geometries":[{"type":"Point","coordinates":[105,21,7]},{"type":"LineString","coordinates":[[105,21],[106,22]]}]}},
{"type":"Feature","properties":null,"geometry":null},
{"type":"Feature","properties":{"d":"2024-01-02"},"geometry":{"type":"MultiPoint","coordinates":[]}}]}
J
    run -7 bash -c 'geo area dirty.geojson ! near -c corridors.shp >chain.out 2>chain.err'
    run -7 bash -o pipefail -c 'geo-area dirty.geojson 2>pipe.err | geo-near - -c corridors.shp >pipe.out'
    node "$SOURCE/tests/same.mjs" chain.out pipe.out
    diff <(sed 's/^geo: //' chain.err) <(sed 's/^geo-area: //' pipe.err)
    [ "$(wc -l <chain.err)" = 4 ]
}

@test "a step that comes twice renames the first one's columns, with the notes of the pipe" {
    same 'geo near zones.shp -c corridors.shp ! near -c interchanges.shp' \
        'geo-near zones.shp -c corridors.shp | geo-near - -c interchanges.shp'
    diff <(sed 's/.*renamed: //' chain.err) <(sed 's/.*renamed: //' pipe.err)
    [ "$(wc -l <chain.err)" = 7 ]
}

@test "a table ends a chain: hectares by the nearest corridor" {
    geo near zones.shp -c corridors.shp --id-field ref ! area --summary --by near_id -f csv >chain.csv
    geo-near zones.shp -c corridors.shp --id-field ref | geo-area - --summary --by near_id -f csv >pipe.csv
    cmp chain.csv pipe.csv
    [ "$(wc -l <chain.csv)" -gt 3 ]
}

@test "every format: the columns of all steps, in a table too" {
    geo area zones.shp ! near -c corridors.shp -o out.gpkg
    [ "$(ogrinfo -so -al out.gpkg | grep -cE '^(area_ha|perim_m|near_[a-z]+): ')" = 9 ]
    geo area zones.shp ! near -c corridors.shp -o out.csv
    geo-area zones.shp | geo-near - -c corridors.shp -o pipe.csv
    diff <(head -n 1 out.csv) <(head -n 1 pipe.csv)
    geo area zones.shp ! near -c corridors.shp -o out.geojson
    geo-area zones.shp | geo-near - -c corridors.shp -o pipe.geojson
    node "$SOURCE/tests/same.mjs" out.geojson pipe.geojson
}

@test "standard input feeds a chain, and is read once only" {
    geo-export zones.shp >zones.geojsonl
    same 'geo area - ! near -c corridors.shp <zones.geojsonl' \
        'geo-area - <zones.geojsonl | geo-near - -c corridors.shp'
    run -0 bash -c 'geo-export corridors.shp | geo area zones.shp ! near -c - | wc -l'
    [ "$output" = 21 ]
    run -2 --separate-stderr bash -c 'geo-export corridors.shp | geo near zones.shp -c - ! near -c -'
    [ "$stderr" = 'geo: near: standard input (-) can be read once only' ]
    run -0 bash -c 'head -c 3000 zones.geojsonl | { geo area - ! near -c corridors.shp -o out.gpkg || echo $?; }'
    [[ $output == *$'\n3' ]]
    [ ! -e out.gpkg ]
    run -0 bash -c "geo-area missing.shp 2>/dev/null | { geo export - ! near -c corridors.shp || echo \$?; }"
    [[ $output == *$'\n3' ]]
}

@test "an empty layer stays one, with the columns of all steps" {
    geo area zones.shp --where "id = 'none'" ! near -c corridors.shp >chain.out
    geo-area zones.shp --where "id = 'none'" | geo-near - -c corridors.shp >pipe.out
    diff <(jq 'del(.geo.tool)' chain.out) <(jq 'del(.geo.tool)' pipe.out)
    geo area zones.shp --where "id = 'none'" ! near -c corridors.shp ! export -o empty.gpkg
    ogrinfo -so -al empty.gpkg | grep -q 'near_m: Real'
    ogrinfo -so -al empty.gpkg | grep -q 'Feature Count: 0'
}

@test "a feature that is skipped is told once: 7; --strict stops there: 3" {
    cat >in.geojsonl <<'J'
{"type":"Feature","properties":{"n":1},"geometry":{"type":"Point","coordinates":[105,21]}}
{"type":"Feature","properties":{"n":2},"geometry":{"type":"Point","coordinates":[105,121]}}
{"type":"Feature","properties":{"n":3},"geometry":{"type":"Point","coordinates":[10,89.5]}}
J
    run -7 --separate-stderr geo area in.geojsonl ! near -c corridors.shp ! buffer -d 1km --separate
    [ "${#lines[@]}" = 1 ]
    [ "${#stderr_lines[@]}" = 2 ]
    [[ ${stderr_lines[0]} == "geo: in.geojsonl: 1 feature skipped: "* ]]
    [[ ${stderr_lines[1]} == "geo: in.geojsonl: 1 feature skipped: buffer cannot be drawn: "* ]]
    remember
    for line in 'area in.geojsonl --strict ! near -c corridors.shp -o out.geojson' \
        'area in.geojsonl ! near -c corridors.shp --strict -o out.geojson'; do
        # shellcheck disable=SC2086
        fails_with 3 'strict' geo $line
    done
    leaves_nothing
}

# ---- the run ----

@test "an interrupt half-way leaves nothing behind" {
    interrupted geo area - ! near -c corridors.shp ! export -o out.geojson
}

@test "an existing output stays, --overwrite replaces it; a dry run writes nothing" {
    echo mine >out.geojson
    fails_with 2 '--overwrite' geo area zones.shp ! near -c corridors.shp -o out.geojson
    [ "$(cat out.geojson)" = mine ]
    run -0 geo area zones.shp -n ! near -c corridors.shp -o out.geojson --overwrite
    [[ $output == *zones*corridors*"features: 21"*"edges: geodesics"* ]]
    [ "$(cat out.geojson)" = mine ]
    run -0 geo area zones.shp ! near -c corridors.shp -o out.geojson --overwrite
    [ "$(jq '.features | length' out.geojson)" = 21 ]
}

@test "progress for front-ends: features read, once, a dissolved buffer too" {
    for line in 'area zones.shp ! near -c corridors.shp -k 3' 'area zones.shp ! buffer -d 1km ! area'; do
        # shellcheck disable=SC2086
        run -0 --separate-stderr bash -c "geo $line --progress=json >/dev/null"
        [ "$(grep '^{' <<<"$stderr" | tail -n 1 | jq -c '[.done, .total, .end]')" = '[21,21,true]' ]
        [ "$(grep -c '"end": true' <<<"$stderr")" = 1 ]
    done
}

@test "one, two and seven threads write the same bytes" {
    world=$(dpkg -L qgis-common | grep 'world_map.gpkg$')
    for n in 1 2 7; do
        geo area "$world" -l states_provinces -q ! near -c corridors.shp -k 2 --threads $n -o "t$n.geojson"
        geo area "$world" -l countries -q ! near -c corridors.shp --threads $n ! export -f csv -o "t$n.csv"
    done
    for kind in geojson csv; do
        [ "$(stat -c %s "t1.$kind")" -gt 100000 ]
        cmp "t1.$kind" "t2.$kind"
        cmp "t1.$kind" "t7.$kind"
    done
}
