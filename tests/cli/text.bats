#!/usr/bin/env bats
# Text of every encoding, stated, misstated or not stated at all, arrives whole or is refused.
load kit

setup() {
    kit_setup
    unset CPL_DEBUG
    printf '%s\n' 'Tân Hòa' 'Đà Bắc' 'Đức Nhàn' 'Lương Sơn' 'Mường Động' 'Dũng Tiến' 'Quyết Thắng' \
        'Việt Trì' 'Âu Cơ' 'Hạ Hòa' > names.txt
}

# write FILE ENCODING NAMES FIELD: a shapefile of points with the names in names.txt, in the bytes of
# an encoding, which nothing states.
write() {
    jq -R -s -c --arg field "$4" '{type: "FeatureCollection", features: [split("\n")[:-1] | to_entries[]
        | {type: "Feature", properties: {($field): .value, n: .key},
           geometry: {type: "Point", coordinates: [105 + .key / 100, 21]}}]}' "$3" > made.geojson
    rm -f "${1%.shp}".{shp,shx,dbf,prj,cpg}
    ogr2ogr -f 'ESRI Shapefile' "$1" made.geojson -lco ENCODING="$2"
    unstate "$1"
}

unstate() {
    rm -f "${1%.shp}.cpg"
    printf '\0' | dd of="${1%.shp}.dbf" bs=1 seek=29 conv=notrunc status=none
}

# vni FILE: its Vietnamese as VNI's bytes look in windows-1252.
vni() {
    sed -e 's/ươ/öô/g; s/ườ/öôø/g; s/Đ/Ñ/g; s/â/aâ/g; s/ầ/aà/g; s/ấ/aá/g; s/ậ/aä/g; s/à/aø/g; s/ạ/aï/g' \
        -e 's/Â/AÂ/g; s/ắ/aé/g; s/ò/oø/g; s/ó/où/g; s/ộ/oä/g; s/ơ/ô/g; s/ứ/öù/g; s/ũ/uõ/g' \
        -e 's/ế/eá/g; s/ệ/eä/g; s/ê/eâ/g' "$1"
}

# reads_as FILE FIELD: the names and the field's name come back as they were.
reads_as() {
    run -0 --separate-stderr geo-export "$1" -o out.geojson --overwrite
    jq -r --arg field "$2" '.features[].properties[$field]' out.geojson | diff -u names.txt -
}

@test "names in every encoding come back, with what was found on standard error" {
    local encoding
    for encoding in TCVN CP1258 VISCII; do
        write x.shp "$encoding" names.txt 'tên'
        reads_as x.shp 'tên'
        [[ $stderr == *"text encoding is not stated; it is $encoding: confidence 0.99"* ]]
        [[ $stderr == *"Tân Hòa"* ]]
    done
    vni names.txt > vni.txt
    write x.shp CP1252 vni.txt 'teân'
    reads_as x.shp 'tên'
    [[ $stderr == *"it is VNI"* ]]
    write x.shp UTF-8 names.txt 'tên'
    reads_as x.shp 'tên'
    [ -z "$stderr" ]
}

@test "the encoding is the same on any number of threads and by GDAL's reader" {
    for n in $(seq 300); do cat names.txt; done > many.txt
    write x.shp TCVN many.txt 'tên'
    run -0 --separate-stderr geo-export x.shp --threads 1
    local one=$output
    run -0 --separate-stderr geo-export x.shp --threads 4
    [ "$output" = "$one" ]
    run -0 --separate-stderr geo-export x.shp --oo ADJUST_TYPE=NO
    [ "$output" = "$one" ]
}

@test "one feature is told or ambiguous, never wrong: 5 with the readings and the option" {
    head -n 1 names.txt > one.txt
    write x.shp TCVN one.txt name
    fails_with 5 "may be TCVN .0.476: 'Tân Hòa'. or VISCII .0.476: 'Tẹn Hưa'.; say which with --encoding, for example --encoding TCVN" \
        geo-export x.shp
    run -0 --separate-stderr geo-export x.shp --encoding TCVN3
    [[ $output == *'"Tân Hòa"'* && -z $stderr ]]
}

@test "a .cpg that lies is obeyed with a warning, and repaired by --fix text" {
    write x.shp TCVN names.txt name
    echo 1252 > x.cpg
    run -0 --separate-stderr geo-export x.shp
    [[ $output == *'T©n Hßa'* ]]
    [[ $stderr == *"text is stated as 1252 (.cpg), but is TCVN: --encoding TCVN, or geo-export --fix text"* ]]
    run -0 --separate-stderr geo-export x.shp --fix text -o out.geojson
    [[ $stderr == *"fixed: taken so"* ]]
    run -0 --separate-stderr geo-export x.shp -q
    [[ $stderr == *"text is stated as 1252 (.cpg), but is TCVN"* ]]
    run -0 --separate-stderr geo-export x.shp --fix text -o out.geojson -q --overwrite
    [ -z "$stderr" ]
    jq -r '.features[].properties.name' out.geojson | diff -u names.txt -
    echo UTF-8 > x.cpg
    fails_with 5 "text is not UTF-8; it reads as TCVN .'Tân Hòa, Đà Bắc, Đức Nhàn'.: --encoding TCVN" geo-export x.shp
    run -0 --separate-stderr geo-export x.shp --fix all
    [[ $output == *'"Tân Hòa"'* ]]
    echo nonsense > x.cpg
    fails_with 5 "its .cpg states 'nonsense', which is no encoding: its text is TCVN .'Tân Hòa, Đà Bắc, Đức Nhàn'.; geo-export --fix text" geo-export x.shp
    fails_with 2 "'nonsense' is no encoding; VNI and all that iconv --list has are" geo-export x.shp --encoding nonsense
    run -0 --separate-stderr geo-export x.shp --fix text
    [[ $output == *'"Tân Hòa"'* ]]
}

@test "language id 0x57 states nothing, another one is checked" {
    write x.shp VISCII names.txt name
    printf '\x57' | dd of=x.dbf bs=1 seek=29 conv=notrunc status=none
    reads_as x.shp name
    printf '\x03' | dd of=x.dbf bs=1 seek=29 conv=notrunc status=none
    run -0 --separate-stderr geo-export x.shp
    [[ $stderr == *"stated as CP1252 (DBF's language id), but is VISCII"* ]]
}

@test "a .cpg that is right is silent" {
    local encoding
    for encoding in TCVN CP1258 VISCII UTF-8; do
        write x.shp "$encoding" names.txt name
        echo "$encoding" > x.cpg
        reads_as x.shp name
        [ -z "$stderr" ]
    done
}

@test "columns in a font of capitals are told, and restored by --fix text" {
    printf '%s\n' 'TâN HòA' 'Đà BắC' 'LươNG SơN' 'MườNG ĐộNG' 'DũNG TIếN' 'QUYếT THắNG' 'VIệT TRì' \
        'ÂU Cơ' 'Hạ HòA' 'ở' 'CũNG' 'CHẩN' > names.txt
    write x.shp TCVN names.txt name
    reads_as x.shp name
    [[ $stderr == *"small letters stand for capitals"*"column 'name' reads 'TâN HòA'"*"geo-export --fix text"* ]]
    run -0 --separate-stderr geo-export x.shp --fix text -o fixed.geojson
    [[ $stderr == *"12 features: capitals restored"* ]]
    [ "$(jq -r '[.features[].properties.name] | join(",")' fixed.geojson)" = \
        'TÂN HÒA,ĐÀ BẮC,LƯƠNG SƠN,MƯỜNG ĐỘNG,DŨNG TIẾN,QUYẾT THẮNG,VIỆT TRÌ,ÂU CƠ,HẠ HÒA,Ở,CŨNG,CHẨN' ]
    echo 'Phú Thọ' >> names.txt
    echo 'Hà' >> names.txt
    write x.shp TCVN names.txt name
    run -0 --separate-stderr geo-export x.shp --fix text -o fixed.geojson --overwrite
    [[ $stderr == *"3 features: small letters that may stand for capitals are left as they are: 7 (field 'name'), 9 (field 'name'), 13 (field 'name')"* ]]
    [ "$(jq -r '[.features[-2:][].properties.name] | join(",")' fixed.geojson)" = 'Phú Thọ,Hà' ]
}

@test "geo-info has the findings with severity, evidence, remedy" {
    write x.shp VISCII names.txt name
    run -0 --separate-stderr geo-info x.shp --json
    [ "$(jq -r '.[0].findings[0] | .severity, .what, (.evidence | contains("Tân Hòa")), (.remedy | contains("--encoding VISCII"))' <<<"$output" | paste -sd,)" = \
        'info,text encoding is not stated; it is VISCII,true,true' ]
    echo 1252 > x.cpg
    run -0 --separate-stderr geo-info x.shp --json
    [ "$(jq -r '.[0].findings[0] | .severity, .what' <<<"$output" | paste -sd,)" = \
        'error,text is stated as 1252 (.cpg), but is VISCII' ]
    run -0 geo-info zones.shp --json
    [ "$(jq -c '[.[0].findings[] | select(.what | contains("text"))]' <<<"$output")" = '[]' ]
}

@test "text of other languages is told or refused, not taken for Vietnamese" {
    printf '%s\n' Москва Самара Казань Челябинск Красноярск Пермь Воронеж > names.txt
    write x.shp CP1251 names.txt name
    reads_as x.shp name
    [[ $stderr == *"it is CP1251: libuchardet says so"* ]]
    printf '%s\n' 臺北市 高雄市 臺中市 臺南市 桃園市 新竹市 嘉義市 > names.txt
    write x.shp BIG5 names.txt name
    reads_as x.shp name
    printf '%s\n' 'Orléans' 'Besançon' 'Nîmes' 'Béziers' 'Mâcon' 'Évreux' 'Périgueux' > names.txt
    write x.shp CP1252 names.txt name
    reads_as x.shp name
}

@test "bytes that are no text are refused with the option to type: 5" {
    printf '%s\n' aaaaaaaaaaaaaaaa bbbbbbbbbbbbbbbb cccccccccccccccc dddddddddddddddd > names.txt
    write x.shp UTF-8 names.txt name
    LC_ALL=C sed -i 's/aaaaaaaa/\x81\x9e\x8d\xff\x01\x90\xfe\x88/; s/bbbbbbbb/\x9d\x8f\xf7\x81\x05\xe1\x8e\x90/; s/cccccccc/\x8d\xc0\x81\xa0\x9d\xf0\x02\x8f/' x.dbf
    fails_with 5 '--encoding' geo-export x.shp
}

@test "VNI's stray bytes are kept and named" {
    vni names.txt > vni.txt
    echo 'ÿk' >> vni.txt
    write x.shp CP1252 vni.txt name
    run -0 --separate-stderr geo-export x.shp --encoding VNI
    [[ $output == *'"ÿk"'* && $stderr == *"1 feature: bytes that are no letters of VNI are kept as windows-1252 has them: 10 (field 'name')"* ]]
}

@test "a CSV that states nothing is told too" {
    { echo 'tên,x,y'; sed 's/$/,105,21/' names.txt; } | iconv -f UTF-8 -t CP1258 > x.csv
    run -0 --separate-stderr geo-export x.csv -s EPSG:4326 -o out.geojson
    jq -r '.features[].properties["tên"]' out.geojson | diff -u names.txt -
    [[ $stderr == *"it is CP1258"* ]]
}

@test "a shapefile is written with its .cpg, and what it says is so" {
    write x.shp VISCII names.txt 'tên'
    run -0 --separate-stderr geo-export x.shp -o out.shp
    [ "$(tr -d '\r\n' < out.cpg)" = UTF-8 ]
    reads_as out.shp 'tên'
    [ -z "$stderr" ]
}

@test "text in two encodings is refused with features and both readings: 5" {
    write a.shp TCVN names.txt name
    vni names.txt > vni.txt
    write b.shp CP1252 vni.txt name
    ogr2ogr -q -append a.shp b.shp -oo ENCODING= -lco ENCODING= 2> /dev/null
    python3 - <<'P'
import struct
a, b = open('a.dbf', 'rb').read(), open('b.dbf', 'rb').read()
n, head, width = struct.unpack('<IHH', a[4:12])
rows = bytearray(a)
half = struct.unpack('<I', b[4:8])[0]
rows[head + half * width : head + 2 * half * width] = b[head : head + half * width]
open('a.dbf', 'wb').write(rows)
P
    unstate a.shp
    fails_with 5 "in more than one encoding: (TCVN|VNI) .*feature [0-9]+ .field 'name'.* read as (VNI|TCVN)" geo-export a.shp
    run -5 --separate-stderr geo-info a.shp --json
    [ "$(jq -r '.[0] | .features, .fields[0].name, .findings[0].severity' <<<"$output" | paste -sd,)" = '20,name,error' ]
}

@test "one text that is not UTF-8 among many is named, and taken apart by --fix text" {
    for n in $(seq 30); do cat names.txt; done > many.txt
    write x.shp UTF-8 many.txt name
    python3 - <<'P'
dbf = bytearray(open('x.dbf', 'rb').read())
at = dbf.find('Đà Bắc'.encode(), len(dbf) // 2)
dbf[at:at + 10] = b'\xA7\xB5 B\xBEc    '
open('x.dbf', 'wb').write(dbf)
P
    fails_with 5 "UTF-8 .*but 1 row in feature [0-9]+ .field 'name'. may be TCVN .*'Đà Bắc'.*; geo-export --fix text --encoding TCVN" geo-export x.shp
    run -0 --separate-stderr geo-export x.shp --fix text --encoding TCVN -o out.geojson
    [[ $stderr == *"1 feature: text that is not UTF-8 is taken for the other encoding"* ]]
    jq -r '.features[].properties.name' out.geojson | diff -u many.txt -
}

@test "UTF-8 that another program has cut is read to its last whole character" {
    write x.shp UTF-8 names.txt name
    python3 - <<'P'
dbf = open('x.dbf', 'rb').read()
open('x.dbf', 'wb').write(dbf.replace('Tân Hòa'.encode(), 'Tân H'.encode() + b'\xC3  '))
P
    run -0 --separate-stderr geo-export x.shp
    [[ $output == *'"Tân H"'* ]]
    [[ $stderr == *"1 feature: text ends within a character, which is left out: 0 (field 'name')"* ]]
}

@test "geo-info prints what it can of text that cannot be told, with the finding: 5" {
    head -n 1 names.txt > one.txt
    write x.shp TCVN one.txt name
    run -5 --separate-stderr geo-info x.shp --json
    [ "$(jq -r '.[0] | .features, .crs, .findings[0].severity, .findings[0].remedy' <<<"$output" | paste -sd'|')" = \
        '1|EPSG:4326|error|say which with --encoding, for example --encoding TCVN' ]
    [[ $stderr == *"x.shp: its text states no encoding: say which with --encoding"* ]]
    write x.shp TCVN names.txt name
    echo UTF-8 > x.cpg
    run -5 --separate-stderr geo-info x.shp
    [[ $output == *"error    text is stated as UTF-8 (.cpg), but is TCVN"*"fields     2"* ]]
}

@test "--encoding is refused where text is always UTF-8: 2" {
    write x.shp UTF-8 names.txt name
    ogr2ogr x.gpkg made.geojson
    fails_with 2 "x.gpkg: its text is always UTF-8, not TCVN3; .*--fix text" geo-export x.gpkg --encoding TCVN3
    fails_with 2 "always UTF-8" geo-export made.geojson --encoding TCVN3
    run -0 geo-export x.gpkg --encoding UTF-8
}

@test "text that was decoded wrongly before it was stored is found, and restored by --fix text" {
    iconv -f UTF-8 -t TCVN names.txt | iconv -f CP1252 -t UTF-8 > wrong.txt
    write x.shp UTF-8 wrong.txt name
    ogr2ogr x.gpkg made.geojson
    run -0 --separate-stderr geo-info x.gpkg --json
    [ "$(jq -r '.[0].findings[0] | .severity, .what, .remedy' <<<"$output" | paste -sd'|')" = \
        'warning|text was decoded as windows-1252 before it was stored, but is TCVN|geo-export --fix text' ]
    for file in x.gpkg made.geojson; do
        run -0 --separate-stderr geo-export "$file" --fix text -o out.geojson --overwrite
        [[ $stderr == *"10 features: text that was decoded as windows-1252 is restored"* ]]
        jq -r '.features[].properties.name' out.geojson | diff -u names.txt -
    done
    write x.shp UTF-8 names.txt name
    run -0 --separate-stderr geo-export made.geojson --fix text -o out.geojson --overwrite
    [[ $stderr != *restored* ]]
    jq -r '.features[].properties.name' out.geojson | diff -u names.txt -
}

@test "a column of small letters only is left, and --fix text says why" {
    printf '%s\n' 'tân hòa' 'đà bắc' 'đức nhàn' 'lương sơn' 'mường động' > names.txt
    write x.shp TCVN names.txt name
    run -0 --separate-stderr geo-export x.shp --fix text -o out.geojson
    [[ $stderr == *"small letters only"*"cannot be known: column 'name'; left as they are"* ]]
    jq -r '.features[].properties.name' out.geojson | diff -u names.txt -
}
