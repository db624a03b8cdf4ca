#!/usr/bin/env bats
# --style: the style of QGIS comes with the file, or neither comes.
load kit
setup() { kit_setup; }

@test "all tools that write features write their style" {
    geo-export zones.shp --style -o export.geojson
    geo-area zones.shp --style -o area.shp
    geo-near zones.shp -c corridors.shp --style -o near.fgb
    geo-bands zones.shp -c corridors.shp --bands 1km --style -o bands.geojsonl
    geo-check zones.shp -c corridors.shp --within 5km --style -q -o check.geojson || [ $? = 1 ]
    geo-buffer corridors.shp -d 1km --style -o buffer.geojson
    geo area zones.shp ! near -c corridors.shp --style --lang vi -o chain.geojson
    for name in export area near bands check buffer chain; do
        xmllint --noout --nonet $name.qml
    done
    [ "$(xmllint --xpath 'string(//category[1]/@label)' area.qml)" = "Industrial zone, operating" ]
    [ "$(xmllint --xpath 'string(//category[1]/@label)' chain.qml)" = "Khu công nghiệp, đang hoạt động" ]
    cmp <(geo-export zones.shp -o /dev/stdout -f geojson) export.geojson
}

@test "the same features have the same style, whatever the threads" {
    for threads in 1 2 7; do
        geo-check zones.shp clusters.shp -c corridors.shp --within 5km -q --threads $threads --style \
            -o $threads.geojson || [ $? = 1 ]
        cmp 1.qml $threads.qml
    done
}

@test "a GeoPackage holds its style" {
    geo-export zones.shp --style -o "my zones.gpkg"
    [ ! -e "my zones.qml" ]
    run -0 ogrinfo -q -sql 'SELECT f_table_name, f_geometry_column, useAsDefault FROM layer_styles' "my zones.gpkg"
    [[ $output == *"f_table_name (String) = my zones"* && $output == *"= geom"* && $output == *"= 1"* ]]
    geo-export "my zones.gpkg" -l "my zones" -o again.geojson
    [ "$(jq '.features | length' again.geojson)" = 21 ]
}

@test "what has no place for a style is refused" {
    run -2 --separate-stderr geo-export zones.shp --style
    [ "$stderr" = "geo-export: standard output: a style needs a file to stand beside: name one" ]
    [ -z "$output" ]
    run -2 --separate-stderr geo-export zones.shp --style -o zones.csv
    [ "$stderr" = "geo-export: zones.csv is a table, which has no style: write .geojson or .gpkg" ]
    run -2 --separate-stderr geo-area zones.shp --summary --style
    [ "$stderr" = "geo-area: --style is for features: a table of sums has none" ]
    run -2 --separate-stderr geo area zones.shp --style ! near -c corridors.shp -o out.geojson
    [[ $stderr == *"--style belongs to the last step"* ]]
    [ ! -e zones.csv ] && [ ! -e out.geojson ]
}

@test "a style that is there is kept, or replaced with its file" {
    echo mine >out.qml
    run -2 --separate-stderr geo-export zones.shp --style -o out.geojson
    [ "$stderr" = "geo-export: out.qml exists: say --overwrite to replace it" ]
    [ ! -e out.geojson ]
    geo-export zones.shp -o out.geojson # without --style it is nobody's business
    [ "$(cat out.qml)" = mine ]
    geo-export zones.shp --style --overwrite -o out.geojson
    xmllint --noout --nonet out.qml
}

@test "a run that fails leaves neither file nor style" {
    head -c 1000 zones.shp >cut.shp
    cp zones.shx cut.shx && cp zones.dbf cut.dbf && cp zones.prj cut.prj
    run -3 geo-export cut.shp --style -o out.geojson
    [ -z "$(find . -name '*out*')" ]
    run -6 geo-export zones.shp --style -o /proc/out.geojson
}
