#!/usr/bin/env bats
# geo-bands: columns, rows and tables of the land in each band.
load kit
setup() { kit_setup; }

@test "bands are columns named in the largest unit in which all edges are whole" {
    run -0 bash -o pipefail -c "geo-bands zones.shp -c corridors.shp --bands 1km,3km | jq -sc '.[0].properties | keys_unsorted[-6:]'"
    [ "$output" = '["ha_0_1km","pct_0_1km","ha_1_3km","pct_1_3km","ha_beyond","pct_beyond"]' ]
    run -0 bash -o pipefail -c "geo-bands zones.shp -c corridors.shp --bands 500m,1.5km | jq -sc '.[0].properties | keys_unsorted[-6:]'"
    [ "$output" = '["ha_0_500m","pct_0_500m","ha_500_1500m","pct_500_1500m","ha_beyond","pct_beyond"]' ]
}

@test "bands add up to the area, shares to 100" {
    geo area zones.shp clusters.shp ! bands -c corridors.shp --bands 1km,3km,5km,10km |
        jq -c '.properties | [.area_ha, ([to_entries[] | select(.key | startswith("ha_")).value] | add),
                              ([to_entries[] | select(.key | startswith("pct_")).value] | add)]' >sums
    [ "$(wc -l <sums)" = 43 ]
    jq -e '(.[0] - .[1] | fabs) <= 1e-9 * .[0] and (.[2] - 100 | fabs) < 1e-7' sums
}

@test "bands are the land in the rings of geo-buffer" {
    geo-buffer corridors.shp -d 1km,3km --max-deviation 1mm -o rings.gpkg
    geo-export zones.shp -o zones.gpkg
    ogr2ogr -f GPKG both.gpkg zones.gpkg -nln zones
    ogr2ogr -f GPKG -update both.gpkg rings.gpkg -nln rings
    ogr2ogr -f CSV -dialect SQLite -sql "SELECT z.id, ST_Intersection(z.geom, r.geom) AS g FROM zones z JOIN rings r
        ON ST_Intersects(z.geom, r.geom) WHERE r.to_m = 3000 ORDER BY z.id" cut.geojson both.gpkg -f GeoJSON -lco COORDINATE_PRECISION=12
    geo-area cut.geojson --select id -f csv | cut -d, -f1,2 | tail -n +2 | sort >expected
    [ "$(wc -l <expected)" -ge 10 ]
    geo-bands zones.shp -c corridors.shp --bands 1km,3km --select id -f csv | cut -d, -f1,4 | tail -n +2 | sort >ours
    # a millionth of a hectare is 1 cm²; the edges inside are no longer than 6 km each
    join -t, ours expected | awk -F, '{ d = $2 - $3; if (d < 0) d = -d; if (d > 0.012) exit 1; n++ } END { exit n < 10 }'
}

@test "a shapefile has short names, and the key to them is said" {
    run -0 --separate-stderr geo-bands zones.shp -c corridors.shp --bands 1km,3km -o out.shp
    [ "$stderr" = $'geo-bands: columns ha_b1 and pct_b1 hold the band 0_1km\ngeo-bands: columns ha_b2 and pct_b2 hold the band 1_3km' ]
    ogrinfo -so -al out.shp | grep -q '^ha_b2: Real'
    ogrinfo -so -al out.shp | grep -q '^pct_beyond: Real'
}

@test "--long: a row for each zone and band; --corridor-by: for each corridor" {
    run -0 bash -o pipefail -c "geo-bands zones.shp -c corridors.shp --bands 1km,3km --long --select id -f csv | cut -d, -f1-4 | head -n 4"
    [ "$output" = $'id,band,from_m,to_m\nKCN01,0_1km,0,1000\nKCN01,1_3km,1000,3000\nKCN01,beyond,3000,' ]
    [ "$(geo-bands zones.shp -c corridors.shp --bands 1km,3km --long | wc -l)" = 63 ]
    [ "$(geo-bands zones.shp -c corridors.shp --bands 1km,3km --corridor-by ref | jq -r .properties.corridor | sort | uniq -c | xargs)" = '21 CT05 21 VD4 21 VD4VP 21 VD5' ]
    [ "$(geo-bands zones.shp -c corridors.shp --bands 1km,3km --corridor-by ref --long | wc -l)" = 252 ]
}

@test "--summary: hectares and share by group and band, a total last" {
    run -0 geo-bands zones.shp clusters.shp -c corridors.shp --bands 1km,3km --summary --by kind -f csv
    [ "${lines[0]}" = group,band,n,ha,pct ]
    [ "${#lines[@]}" = 10 ]
    [[ ${lines[1]} == KCN,0_1km,* && ${lines[9]} == total,beyond,* ]]
    # Four printed numbers, each rounded to 0.0001.
    total=$(geo-area zones.shp clusters.shp --summary -f csv | tail -n 1 | cut -d, -f3)
    printf '%s\n' "${lines[@]}" | awk -F, -v total="$total" '/^total/ { s += $4 } END { exit !((s - total) ^ 2 < 0.00021 ^ 2) }'
    run -0 geo-bands zones.shp -c corridors.shp --bands 1km --corridor-by ref --summary -f csv
    [ "${lines[0]}" = group,corridor,band,n,ha,pct ]
    [ "${#lines[@]}" = 9 ]
}

@test "a chain gives what the pipe gives, the same bytes with any number of threads" {
    geo area zones.shp ! bands -c corridors.shp --bands 1km,3km --threads 1 -o 1.geojson
    geo area zones.shp ! bands -c corridors.shp --bands 1km,3km --threads 3 -o 3.geojson
    cmp 1.geojson 3.geojson
    geo-area zones.shp | geo-bands - -c corridors.shp --bands 1km,3km -o pipe.geojson
    jq -e -n 'input as $a | input as $b | [$a, $b | .features | map(.properties.ha_1_3km)] | transpose
        | all((.[0] - .[1] | fabs) < 1e-6)' 1.geojson pipe.geojson
}

@test "points, lines and null geometries have no bands, which is said" {
    run -0 --separate-stderr geo-bands unsized.shp -c corridors.shp --bands 1km -f csv --select id
    [[ $stderr == *'4 features: points and lines have no area: their bands are null'* ]]
    [[ ${lines[1]} == *,,,,,* ]]
    echo '{"type":"Feature","properties":{},"geometry":null}' >null.geojson
    run -0 --separate-stderr geo-bands null.geojson -c corridors.shp --bands 1km
    [[ -z $stderr && $output == *'"ha_0_1km":null'* ]]
}

@test "polygons among the corridors are their whole surface" {
    geo-bands zones.shp -c zones.shp --bands 1m -f csv --select id | tail -n +2 | cut -d, -f3 >shares
    awk '$1 < 99.9999999 || $1 > 100 { exit 1 } END { exit NR != 21 }' shares
}

@test "no corridors: all land is beyond, which is said" {
    run -0 --separate-stderr geo-bands zones.shp -c corridors.shp --corridor-where "ref = 'none'" --bands 1km
    [ "$stderr" = 'geo-bands: there are no corridors: all land is beyond' ]
    [[ ${lines[0]} == *'"ha_0_1km":0.0,'*'"pct_beyond":100.0'* ]]
}

@test "bands that are none: 2" {
    fails_with 2 'a band cannot end at 0 m' geo-bands zones.shp -c corridors.shp --bands 0m,1km
    fails_with 2 '1000 m comes after 3000 m: name them growing' geo-bands zones.shp -c corridors.shp --bands 3km,1km
    fails_with 2 '1000 m comes after 1000 m' geo-bands zones.shp -c corridors.shp --bands 1km,1000m
    fails_with 2 'write 1m or 1km' geo-bands zones.shp -c corridors.shp --bands 1
    fails_with 2 'no bands' geo-bands zones.shp -c corridors.shp
    fails_with 2 'goes with --summary' geo-bands zones.shp -c corridors.shp --bands 1km --by kind
    fails_with 2 "no column 'nonsense'" geo-bands zones.shp -c corridors.shp --bands 1km --summary --by nonsense
    fails_with 2 "no column 'nonsense'" geo-bands zones.shp -c corridors.shp --bands 1km --corridor-by nonsense
}

# Corridors from west to east: of each line the latitude and the ref.
east_west() {
    awk '{ printf "{\"type\":\"Feature\",\"properties\":{\"ref\":\"%s\"},\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[105.4,%s],[105.8,%s]]}}\n", $2, $1, $1 }'
}

@test "--corridor-by and --by tell long values apart by all of them" {
    long=$(printf 'x%.0s' {1..2000})
    printf '21.2 %sa\n21.4 %sb\n' "$long" "$long" | east_west >long.geojsonl
    run -0 geo-bands zones.shp -c long.geojsonl --bands 5km --corridor-by ref --summary -f csv
    [ "${#lines[@]}" = 5 ]
    [[ ${lines[1]} == total,"$long"a,0_5km,* && ${lines[3]} == total,"$long"b,0_5km,* ]]
    [ "$(geo-bands zones.shp -c long.geojsonl --bands 5km --corridor-by ref | jq -r .properties.corridor | sort | uniq -c | awk '{ print $1, length($2) }' | xargs)" = '21 2001 21 2001' ]
    geo-buffer long.geojsonl -d 1km --separate -f geojsonl | geo-bands - -c corridors.shp --bands 5km --summary --by ref -f csv >by.csv
    [ "$(cut -d, -f1 by.csv | uniq | awk '{ print length($1) }' | xargs)" = '5 2001 2001 5' ]
    geo-buffer long.geojsonl -d 1km --separate -f geojsonl | geo-area - --summary --by ref -f csv >by.csv
    [ "$(cut -d, -f1 by.csv | awk '{ print length($1) }' | xargs)" = '5 2001 2001 5' ]
}

@test "twenty thousand values of --corridor-by are as many rows, in order of appearance" {
    seq 20000 | awk '{ print 21 + $1 * 7919 % 20000 * 3e-5, "r" $1 }' | east_west >many.geojsonl
    geo-bands zones.shp --where "id = 'KCN01'" -c many.geojsonl --bands 1km --corridor-by ref --select id -f csv --threads 1 |
        cut -d, -f2 | tail -n +2 >refs
    seq -f r%.0f 20000 | cmp - refs
}

@test "--corridor-by of no corridors is refused" {
    fails_with 2 "no corridors to tell apart" geo-bands zones.shp -c corridors.shp \
        --corridor-where "ref = 'none'" -b 1km --corridor-by ref
}
