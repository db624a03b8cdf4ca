#!/usr/bin/env bats
# What holds for every tool: the contract of the kit, the examples, the exit statuses of common
# cases, outputs that appear whole or not at all.
load kit
setup() { kit_setup; }

@test "the kit's contract: info" { contract geo-info; }
@test "the kit's contract: export" { contract geo-export; }
@test "the kit's contract: area" { contract geo-area; }
@test "the kit's contract: near" { contract geo-near; }
@test "the kit's contract: bands" { contract geo-bands; }
@test "the kit's contract: buffer" { contract geo-buffer; }

@test "the examples of the help run: info" { examples geo-info; }
@test "the examples of the help run: export" { examples geo-export; }
@test "the examples of the help run: area" { examples geo-area; }
@test "the examples of the help run: near" { examples geo-near; }
@test "the examples of the help run: bands" { examples geo-bands; }
@test "the examples of the help run: buffer" { examples geo-buffer; }

@test "a missing file: 3" {
    fails_with 3 'missing.shp' geo-area missing.shp
    fails_with 3 'missing.shp' geo-near zones.shp -c missing.shp
}

@test "a plain directory, a file that is no data set: 3" {
    mkdir empty
    echo hello >hello.txt
    fails_with 3 'empty' geo-area empty
    fails_with 3 'hello.txt' geo-area hello.txt
}

@test "no .shx, no .dbf: 3" {
    rm zones.shx
    fails_with 3 'zones' geo-area zones.shp
    rm clusters.dbf
    fails_with 3 'clusters' geo-area clusters.shp
}

@test "a truncated .shp or .dbf: 3" {
    truncate -s -40 zones.shp
    fails_with 3 'zones' geo-area zones.shp
    truncate -s -40 clusters.dbf
    fails_with 3 'clusters' geo-area clusters.shp
}

@test "a .dbf whose header is not as long as it says: 3" {
    printf '\x80' | dd of=zones.dbf bs=1 seek=8 conv=notrunc status=none
    fails_with 3 'zones.shp: the header of its .dbf is damaged' geo-area zones.shp
}

@test "a decimal comma in a .dbf: empty, and noted" {
    # the first plan_ha: after the mark of deletion and 67 bytes of other fields
    printf '      1,50' | dd of=zones.dbf bs=1 seek=$((385 + 68)) conv=notrunc status=none
    run -0 --separate-stderr geo-export zones.shp -o out.csv
    [[ $stderr =~ "1 feature: number with a decimal comma left empty: 0 (field 'plan_ha': '1,50')" ]]
}

@test "cut JSON: 3, with line and column" {
    ogr2ogr foreign.geojson zones.shp -t_srs EPSG:4326
    geo-export zones.shp -o ours.geojson
    for file in foreign ours; do
        head -c 3000 $file.geojson >cut.geojson
        fails_with 3 'cut.geojson:[0-9]+:[0-9]+' geo-area cut.geojson -o out.gpkg
        [ ! -e out.gpkg ]
    done
}

@test "no CRS: 4, with what to type" {
    rm zones.prj
    fails_with 4 'no CRS is stated .x runs from .*: a grid of VN-2000 or UTM: -s vn2000:105.00 ' geo-area zones.shp
    run -0 geo-area zones.shp -s EPSG:5897
}

@test "text that is not in the encoding, or may be in several: 5" {
    fails_with 5 'encoding' geo-area zones.shp --encoding CP1258
    ogr2ogr legacy.shp zones.shp -lco ENCODING=CP1258 -where "id = 'KCN03'"
    # Without the .cpg the DBF's language id or nothing says what it is.
    rm legacy.cpg
    printf '\0' | dd of=legacy.dbf bs=1 seek=29 conv=notrunc status=none
    fails_with 5 'say which with --encoding' geo-area legacy.shp
}

@test "no unit: 2, and the message shows the fix" {
    fails_with 2 '5m or 5km' geo-buffer corridors.shp -d 5
    fails_with 2 '20m or 20km' geo-near zones.shp -c corridors.shp --max 20
}

@test "an unknown column: 2" {
    fails_with 2 'nonsense' geo-area zones.shp --select id,nonsense
    fails_with 2 'nonsense' geo-area zones.shp --where "nonsense = 1"
    fails_with 2 'nonsense' geo-area zones.shp --summary --by nonsense
    fails_with 2 'nonsense' geo-near zones.shp -c corridors.shp --each nonsense
    fails_with 2 'nonsense' geo-near zones.shp -c corridors.shp --id-field nonsense
}

@test "an existing output: 2, and it stays as it was" {
    echo mine >out.geojson
    fails_with 2 '--overwrite' geo-area zones.shp -o out.geojson
    [ "$(cat out.geojson)" = mine ]
    run -0 geo-area zones.shp -o out.geojson --overwrite
    [ "$(jq '.features | length' out.geojson)" = 21 ]
}

@test "two layers and no -l: 2, listing them; -l takes one" {
    ogr2ogr both.gpkg zones.shp
    ogr2ogr -update both.gpkg clusters.shp
    fails_with 2 'zones.*clusters' geo-area both.gpkg
    run -0 geo-area both.gpkg -l clusters
    [ "${#lines[@]}" = 22 ]
}

@test "an unwritable folder, a full disk: 6" {
    fails_with 6 'no/such' geo-area zones.shp -o no/such/out.geojson
    fails_with 6 'full' geo-area zones.shp -o /dev/full -f geojson
    fails_with 6 'standard output' bash -c 'geo-area zones.shp >/dev/full'
    fails_with 6 'full' geo-area zones.shp --summary -o /dev/full -f csv
}

@test "coordinates that are not numbers or out of range: the feature is skipped and named, 7" {
    cat >in.geojsonl <<'J'
{"type":"Feature","properties":{"n":1},"geometry":{"type":"Point","coordinates":[105,21]}}
{"type":"Feature","properties":{"n":2},"geometry":{"type":"Point","coordinates":[105,121]}}
{"type":"Feature","properties":{"n":3},"geometry":{"type":"Point","coordinates":[1e999,21]}}
J
    run -7 --separate-stderr geo-area in.geojsonl
    [ "${#lines[@]}" = 1 ]
    [[ $stderr == *skipped* ]]
    remember
    fails_with 3 'strict' geo-area in.geojsonl --strict -o out.geojson
    leaves_nothing
}

@test "an empty layer through three tools stays an empty, valid layer" {
    ogr2ogr empty.shp zones.shp -where "id = 'none'"
    geo-area empty.shp | geo-near - -c corridors.shp | geo-export - -o empty.geojson
    [ "$(jq -c '[.type, (.features | length)]' empty.geojson)" = '["FeatureCollection",0]' ]
    geo-area empty.shp | geo-near - -c corridors.shp | geo-export - -o empty.gpkg
    ogrinfo -so -al empty.gpkg | grep -q 'near_m: Real'
}

@test "a null geometry is kept and not skipped" {
    echo '{"type":"Feature","properties":{"n":1},"geometry":null}' >null.geojson
    run -0 --separate-stderr geo-area null.geojson
    [ -z "$stderr" ]
    [[ $output == *'"area_ha":null'* && $output == *'"geometry":null'* ]]
    run -0 --separate-stderr geo-near null.geojson -c corridors.shp
    [ -z "$stderr" ]
    [[ $output == *'"near_m":null'* && $output == *'"geometry":null'* ]]
    run -0 --separate-stderr geo-near plan.csv -c corridors.shp -f csv
    [ "${#lines[@]}" = "$(wc -l <plan.csv)" ]
}

@test "a failure upstream publishes nothing and exits 3" {
    remember
    run -3 --separate-stderr bash -c 'geo-area missing.shp 2>/dev/null | geo-near - -c corridors.shp -o out.geojson'
    [ -z "$output" ]
    [ "${#stderr_lines[@]}" = 1 ]
    leaves_nothing
}

@test "an upstream killed half-way publishes nothing and exits 3" {
    remember
    geo-area zones.shp >"$BATS_TEST_TMPDIR/whole"
    for size in 1 500 $(($(stat -c %s "$BATS_TEST_TMPDIR/whole") - 1)); do
        run -3 --separate-stderr bash -c "head -c $size '$BATS_TEST_TMPDIR/whole' | geo-near - -c corridors.shp -o out.geojson"
        [ -z "$output" ]
        [ "${#stderr_lines[@]}" = 1 ]
        leaves_nothing
    done
}

@test "an interrupt half-way leaves nothing behind: 130, 143" {
    interrupted geo-area - -o out.geojson
}

@test "a reader that closes the pipe early ends the tool by the signal, silently" {
    seq 100000 | awk '{ printf "{\"type\":\"Feature\",\"properties\":{\"n\":%d},\"geometry\":{\"type\":\"Point\",\"coordinates\":[%.6f,21]}}\n", $1, 105 + $1 / 1e6 }' >points.geojsonl
    # shellcheck disable=SC2016 # the inner shell expands
    run --separate-stderr bash -c 'geo-area points.geojsonl | head -n 1 >/dev/null; echo "${PIPESTATUS[0]}"'
    [ "$output" = 141 ]
    [ -z "$stderr" ]
}

@test "nothing is read from a terminal: 2" {
    run -0 bash -c "script -qec 'geo-area -; echo status \$?' /dev/null </dev/null"
    [[ $output == *"terminal"* && $output == *"status 2"* ]]
}

@test "a comma locale changes no number" {
    geo-area zones.shp >plain.geojsonl
    LC_ALL=vi_VN.UTF-8 LC_NUMERIC=de_DE.UTF-8 geo-area zones.shp >comma.geojsonl
    cmp plain.geojsonl comma.geojsonl
}

@test "names with blanks and Vietnamese letters; several inputs; a zipped shapefile" {
    mkdir 'Khu công nghiệp'
    cp zones.* 'Khu công nghiệp/'
    run -0 geo-area 'Khu công nghiệp/zones.shp' clusters.shp
    [ "${#lines[@]}" = 43 ]
    python3 -m zipfile -c zones.zip zones.shp zones.shx zones.dbf zones.prj zones.cpg
    run -0 geo-area zones.zip
    [ "${#lines[@]}" = 21 ]
}

@test "a column of the input with our name is kept as NAME_in, with a note" {
    run -0 --separate-stderr bash -c 'geo-area zones.shp | geo-area - | jq -c "[.properties.area_ha, .properties.area_ha_in]" | head -n 1'
    [[ $stderr == *"area_ha -> area_ha_in"* ]]
    [ "$(jq '(.[0] - .[1]) | fabs < 1e-6' <<<"$output")" = true ]
}

@test "dry run: CRS, operation, accuracy, encoding, count; nothing is written" {
    remember
    run -0 --separate-stderr geo-area zones.shp -n -o out.geojson
    [[ $output == *EPSG:5897* && $output == *EPSG:6960* && $output == *"1 m"* && $output == *UTF-8* && $output == *21* ]]
    leaves_nothing
}

@test "an input is never the output" {
    fails_with 2 "is an input" geo-area zones.shp -o zones.shp --overwrite
    fails_with 2 "is an input" geo-near zones.shp -c corridors.shp -o corridors.shp --overwrite
    ln zones.shp other.shp
    fails_with 2 "is an input" geo-area zones.shp -o other.shp --overwrite
}
