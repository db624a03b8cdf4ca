#!/usr/bin/env bats
# Formats in and out: what is read is what was there, field types survive.
load kit
setup() { kit_setup; }

# The attributes of a layer as GDAL reads them; the zeros that a DBF pads a real with left out.
table() {
    ogr2ogr -f CSV /vsistdout/ "$1" -select id,name,is_new,horizon,plan_ha,source \
        -lco STRING_QUOTING=IF_NEEDED | sed -E 's/(\.[0-9]*[1-9])0+,/\1,/; s/\.0+,/,/'
}

@test "GeoPackage, FlatGeobuf, shapefile, GeoJSON, KML hold the same attributes" {
    table zones.shp >expected
    for format in gpkg fgb geojson; do
        geo-export zones.shp -o "out.$format"
        diff <(sort expected) <(table "out.$format" | sort) # FlatGeobuf orders by place
        [ "$(geo-area "out.$format" --summary -f json | jq '.[-1].n')" = 21 ]
    done
    geo-export zones.shp -o copy.shp
    diff expected <(table copy.shp)
    [ "$(cat copy.cpg)" = UTF-8 ]
    geo-export zones.shp -o out.kml
    [ "$(geo-area out.kml -q | wc -l)" = 21 ]
}

@test "every format is read with the same areas within 1e-7 (TAB's integer grid: 2e-6)" {
    expected=$(geo-area zones.shp --summary -f json | jq '.[-1].ha')
    for format in gpkg fgb geojson geojsonl csv tab kml; do
        geo-export zones.shp --precision 15 -o "out.$format"
        found=$(geo-area "out.$format" -s EPSG:4326 -q --summary -f json | jq '.[-1].ha')
        echo "$format: $found, not $expected"
        awk -v a="$found" -v b="$expected" -v t=$([ $format = tab ] && echo 2e-6 || echo 1e-7) \
            'BEGIN { e = a / b - 1; exit !(e < t && e > -t) }'
    done
}

@test "a layer written in VN-2000 comes back to the same place" {
    geo-export zones.shp --dst-crs EPSG:5897 -o grid.shp
    ogr2ogr -f CSV a.csv zones.shp -lco GEOMETRY=AS_WKT -select id
    ogr2ogr -f CSV b.csv grid.shp -lco GEOMETRY=AS_WKT -select id
    paste <(grep -oE '[0-9]{6,}\.[0-9]+' a.csv) <(grep -oE '[0-9]{6,}\.[0-9]+' b.csv) |
        awk '{ e = $1 - $2; if (e > 1e-3 || e < -1e-3) { print; bad = 1 } } END { exit bad || NR < 200 }'
}

@test "field types survive a pipe" {
    cat >in.geojson <<'J'
{"type":"Feature","properties":{"big":9007199254740993,"tiny":0.1,"whole":3.0,"yes":true,"no":null,"text":"Vĩnh Phúc \"Sông Lô\"\t\\","list":[1,{"a":2}]},"geometry":{"type":"Point","coordinates":[105,21]}}
J
    geo-export in.geojson | geo-export - | geo-export - >out.geojsonl
    [ "$(grep -o '"properties":{.*}}*,"geometry"' out.geojsonl)" = \
        '"properties":{"big":9007199254740993,"tiny":0.1,"whole":3.0,"yes":true,"no":null,"text":"Vĩnh Phúc \"Sông Lô\"\t\\","list":[1,{"a":2}]},"geometry"' ]
}

@test "shapefile names are cut to 10 characters, told apart, and reported" {
    echo '{"type":"Feature","properties":{"dientichdat_congnghiep":1,"dientichdat_cumcn":2},"geometry":{"type":"Point","coordinates":[105,21]}}' >in.geojson
    run -0 --separate-stderr geo-export in.geojson -o out.shp
    [[ $stderr == *dientichdat_congnghiep* && $stderr == *dientichdat_cumcn* ]]
    [ "$(ogrinfo -so -al out.shp | grep -cE '^dientich[a-z_0-9]{0,2}:')" = 2 ]
}

@test "CSV with x and y columns, and with WKT" {
    printf 'id,lon,lat\n1,105.6,21.3\n' >xy.csv
    [ "$(geo-export xy.csv -s EPSG:4326 | jq -c .geometry.coordinates)" = '[105.6,21.3]' ]
    printf 'id,wkt\n1,"POINT (105.6 21.3)"\n' >wkt.csv
    [ "$(geo-export wkt.csv -s EPSG:4326 | jq -c .geometry.coordinates)" = '[105.6,21.3]' ]
}

@test "DXF and curves" {
    ogr2ogr -f DXF out.dxf corridors.shp -sql 'SELECT geometry FROM corridors' -dialect sqlite
    run -0 geo-near zones.shp -c out.dxf --corridor-crs EPSG:5897
    [ "${#lines[@]}" = 21 ]
}

@test "inputs of different CRS in one run" {
    ogr2ogr -t_srs EPSG:3405 utm.shp zones.shp -lco ENCODING=UTF-8
    run -0 geo-area zones.shp utm.shp --summary -f csv
    [[ ${lines[1]} == total,42,* ]]
    a=$(geo-area zones.shp --summary -f json | jq '.[-1].ha')
    b=$(geo-area zones.shp utm.shp --summary -f json | jq '.[-1].ha')
    awk -v a="$a" -v b="$b" 'BEGIN { e = 2 * a / b - 1; exit !(e < 1e-7 && e > -1e-7) }'
}

@test "Excel opens the CSV: byte order mark and semicolons" {
    geo-area zones.shp --excel -o out.csv
    [ "$(head -c 3 out.csv | od -An -tx1 | tr -d ' ')" = efbbbf ]
    head -n 1 out.csv | grep -q ';'
}
