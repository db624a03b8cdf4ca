#!/usr/bin/env bats
# The main job on the example province, judged from outside: ogr2ogr reads the shapefiles, an oracle
# on GeographicLib's geodesics measures, Planimeter gives areas.
bats_require_minimum_version 1.5.0

setup_file() {
  export DATA="$SOURCE/data" PATH="$BIN:$BIN/../tests:$PATH"
  cd "$BATS_FILE_TMPDIR" || exit 1
  geo-area "$DATA/zones.shp" | geo-near - -c "$DATA/corridors.shp" --each ref -o out.geojson
  for layer in zones corridors; do
    ogr2ogr -t_srs EPSG:4326 -f CSV "$layer.csv" "$DATA/$layer.shp" -lco GEOMETRY=AS_WKT
  done
  oracle-near zones.csv corridors.csv >oracle.txt
}

setup() {
  cd "$BATS_FILE_TMPDIR" || exit 1
}

@test "every zone arrives with all its attributes" {
  [ "$(jq '.features | length' out.geojson)" = 21 ]
  diff <(ogrinfo -so -al "$DATA/zones.shp" | sed -n 's/^\([a-z_]*\): [A-Z].*(.*/\1/p') \
    <(jq -r '.features[0].properties | keys_unsorted[]' out.geojson | head -n 11)
  diff <(ogr2ogr -f CSV /vsistdout/ "$DATA/zones.shp" -select name | tail -n +2 | tr -d '"') \
    <(jq -r '.features[].properties.name' out.geojson)
}

# The pipe rounds to 12 decimals of a degree: at most 0.06 µm in each coordinate.
@test "distances agree with the oracle within 1.2 µm, each corridor and the nearest" {
  jq -r '.features[].properties | [.m_ct05, .m_vd4, .m_vd4vp, .m_vd5, .near_m] | @tsv' out.geojson |
    paste - oracle.txt |
    awk '{ least = 1e99
           for (c = 1; c <= 4; c++) {
             if ($c - $(c + 5) > 1.2e-6 || $(c + 5) - $c > 1.2e-6) { print "corridor", c, $0; bad = 1 }
             if ($(c + 5) < least) least = $(c + 5)
           }
           if ($5 - least > 1.2e-6 || least - $5 > 1.2e-6) { print "nearest", $0; bad = 1 }
         }
         END { exit bad || NR != 21 }'
}

@test "shares within a distance count the zones that the oracle has there" {
  for km in 0.5 1 3 5 10; do
    printf 'id,layer,measure,op,value\na,zones,share-within %skm of corridors,>=,0\n' "$km" >targets.csv
    sed -i '1s/$/,unit/; 2s/$/,%/' targets.csv
    geo-plan "$DATA/zones.shp" -c "$DATA/corridors.shp" --targets targets.csv --json >share.json
    awk -v m="${km}e3" '{ l = $1; for (c = 2; c <= 4; c++) if ($c < l) l = $c; n += l <= m + 0 }
                       END { printf "%.4f\n", 100 * n / NR }' oracle.txt >expected
    diff expected <(jq -r '.[0].measured' share.json | awk '{ printf "%.4f\n", $1 }')
  done
}

@test "the foot, the direction and the distance fit together: GeodSolve" {
  jq -r '.features[].properties | select(.near_m > 0) |
         [.near_lat, .near_lon, .near_m, .near_azi] | @tsv' out.geojson >feet.txt
  [ "$(wc -l <feet.txt)" -ge 10 ]
  # From each zone's nearest point along near_azi for near_m lies the foot: so the foot, back along
  # the reverse azimuth, must lie on the zone's outline. The oracle says how far it is from there.
  geo-near "$DATA/zones.shp" -c "$DATA/corridors.shp" --lines --precision 12 -f geojsonl |
    jq -r 'select(.geometry) | [.geometry.coordinates[0][1], .geometry.coordinates[0][0],
           .properties.near_azi, .properties.near_m, .geometry.coordinates[1][1],
           .geometry.coordinates[1][0]] | @tsv' >lines.txt
  [ "$(wc -l <lines.txt)" = "$(wc -l <feet.txt)" ]
  cut -f 1-4 lines.txt | GeodSolve -p 9 >solved.txt
  paste lines.txt solved.txt |
    awk '{ if (($5 - $7) ^ 2 + ($6 - $8) ^ 2 > 1e-22) { print; bad = 1 } } END { exit bad }'
}

@test "areas are the published ones: plan_ha within 1 m2" {
  jq -r '.features[].properties | [.plan_ha, .area_ha] | @tsv' out.geojson |
    awk '{ if ($1 - $2 > 1e-4 || $2 - $1 > 1e-4) { print; bad = 1 } } END { exit bad || NR != 21 }'
}

@test "areas of 4,556 states and provinces agree with Planimeter within 1e-9" {
  world=$(dpkg -L qgis-common | grep 'world_map.gpkg$')
  geo-area "$world" -l states_provinces --precision 15 -f geojsonl -q -o world.geojsonl
  # Planimeter's own noise on a part of n vertices: 1e-4 m2 for each five.
  jq -c 'if .geometry.type == "MultiPolygon" and (.geometry.coordinates | length) == 1
         then .geometry.coordinates |= .[0] else . end | select(.geometry.type | test("Polygon")) |
         select((.geometry.coordinates | length) == 1 and (.geometry.coordinates[0][0][0] | type) == "number")' \
    world.geojsonl >simple.geojsonl
  [ "$(wc -l <simple.geojsonl)" -ge 1000 ]
  jq -r '(.geometry.coordinates[0][:-1][] | "\(.[1]) \(.[0])"), ""' simple.geojsonl |
    awk 'NF { printf "%.15f %.15f\n", $1, $2; next } { print }' | # Planimeter reads 1e-5 as east
    Planimeter -p 10 >planimeter.txt
  jq -r '[.properties.area_ha * 10000, .properties.perim_m] | @tsv' simple.geojsonl |
    paste - planimeter.txt |
    awk '{ a = $5 < 0 ? -$5 : $5; e = $1 - a; if (e < 0) e = -e
           allowed = 1e-9 * a; least = 1e-4 * ($3 < 5 ? 1 : $3 / 5)
           if (allowed < least) allowed = least
           if (e > allowed) { print $0, e; bad = 1 }
           p = $2 - $4; if (p < 0) p = -p; if (p > 1e-6 * (1 + $4 * 1e-6)) { print $0, p; bad = 1 } }
         END { exit bad }'
}

@test "a real layer through VN-2000 and back has the same areas within 1e-7" {
  world=$(dpkg -L qgis-common | grep 'world_map.gpkg$')
  ogr2ogr -where "name = 'Vĩnh Phúc'" province.geojson "$world" states_provinces -lco COORDINATE_PRECISION=12
  ogr2ogr -t_srs EPSG:5897 province.shp province.geojson -lco ENCODING=UTF-8
  there=$(geo-area province.geojson --summary -f json | jq '.[-1].ha')
  back=$(geo-area province.shp --summary -f json | jq '.[-1].ha')
  awk -v a="$there" -v b="$back" 'BEGIN { e = a / b - 1; exit !(a > 100000 && e < 1e-7 && e > -1e-7) }'
}

buffer_holds() { # RADIUS_M EPSILON_M SHAPE
  rm -f discs.csv
  ogr2ogr -f CSV --config OGR_WKT_PRECISION 17 discs.csv discs.gpkg -lco GEOMETRY=AS_WKT
  run oracle-buffer corridors.csv discs.csv "$1" "$2" "$3"
  echo "$output"
  [ "$status" = 0 ]
}

@test "buffers of 1 and 5 km hold their bound of 1 cm as written" {
  geo-buffer "$DATA/corridors.shp" -d 1km,5km --full -o discs.gpkg --overwrite
  buffer_holds 1000 0.01 0
  buffer_holds 5000 0.01 1
}

@test "rings are the discs less one another, and lie beside each other without overlap" {
  geo-buffer "$DATA/corridors.shp" -d 1km,5km -o rings.gpkg
  geo-buffer "$DATA/corridors.shp" -d 1km,5km --full -o full.gpkg
  rings=$(geo-area rings.gpkg --summary -f json | jq '.[-1].ha')
  disc=$(geo-area full.gpkg --where 'to_m = 5000' --summary -f json | jq '.[-1].ha')
  awk -v a="$rings" -v b="$disc" 'BEGIN { e = a / b - 1; exit !(b > 40000 && e < 1e-9 && e > -1e-9) }'
  [ "$(ogrinfo -q rings.gpkg -dialect sqlite -sql 'SELECT sum(ST_IsValid(geom)) v FROM rings' |
    grep -c 'v (Integer) = 2')" = 1 ]
}

@test "one, two and eight threads write the same bytes" {
  world=$(dpkg -L qgis-common | grep 'world_map.gpkg$')
  for n in 1 2 8; do
    geo-near "$world" -l states_provinces -c "$DATA/corridors.shp" --threads $n -q -o "t$n.geojson"
    geo-area "$world" -l states_provinces --threads $n -q | geo-near - -c "$DATA/zones.shp" -k 2 \
      --threads $n -q >"t$n.geojsonl"
    geo-area "$world" -l states_provinces --threads $n -q -f csv -o "t$n.csv"
  done
  for kind in geojson geojsonl csv; do
    [ "$(stat -c %s "t1.$kind")" -gt 100000 ]
    cmp "t1.$kind" "t2.$kind"
    cmp "t1.$kind" "t8.$kind"
  done
}

@test "4,556 states and provinces as a shapefile are read as GDAL reads them, by any number of threads" {
  world=$(dpkg -L qgis-common | grep 'world_map.gpkg$')
  ogr2ogr -q states.shp "$world" states_provinces -lco ENCODING=UTF-8
  geo-export states.shp --oo ADJUST_GEOM_TYPE=FIRST_SHAPE -o gdal.geojson 2>gdal.txt
  [ "$(stat -c %s gdal.geojson)" -gt 100000 ]
  for n in 1 2 7; do
    geo-export states.shp --threads $n -o "direct$n.geojson" 2>"direct$n.txt"
    cmp gdal.geojson "direct$n.geojson"
    diff <(sed 's/gdal\.geojson/X/' gdal.txt) <(sed "s/direct$n\.geojson/X/" "direct$n.txt")
  done
}
