#!/usr/bin/env bats
# VN-2000 as it really comes: found, named, repaired, written so that an office can use it.
load kit
setup() { kit_setup; }

# wards: 30 adjoining polygons of many vertices over the province, as wards.geojson on WGS 84, and
# rough.geojson: the same, every second vertex left out and 2 m of noise, drawn anew for each
# polygon. Both lie about the middle of data/province.shp, whose outline has 15 vertices.
wards() {
    python3 - <<'P'
import json, math, random
random.seed(20241122)
NX, NY, STEPS = 6, 5, 24
W, S, DX, DY = 105.34, 21.17, 0.073, 0.078
node = {}
def corner(i, j):
    if (i, j) not in node:
        node[i, j] = (W + DX * (i + random.uniform(-.2, .2)), S + DY * (j + random.uniform(-.2, .2)))
    return node[i, j]
edge = {}
def side(a, b):
    if (b, a) in edge:
        return edge[b, a][::-1]
    if (a, b) not in edge:
        (x0, y0), (x1, y1) = corner(*a), corner(*b)
        wave = [random.uniform(-.004, .004) for _ in range(4)]
        line = []
        for k in range(STEPS + 1):
            t = k / STEPS
            off = sum(w * math.sin(math.pi * (n + 1) * t) for n, w in enumerate(wave))
            line.append((x0 + t * (x1 - x0) - off * (y1 - y0) / DY, y0 + t * (y1 - y0) + off * (x1 - x0) / DX))
        edge[a, b] = line
    return edge[a, b]
def write(name, rough):
    features = []
    for i in range(NX):
        for j in range(NY):
            c = [(i, j), (i + 1, j), (i + 1, j + 1), (i, j + 1)]
            ring = [p for k in range(4) for p in side(c[k], c[(k + 1) % 4])[:-1]]
            if rough:
                ring = [(x + random.gauss(0, 2 / 103600), y + random.gauss(0, 2 / 110700)) for x, y in ring[::2]]
            ring.append(ring[0])
            features.append({"type": "Feature", "properties": {"id": f"{i}-{j}"},
                             "geometry": {"type": "Polygon", "coordinates": [[[round(x, 9), round(y, 9)] for x, y in ring]]}})
    json.dump({"type": "FeatureCollection", "features": features}, open(name, "w"))
write("wards.geojson", False)
write("rough.geojson", True)
P
}

# grid NAME CRS: the wards as a shapefile in a CRS of PROJ.
grid() {
    ogr2ogr -a_srs EPSG:5897 -t_srs "$2" "$1.shp" wards.geojson -lco ENCODING=UTF-8 2>/dev/null
}

# off A B: the largest distance of a vertex of A from the nearest one of B, in whole millimetres.
off() {
    python3 - "$1" "$2" <<'P'
import json, math, sys
def vertices(name):
    for line in json.load(open(name))["features"]:
        yield from line["geometry"]["coordinates"][0]
b = {}
for x, y in vertices(sys.argv[2]):
    b.setdefault((round(x * 200), round(y * 200)), []).append((x, y))
worst = 0
for x, y in vertices(sys.argv[1]):
    near = [p for i in (-1, 0, 1) for j in (-1, 0, 1) for p in b.get((round(x * 200) + i, round(y * 200) + j), [])]
    worst = max(worst, min((math.hypot((x - p[0]) * 103600, (y - p[1]) * 110700) for p in near), default=1e9))
print(round(worst * 1000))
P
}

shift="SPHEROID\[\"WGS_1984\",6378137.0,298.257223563\]"
right=-191.90441429,-39.30318279,-111.45032835
prj() { sed -i "$2" "$1.prj"; }

@test "zero shift, flipped signs and k are named from the .prj alone, and repaired" {
    wards
    for fault in zero flipped k web unnamed; do
        grid $fault EPSG:9208
    done
    prj zero "s/$shift/&,TOWGS84[0,0,0,0,0,0,0]/"
    prj flipped "s/$shift/&,TOWGS84[$right,-0.00928836,0.01975479,-0.00427372,0.252906278]/"
    prj k 's/0\.9999/0.9996/; s/VN-2000_TM-3_104-45/VN2000 104.45/'
    prj web "s/0\\.9999/0.9996/; s/VN-2000_TM-3_104-45/custom/; s/$shift/&,TOWGS84[0,0,0,0,0,0,0]/"
    prj unnamed 's/VN-2000_TM-3_104-45/unknown/; s/D_Vietnam_2000/D_Unknown_based_on_WGS_84_ellipsoid/; s/GCS_VN_2000/GCS_unknown/'
    while read -r fault words; do
        run -0 --separate-stderr bash -o pipefail -c "geo-info -q $fault.shp --json | jq -r '.[0].findings[] | [.severity, .what, .evidence, .remedy] | @tsv'"
        [[ $output == *"$words"* ]]
        run -0 --separate-stderr geo-export $fault.shp --fix crs -o $fault.geojson --precision 9
        [[ $stderr == *"fixed: taken as EPSG:9208"* ]]
        [ "$(off $fault.geojson wards.geojson)" -le 2 ]
    done <<'T'
zero a datum shift of zero
flipped the signs of the three rotations changed
k k = 0.9996
web k = 0.9996
unnamed without its datum shift
T
}

@test "VN-2000 without shift is taken with the official one, and says so; --trust-prj obeys" {
    wards
    grid zero EPSG:5897
    prj zero "s/$shift/&,TOWGS84[0,0,0,0,0,0,0]/"
    run -0 --separate-stderr geo-export zero.shp -o official.geojson --precision 9
    [[ $stderr == *"shift of zero"*"EPSG:6960; --trust-prj obeys the file"* ]]
    [ "$(off official.geojson wards.geojson)" -le 2 ]
    run -0 --separate-stderr geo-export zero.shp --trust-prj -o obeyed.geojson --precision 9
    [ -z "$stderr" ]
    run -0 off obeyed.geojson wards.geojson # 224 m at this place, by PROJ
    [ "$output" -gt 200000 ] && [ "$output" -lt 240000 ]
    run -0 --separate-stderr geo-area zones.shp # an Esri .prj as it should be: nothing to say
    [ -z "$stderr" ]
}

@test "k = 0.9996 on 105 may be UTM: named, but not repaired by guess" {
    prj zones 's/0\.9999/0.9996/; s/VN_2000_TM-3_zone_482/VN2000_105/'
    run -0 geo-info zones.shp
    [[ $output == *"EPSG:3405 if it is UTM zone 48N"* ]]
    run -4 --separate-stderr geo-export zones.shp --fix crs -o out.geojson
    [ ! -e out.geojson ]
}

@test "axes exchanged: 4, named, repaired" {
    wards
    grid grid EPSG:5897
    ogr2ogr swapped.shp grid.shp -ct '+proj=axisswap +order=2,1' -a_srs EPSG:5897 -lco ENCODING=UTF-8
    run -4 --separate-stderr geo-info swapped.shp
    [[ $output == *"x is north and y east, as surveyors write"* ]]
    for how in '--fix axes' --swap-axes; do
        run -0 --separate-stderr geo-export swapped.shp $how -o out.geojson --precision 9 --overwrite
        [ "$(off out.geojson wards.geojson)" -le 2 ]
    done
    ogr2ogr latlon.shp wards.geojson -ct '+proj=axisswap +order=2,1' -lco ENCODING=UTF-8
    run -4 --separate-stderr geo-info latlon.shp
    [[ $output == *"latitude stands before longitude"* ]]
    run -0 --separate-stderr geo-export latlon.shp --fix all -o out.geojson --precision 9 --overwrite
    [ "$(off out.geojson wards.geojson)" -le 2 ]
}

@test "numbers of another kind than the CRS's: 4, with what to type" {
    cp zones.prj grid.prj
    for ext in shp shx dbf cpg; do
        cp zones.$ext metres.$ext
        cp zones.$ext none.$ext
    done
    printf 'GEOGCS["GCS_WGS_1984",DATUM["D_WGS_1984",SPHEROID["WGS_1984",6378137.0,298.257223563]],PRIMEM["Greenwich",0.0],UNIT["Degree",0.0174532925199433]]' > metres.prj
    ogr2ogr degrees.shp zones.shp -t_srs EPSG:4326 -lco ENCODING=UTF-8
    ogr2ogr mercator.shp zones.shp -t_srs EPSG:3857 -lco ENCODING=UTF-8
    cp grid.prj degrees.prj
    cp grid.prj mercator.prj
    geo-export -q zones.shp --dst-crs EPSG:5897 -o grid.gpkg
    ogr2ogr -f GeoJSON /vsistdout/ zones.shp | jq 'del(.crs)' > numbers.geojson
    while read -r layer words; do
        run -4 --separate-stderr geo-info "$layer"
        [[ $output == *"error  "*"$words"* ]]
        [[ $output == *"remedy    "* ]]
    done <<'T'
metres.shp projected numbers in a geographic CRS
numbers.geojson projected numbers in a geographic CRS
none.shp no CRS is stated
degrees.shp degrees in a projected CRS
mercator.shp numbers of another CRS
T
    run -0 geo-info -q mercator.shp -s EPSG:3857
    [[ $output == *"info     Web Mercator"* ]]
    run -0 geo-export -q mercator.shp --fix crs -o fixed.geojson
    run -4 geo-info -q zones.shp -s EPSG:2177 # Poland
    [[ $output == *"outside the area where its CRS is used"* ]]
    run -0 --separate-stderr bash -o pipefail -c "geo-info zones.shp none.shp --json 2>/dev/null | jq -c '[.[] | .findings | map(.severity)]' || [ \$? -eq 4 ]"
    [ "$output" = '[["info"],["error"]]' ]
    run -0 geo-info zones.shp # Esri's .prj has no TOWGS84
    [[ $output == *"info     VN-2000 without a stated datum shift, as Esri writes it"*"taken with the official one, EPSG:6960"* ]]
    geo-export -q zones.shp --dst-crs EPSG:5897 -o zones.gpkg
    run -0 bash -o pipefail -c "geo-info zones.gpkg --json | jq -c '.[0].findings'"
    [ "$output" = '[]' ]
}

# mistaken: the zones with the numbers of one CRS and the words of another, in layers of every kind.
mistaken() {
    local turn=(-s_srs EPSG:4326 -t_srs EPSG:4326 -ct "+proj=axisswap +order=2,1")
    ogr2ogr mercator.shp zones.shp -t_srs EPSG:3857 -lco ENCODING=UTF-8
    ogr2ogr degrees.shp zones.shp -t_srs EPSG:4326 -lco ENCODING=UTF-8
    ogr2ogr swapped.gpkg zones.shp -ct '+proj=axisswap +order=2,1' -a_srs EPSG:5897
    ogr2ogr latlon.csv degrees.shp -lco GEOMETRY=AS_WKT "${turn[@]}"
    ogr2ogr latlon.geojson degrees.shp "${turn[@]}" 2>/dev/null
    ogr2ogr -f GeoJSON /vsistdout/ zones.shp | jq 'del(.crs)' > numbers.geojson
    jq -c '.features[]' numbers.geojson > numbers.geojsonl
    for ext in shp shx dbf cpg; do cp zones.$ext none.$ext; done
    cp zones.prj mercator.prj
    cp zones.prj degrees.prj
}

@test "what geo-info refuses, every tool refuses in the same words" {
    mistaken
    while IFS='|' read -r layer words option; do
        run -4 --separate-stderr geo-info $layer ${option:-}
        said=${stderr_lines[-1]#geo-info: }
        [[ $said == "$layer: "*"$words"* ]]
        for tool in "geo-export $layer" "geo-area $layer" "geo-near $layer -c corridors.shp" \
            "geo-bands $layer -c corridors.shp --bands 1km"; do
            run -4 --separate-stderr $tool ${option:-}
            [ -z "$output" ]
            [ "${stderr#geo-*: }" = "$said" ]
        done
    done <<'T'
mercator.shp|numbers of Web Mercator: -s EPSG:3857
degrees.shp|-s EPSG:4326 if they are WGS 84
swapped.gpkg|--swap-axes, or geo-export --fix axes
latlon.csv|--swap-axes, or geo-export --fix axes|-s EPSG:4326
latlon.geojson|--swap-axes, or geo-export --fix axes
numbers.geojson|-s vn2000:105.00 with the meridian of the province
numbers.geojsonl|-s vn2000:105.00 with the meridian of the province
none.shp|-s vn2000:105.00 with the meridian of the province
zones.shp|--trust-prj if it is right all the same|-s EPSG:2177
T
    fails_with 4 'numbers of Web Mercator: --corridor-crs EPSG:3857' geo-near zones.shp -c mercator.shp
    fails_with 4 'write it anew by geo-export --fix axes' geo-near zones.shp -c swapped.gpkg
    run -4 --separate-stderr bash -o pipefail -c 'geo-area - < numbers.geojsonl'
    [[ $stderr == *"projected numbers in a geographic CRS"* ]]
    run -0 --separate-stderr geo-export zones.shp -s EPSG:2177 --trust-prj
    run -0 --separate-stderr geo-export numbers.geojson -s EPSG:5897 -o right.geojson
    geo-export -q zones.shp -o zones.geojson
    [ "$(off right.geojson zones.geojson)" -le 20 ]
}

@test "one feature in a wrong place is no fault of the layer's" {
    ogr2ogr -f GeoJSON /vsistdout/ zones.shp | jq -c '.features[3].geometry.coordinates = [1e12, 1e12] | .features[3].geometry.type = "Point"' > wild.geojson
    run -7 --separate-stderr geo-area wild.geojson
    [ "${#lines[@]}" = 20 ]
    ogr2ogr wild.gpkg wild.geojson
    run -7 --separate-stderr geo-area wild.gpkg
    [ "${#lines[@]}" = 20 ]
    [[ $stderr == *"1 feature skipped"* ]]
}

@test "what is doubtful is one line, wherever the layer goes" {
    cp zones.prj k.prj
    for ext in shp shx dbf cpg; do cp zones.$ext k.$ext; done
    prj k 's/0\.9999/0.9996/; s/VN_2000_TM-3_zone_482/VN2000_TM3/'
    for tool in geo-export geo-area "geo-near -c corridors.shp"; do
        run -0 --separate-stderr $tool k.shp
        [ "$(wc -l <<< "$stderr")" = 1 ]
        [[ $stderr == "geo-"*": k.shp: scale k = 0.9996 on a meridian of the 3 degree zones, which have 0.9999: -s EPSG:5897, or geo-export --fix crs; geo-info k.shp shows why" ]]
        run -0 --separate-stderr $tool zones.shp -s EPSG:9213 # 0.7 degrees east of its area
        [[ $stderr == *"zones.shp: the layer lies outside the area where its CRS is used: nothing if it is right; another zone"* ]]
        run -0 --separate-stderr $tool zones.shp -s EPSG:9213 --trust-prj
        [ -z "$stderr" ]
    done
    jq -c '.features[]' <(ogr2ogr -f GeoJSON /vsistdout/ zones.shp) > numbers.geojsonl
    run -0 --separate-stderr bash -c 'geo-area - -s EPSG:9213 < numbers.geojsonl'
    [ "$(wc -l <<< "$stderr")" = 1 ]
    [[ $stderr == *"outside the area where its CRS is used: nothing if it is right"* ]]
}

@test "-s takes a meridian in every spelling" {
    rm zones.prj
    for crs in EPSG:5897 vn2000:105 vn2000:105.00 "VN-2000:105°00'" vn2000:105d00; do
        run -0 --separate-stderr geo-export zones.shp -s "$crs" --select id
        [ "${first:=$output}" = "$output" ]
    done
    while read -r typed meant; do
        fails_with 2 "$meant" geo-export zones.shp -s "$typed"
        fails_with 2 "$meant" geo-near zones.shp -s EPSG:5897 -c corridors.shp --corridor-crs "$typed"
        fails_with 2 "$meant" geo-export zones.shp -s EPSG:5897 --dst-crs "$typed" -o out.gpkg
        fails_with 2 "$meant" geo-area zones.shp -s EPSG:5897 --grid "$typed"
    done <<'T'
vn2000:105.30 do you mean vn2000:105d30
vn2000:105,00 do you mean vn2000:105.00
vn2000:105:00 do you mean vn2000:105d00
vn2000 vn2000:105.00 is the grid on the meridian 105°00'
5897 do you mean EPSG:5897
T
    geo-export -q zones.shp -s EPSG:5897 --dst-crs vn2000:104.75 -o a.shp
    geo-export -q zones.shp -s EPSG:5897 --dst-crs EPSG:9208 -o b.shp
    cmp a.shp b.shp
    cmp a.prj b.prj
    [ "$(geo-area -q zones.shp -s EPSG:5897 --grid vn2000:104d45 -f csv)" = "$(geo-area -q zones.shp -s EPSG:5897 --grid EPSG:9208 -f csv)" ]
}

@test "against a coarse outline the meridian is named, the rest declared indistinguishable" {
    wards
    grid m10445 EPSG:9208
    cp province.prj m10445.prj # the meridian stated is 105
    python3 - <<'P' > outline.geojson # the wards' own outline in 16 points, up to 1 km off
import json, random
random.seed(7)
fs = json.load(open("wards.geojson"))["features"]
at = {}
for f in fs:
    i, j = map(int, f["properties"]["id"].split("-"))
    at[i, j] = f["geometry"]["coordinates"][0]
ring = []
for i in range(6): ring.append(at[i, 0][0])
for j in range(5): ring.append(at[5, j][24])
for i in range(5, -1, -1): ring.append(at[i, 4][48])
for j in range(4, 0, -1): ring.append(at[0, j][0])
ring = [[x + random.uniform(-.009, .009), y + random.uniform(-.009, .009)] for x, y in ring]
print(json.dumps({"type": "FeatureCollection", "features": [{"type": "Feature", "properties": {},
      "geometry": {"type": "Polygon", "coordinates": [ring + ring[:1]]}}]}))
P
    run -0 --separate-stderr bash -c "geo-info -q m10445.shp --reference outline.geojson --json 2>/dev/null | jq -r '.[0].reference.hypotheses[] | select(.as_good) | .name'"
    [ "${lines[0]}" = "VN-2000 104°45', k = 0.9999" ]
    [[ $output == *"k = 0.9996"* ]] && [[ $output == *"no datum shift"* ]]
    for line in "${lines[@]}"; do
        [[ $line == *"104°45'"* ]]
    done
    run -4 geo-info -q m10445.shp --reference outline.geojson
    [[ $output == *"cannot be told apart by this reference"*"what would tell them apart"* ]]
    run -0 --separate-stderr geo-export m10445.shp --fix crs --reference outline.geojson -o out.geojson --precision 9
    [[ $stderr == *"taken with -s EPSG:9208"*"does not show datum shift and scale"* ]]
    [ "$(off out.geojson wards.geojson)" -le 2 ]
}

@test "against other outlines true to 2 m the truth ranks first, and the fix is within 1 m" {
    wards
    utm="+proj=tmerc +lat_0=0 +k=0.9996 +x_0=500000 +datum=WGS84"
    grid no_shift "+proj=tmerc +lat_0=0 +lon_0=105 +k=0.9999 +x_0=500000 +datum=WGS84"
    grid recipe "$utm +lon_0=105.5"
    grid utm EPSG:3405
    grid meridian EPSG:9211
    grid flipped "+proj=tmerc +lat_0=0 +lon_0=105 +k=0.9999 +x_0=500000 +ellps=WGS84 +towgs84=$right,-0.00928836,0.01975479,-0.00427372,0.252906278"
    grid plain EPSG:9208
    ogr2ogr swapped.shp plain.shp -ct '+proj=axisswap +order=2,1' -a_srs EPSG:9208 -lco ENCODING=UTF-8
    while read -r layer name; do
        cp province.prj $layer.prj
        run --separate-stderr bash -c "geo-info -q $layer.shp --reference rough.geojson --json 2>/dev/null | jq -r '.[0].reference.hypotheses[0].name'"
        [ "$output" = "$name" ]
        run -0 --separate-stderr geo-export $layer.shp --fix all --reference rough.geojson -o $layer.geojson --precision 9
        [ "$(off $layer.geojson wards.geojson)" -le 1000 ]
        # Ten times as slow with the thread sanitizer, which learns nothing from the others.
        [ "${GEO_SANITIZE:-}" != thread ] || break
    done <<'T'
no_shift VN-2000 105°00', k = 0.9999, no datum shift
recipe VN-2000 105°30', k = 0.9996, no datum shift
utm VN-2000 105°00', k = 0.9996
meridian VN-2000 106°00', k = 0.9999
flipped VN-2000 105°00', k = 0.9999
swapped VN-2000 104°45', k = 0.9999, x and y exchanged
T
    run -0 geo-info -q plain.shp --reference rough.geojson --reference-accuracy 5m
    [[ $output == *"(as stated)"* ]]
    run -2 --separate-stderr geo-export plain.shp --reference rough.geojson
    [ "$stderr" = "geo-export: --reference is for --fix crs" ]
}

@test "a reference of another place changes nothing, and says so" {
    wards
    grid grid EPSG:5897
    grid east EPSG:9208
    cp province.prj east.prj # the meridian stated is 105
    moved() { jq --argjson x "$1" --argjson y "$2" '.features[].geometry.coordinates[][] |= [.[0] + $x, .[1] + $y]' rough.geojson; }
    moved 0.47 0.01 > next.geojson
    moved 1.5 -5.5 > far.geojson
    for layer in grid east; do
        geo-export -q $layer.shp -o plain.geojson --overwrite
        for reference in next far; do
            run -0 --separate-stderr geo-export $layer.shp --fix crs --reference $reference.geojson -o out.geojson --overwrite
            [[ $stderr == *"geo-export: $layer.shp: the reference $reference.geojson tells nothing of its CRS, which stays: "* ]]
            cmp <(jq -c .features out.geojson) <(jq -c .features plain.geojson)
            run -0 geo-info -q $layer.shp --reference $reference.geojson
            [[ $output == *"the reference tells nothing: "*"a reference of the same place"* ]]
        done
    done
    run -0 --separate-stderr geo-export grid.shp --fix crs --reference rough.geojson -o out.geojson --overwrite
    [[ $stderr == *"grid.shp: its CRS stays: as stated it is "*" m off the reference, which nothing fits better"* ]]
    run -0 --separate-stderr geo-export east.shp --fix crs --reference rough.geojson --reference-accuracy 0.1m -o out.geojson --overwrite
    [[ $stderr == *"which stays: what fits best is off by more than three times its accuracy"* ]]
    run -0 geo-info -q zones.shp --reference province.shp
    [[ $output == *"shares no outlines with the layer; off its outlines by"*"EPSG:5897  (as stated)"* ]]
}

@test "a reference that cannot serve is named, with the option that is its own" {
    for ext in shp shx dbf cpg; do cp province.$ext noprj.$ext; done
    fails_with 4 'noprj.shp: no CRS is stated .*: --reference-crs vn2000:105.00' geo-info -q zones.shp --reference noprj.shp
    run -0 geo-info -q zones.shp --reference noprj.shp --reference-crs EPSG:5897
    echo '{"type":"FeatureCollection","features":[]}' > empty.geojson
    fails_with 3 'empty.geojson: has no coordinates to compare with' geo-info -q zones.shp --reference empty.geojson
    geo-export -q province.shp -o two.gpkg && ogr2ogr -update -nln zones two.gpkg zones.shp
    fails_with 2 'two.gpkg: has 2 layers; say which with --reference-layer' geo-info zones.shp --reference two.gpkg
    run -0 geo-info -q zones.shp --reference two.gpkg --reference-layer zones
    for option in accuracy=5m crs=EPSG:5897 layer=x; do
        fails_with 2 "--reference-${option%=*}: there is no --reference" geo-info zones.shp --reference-$option
        fails_with 2 "--reference-${option%=*}: there is no --reference" geo-export zones.shp --reference-$option
    done
}

@test "a province merged from three meridians comes to one map" {
    wards
    for zone in EPSG:5897:0 EPSG:9208:1 EPSG:9211:2; do # every third column of wards in each
        i=${zone##*:} crs=${zone%:*}
        ogr2ogr -t_srs $crs part$i.shp wards.geojson -where "id LIKE '$i-%' OR id LIKE '$((i + 3))-%'" -lco ENCODING=UTF-8
    done
    run -0 --separate-stderr geo-area part0.shp part1.shp part2.shp -o all.geojson --precision 9
    [ -z "$stderr" ]
    [ "$(off all.geojson wards.geojson)" -le 2 ]
    [ "$(off wards.geojson all.geojson)" -le 2 ]
}

@test "--dst-crs writes VN-2000 that comes back by its .prj, with its .cpg" {
    for code in 5897 9208 3405; do
        geo-export -q zones.shp --dst-crs EPSG:$code -o z$code.shp
        [ "$(cat z$code.cpg)" = UTF-8 ]
        [[ $(cat z$code.prj) == *'DATUM["D_Vietnam_2000"'* ]]
        run -0 bash -o pipefail -c "geo-info -q z$code.shp --json | jq -r '.[0].crs'"
        [ "$output" = EPSG:$code ]
    done
    run -0 bash -c "ogrinfo -al -so z9208.shp | grep -c 'VN-2000 / TM-3 104-45'"
}

@test "--fix: an unknown word is refused, blanks are not, and what is trusted is not fixed" {
    run -2 --separate-stderr geo-export zones.shp --fix crs,colour
    [ "$stderr" = "geo-export: --fix: 'colour' is none of text, crs, axes, geometry, all" ]
    fails_with 2 "'' is none of text" geo-export zones.shp --fix crs,
    run -0 geo-export zones.shp --fix " text, crs ,axes" -o out.geojson
    fails_with 2 '--trust-prj obeys the CRS, --fix crs .or all. does not' geo-export zones.shp --fix all --trust-prj
    run -0 geo-export zones.shp --fix text,axes --trust-prj -o out.geojson --overwrite
}

@test "--fix says that nothing needed mending" {
    geo-export -q zones.shp -o zones.geojson
    for layer in zones.shp zones.geojson; do
        for fix in all text crs axes geometry; do
            run -0 --separate-stderr geo-export $layer --fix $fix -o out.geojson --overwrite
            [ "$stderr" = "geo-export: nothing needed mending" ]
        done
    done
    run -0 --separate-stderr geo-export zones.shp -o out.geojson --overwrite
    [ -z "$stderr" ]
}

@test "--fix mends GeoJSON by its first feature, streams too" {
    mistaken
    ogr2ogr -f GeoJSON /vsistdout/ mercator.shp | jq -c 'del(.crs)' > mercator.geojson
    jq -c '.features[]' latlon.geojson > latlon.geojsonl
    geo-export -q zones.shp -o zones.geojson
    for source in "latlon.geojson --fix axes" "mercator.geojson --fix crs" "- --fix all" "latlon.geojsonl --fix all"; do
        run -0 --separate-stderr geo-export $source -o out.geojson --overwrite < latlon.geojsonl
        [[ $stderr == *"fixed: "* ]]
        [ "$(off out.geojson zones.geojson)" -le 30 ]
    done
    run -0 geo-export latlon.geojsonl --fix all -o out.shp # its columns are known before the first feature
    geo-export -q out.shp -o out.geojson --overwrite
    [ "$(off out.geojson zones.geojson)" -le 30 ]
    fails_with 4 'what is right cannot be told from it: a grid of VN-2000 or UTM' geo-export numbers.geojson --fix all -o out.geojson
    { echo '{"type":"Feature","properties":{},"geometry":null}'; cat latlon.geojsonl; } > late.geojsonl
    fails_with 4 'latitude stands before longitude' geo-export late.geojsonl --fix all -o late.geojson
}
