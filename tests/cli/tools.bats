#!/usr/bin/env bats
# What each tool adds; golden files hold the text that people see.
load kit
setup() { kit_setup; }

@test "help is what it was" {
    for tool in info export area near bands buffer check plan map; do
        run -0 geo-$tool --help
        golden $tool.help
    done
}

@test "geo-info prints what a layer holds" {
    run -0 geo-info zones.shp corridors.shp
    golden info.text
    run -0 bash -o pipefail -c "geo-info zones.shp unsized.shp --json | jq -c '.[] | [.features, .types, .crs, .invalid, (.fields | length)]'"
    [ "${lines[0]}" = '[21,{"Polygon":21},"EPSG:5897",0,11]' ]
    [[ ${lines[1]} == '[4,{"Point":4},"EPSG:5897"'* ]]
    run -0 bash -o pipefail -c "geo-info zones.shp --json | jq -c '.[0].findings | type'"
    [ "$output" = '"array"' ]
}

@test "geo-info counts what is invalid, empty, null and repeated" {
    cat >in.geojsonl <<'J'
{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[0,0],[1,1],[1,0],[0,1],[0,0]]]}}
{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[]}}
{"type":"Feature","properties":{},"geometry":null}
{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[5,5]}}
{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[5,5]}}
J
    run -0 bash -o pipefail -c "geo-info -q in.geojsonl --json | jq -c '.[0] | [.features, .invalid, .empty, .null, .repeated]'"
    [ "$output" = '[5,1,1,1,1]' ]
}

@test "geo-area: the sum is that of plan_ha" {
    run -0 geo-area zones.shp clusters.shp --summary --by kind -f csv
    [ "${lines[0]}" = group,n,ha,pct ]
    for kind in KCN,21 CCN,22; do
        expected=$(ogr2ogr -f CSV /vsistdout/ "$([ $kind = KCN,21 ] && echo zones.shp || echo clusters.shp)" -select plan_ha | tail -n +2 | awk '{ s += $1 } END { printf "%.3f", s }')
        [[ $(printf '%s\n' "${lines[@]}" | grep "^$kind,") == "$kind,$expected"* ]]
    done
}

@test "geo-area --grid is the plane's: plan_ha x 0.9998 here" {
    # The scale of TM-3 at 105° is 0.9999 on the meridian; 60 km off, 1 + (60/6378)^2/2 more.
    geo-area zones.shp --grid EPSG:5897 | jq -r '.properties | [.area_ha, .grid_ha] | @tsv' |
        awk '{ r = $2 / $1; if (r < 0.99975 || r > 1.0001) { print; bad = 1 } } END { exit bad || NR != 21 }'
    run -4 geo-area zones.shp --grid EPSG:4326
}

@test "geo-area --dissolve counts overlaps once" {
    cat >in.geojson <<'J'
{"type":"FeatureCollection","features":[
{"type":"Feature","properties":{"g":"a"},"geometry":{"type":"Polygon","coordinates":[[[105,21],[105.02,21],[105.02,21.01],[105,21.01],[105,21]]]}},
{"type":"Feature","properties":{"g":"b"},"geometry":{"type":"Polygon","coordinates":[[[105.01,21],[105.03,21],[105.03,21.01],[105.01,21.01],[105.01,21]]]}}]}
J
    plain=$(geo-area in.geojson --summary -f json | jq '.[-1].ha')
    once=$(geo-area in.geojson --summary --dissolve -f json | jq '.[-1].ha')
    awk -v p="$plain" -v o="$once" 'BEGIN { r = o / p; exit !(r > 0.7499 && r < 0.7501) }'
    run -2 geo-area in.geojson --dissolve
}

@test "geo-area --edges lonlat differs from geodesic as RFC 7946 says" {
    echo '{"type":"Feature","properties":{},"geometry":{"type":"Polygon","coordinates":[[[0,60],[10,60],[10,61],[0,61],[0,60]]]}}' >in.geojson
    geodesic=$(geo-area in.geojson | jq .properties.area_ha)
    lonlat=$(geo-area in.geojson --edges lonlat | jq .properties.area_ha)
    # Between two parallels the area is exact: authalic, Snyder (1987) eq. 3-12.
    awk -v g="$geodesic" -v l="$lonlat" 'BEGIN {
        a = 6378137; f = 1 / 298.257223563; e2 = f * (2 - f); e = sqrt(e2); pi = atan2(0, -1)
        for (k = 60; k <= 61; k++) { s = sin(k * pi / 180)
            q[k] = (1 - e2) * (s / (1 - e2 * s * s) - log((1 - e * s) / (1 + e * s)) / (2 * e)) }
        exact = a * a / 2 * (q[61] - q[60]) * (10 * pi / 180) / 1e4
        r = l / exact - 1; d = g / l - 1
        exit !(r < 1e-9 && r > -1e-9 && (d > 1e-4 || d < -1e-4)) }'
    # The next tool takes edges as the first one did.
    geo-area in.geojson --edges lonlat | geo-area - | jq -e '.properties.area_ha == .properties.area_ha_in' >/dev/null
}

@test "geo-near -k ranks, --max leaves far ones null, --each names columns" {
    run -0 bash -o pipefail -c "geo-near zones.shp -c interchanges.shp -k 2 | jq -c '.properties.near_rank' | sort | uniq -c | xargs"
    [ "$output" = "21 1 21 2" ]
    run -0 bash -o pipefail -c "geo-near zones.shp -c corridors.shp --max 1m | jq -s 'map(.properties.near_id) | map(select(. == null)) | length'"
    [ "$output" -gt 5 ]
    run -0 bash -o pipefail -c "geo-near zones.shp -c corridors.shp --each ref | jq -sc '.[0].properties | keys_unsorted[-4:]'"
    [ "$output" = '["m_ct05","m_vd4","m_vd4vp","m_vd5"]' ]
}

@test "geo-near: identity is --id-field, else id, else the number" {
    run -0 bash -o pipefail -c "geo-near zones.shp -c interchanges.shp | jq -r .properties.near_id | sort -u | head -n 1"
    [[ $output == IC* || $output == RR* ]]
    run -0 bash -o pipefail -c "geo-near zones.shp -c corridors.shp | jq .properties.near_id | sort -un | tail -n 1"
    [[ $output =~ ^[0-3]$ ]]
    run -0 bash -o pipefail -c "geo-near zones.shp -c corridors.shp --id-field ref --name-field status | jq -r '.properties.near_id' | sort -u"
    [[ $output == *CT05* ]]
}

@test "geo-buffer: rings, discs, one for each feature" {
    run -0 bash -o pipefail -c "geo-buffer corridors.shp -d 1km,3km | jq -c '.properties'"
    [ "${#lines[@]}" = 2 ]
    [[ ${lines[1]} == '{"from_m":1000,"to_m":3000,"area_ha":'* ]]
    run -0 bash -o pipefail -c "geo-buffer corridors.shp -d 1km,3km --full | jq -c '.properties.from_m'"
    [ "$output" = $'0\n0' ]
    run -0 bash -o pipefail -c "geo-buffer corridors.shp -d 1km,3km --separate | jq -r '.properties.ref' | sort | uniq -c | xargs"
    [ "$output" = "2 CT05 2 VD4 2 VD4VP 2 VD5" ]
    run -2 geo-buffer corridors.shp -d 3km,1km
    run -2 geo-buffer corridors.shp
}

point() { # LON LAT PROPERTIES
     echo '{"type":"Feature","properties":{'"$3"'},"geometry":{"type":"Point","coordinates":['"$1,$2"']}}'
}
export -f point

@test "geo-near --each: a column for every value, told apart where names would be the same" {
    { point 105.1 21 '"r":"Đường Là"'; point 106 21 '"r":"Dương La"'; point 107 21 '"r":null'; } >c.geojsonl
    run -0 --separate-stderr bash -o pipefail -c "point 105 21 | geo-near - -c c.geojsonl --each r | jq -c '.properties | del(.near_lon, .near_lat, .near_azi) | keys_unsorted[-3:], (.m_duong_la < 11000 and .m_duong_la_2 > 100000 and .m_none > 200000)'"
    [ "${lines[0]}" = '["m_duong_la","m_duong_la_2","m_none"]' ]
    [ "${lines[1]}" = true ]
    [[ $stderr == *"'Dương La' is in column m_duong_la_2"* ]]
}

@test "geo-near: a corridor without id is named by its number, beside others that have one" {
    run -0 bash -o pipefail -c "geo-near zones.shp -c corridors.shp -c interchanges.shp | jq -r '.properties.near_id' | sort -u"
    [ "$output" = $'0\n1\n2\n3' ]
}

@test "geo-near: no corridors is said" {
    run -0 --separate-stderr geo-near zones.shp -c corridors.shp --corridor-where "ref = 'none'"
    [[ $stderr == *"no corridors"* ]]
}

@test "messages on corridors name the options for corridors" {
    rm corridors.prj
    run -4 --separate-stderr geo-near zones.shp -c corridors.shp
    [[ $stderr == *"--corridor-crs"* ]]
    run -0 geo-near zones.shp -c corridors.shp --corridor-crs EPSG:5897
    run -2 --separate-stderr bash -c "point 105 21 | geo-near - -c -"
    [[ $stderr == *"once"* ]]
}

@test "a column of the input with our name in capitals makes way" {
    point 105 21 '"AREA_HA":5' | geo-area - -o out.shp
    run -0 ogrinfo -so -al out.shp
    [[ $output == *"area_ha: Real"* && $output == *"AREA_HA_in: "* ]]
}

@test "geo-area --grid is left empty where the grid is not used, or tears the shape" {
    geo-area zones.shp --grid EPSG:2193 2>err | jq -e '.properties.grid_ha == null' >/dev/null
    grep -q 'grid_ha left empty' err
    echo '{"type":"Polygon","coordinates":[[[179.9,-17],[-179.9,-17],[-179.9,-16.9],[179.9,-16.9],[179.9,-17]]]}' >fiji.geojson
    [ "$(geo-area fiji.geojson --grid EPSG:3857 -q | jq .properties.grid_ha)" = null ]
    # A grid made for the place keeps it whole: PDC Mercator, stretched by 1 / cos of the latitude.
    geo-area fiji.geojson --grid EPSG:3832 | jq -e '.properties | .grid_ha / .area_ha | . > 1.05 and . < 1.15' >/dev/null
}

@test "geo-buffer near a pole: 3 and no output, --separate does what it can: 7" {
    { point 10 89.5 '"n":1'; point 10 50 '"n":2'; } >p.geojsonl
    run -3 --separate-stderr geo-buffer p.geojsonl -d 1km -o out.geojson
    [[ $stderr == *"--separate"* ]]
    [ ! -e out.geojson ]
    run -7 geo-buffer p.geojsonl -d 1km --separate -q
    [ "${#lines[@]}" = 1 ]
}

@test "dry run of a table, and of corridors" {
    run -0 geo-area zones.shp --summary -n
    [[ $output == *EPSG:6960* && $output != *total* ]]
    run -0 geo-near zones.shp -c corridors.shp -n
    [[ $output == *zones* && $output == *corridors* ]]
}

@test "geo-info names what is wrong" {
    echo '{"type":"Polygon","coordinates":[[[0,0],[1,1],[1,0],[0,1],[0,0]]]}' >bow.geojson
    run -0 --separate-stderr geo-info bow.geojson
    [[ $stderr == *"1 feature"*crosses* ]]
    [[ $output == *"1 invalid"* ]]
}

@test "progress counts what was read, whatever is written" {
    run -0 --separate-stderr geo-near zones.shp -c interchanges.shp -k 4 --progress=json -o out.geojson
    [ "$(tail -n 1 <<<"$stderr" | jq -c '[.done, .total]')" = '[21,21]' ]
}

@test "progress: JSON lines for front-ends, nothing without a terminal" {
    run -0 --separate-stderr geo-area zones.shp --progress=json -o out.geojson
    [ "$(tail -n 1 <<<"$stderr" | jq .end)" = true ]
    run -0 --separate-stderr geo-area zones.shp -o out.gpkg
    [ -z "$stderr" ]
}
