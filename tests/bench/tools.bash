# shellcheck shell=bash disable=SC2154,SC2034 # as timing.bash
# The tools against ogr2ogr, files to files.

geojson='ogr2ogr -f GeoJSON -lco RFC7946=YES'

# memory FILE: peak memory of the command that follows, kB, into FILE.
memory() {
  echo "/usr/bin/time -f %M -o $place/$1.kb"
}

megabytes() {
  awk 'END { print $1 / 1024 }' "$place/$1.kb"
}

# The same parcels in the grid of the province: VN-2000 / TM-3.
projected() {
  local tm=$1 wgs84=$2
  [ "$tm" -nt "$wgs84" ] && return
  say "making ${tm#"$PWD"/}"
  rm -f "${tm%.shp}".*
  ogr2ogr -t_srs EPSG:5897 "${tm%.shp}.new.shp" "$wgs84" >"$log" 2>&1 || fail "ogr2ogr to EPSG:5897"
  for extension in prj dbf shx shp; do
    mv "${tm%.shp}.new.$extension" "${tm%.shp}.$extension"
  done
}

# What is timed must be the same work: the first features of both, all attributes and positions.
check_export() {
  rm -rf "$out"
  mkdir -p "$out"
  say "checking that the results agree"
  {
    geo-export "$1" -o "$out/ours.geojson" &&
      $geojson -limit 2000 "$out/peer.geojson" "$1" &&
      python3 "$parts/agree.py" "$out/ours.geojson" "$out/peer.geojson" --id ID --positions 1.1e-7 \
        --first 2000 NAME LANDUSE AREA_DECL
  } >"$log" 2>&1 || fail "the check"
  [ "$(grep -c '"Feature"' "$out/ours.geojson")" = "$features" ] || fail "the count of features"
}

measure_tools() {
  local parcels=$place/parcels-$features.shp tm=$place/parcels-$features-5897.shp
  local roads=$place/roads.geojsonl lines=$place/corridors.geojsonl name
  local bands="--bands 1km,3km,5km,10km"
  declare -A ours=() peers=()
  workload "$parcels" parcels "$features"
  workload "$roads" roads 2000
  workload "$lines" corridors
  projected "$tm" "$parcels"
  check_export "$parcels"
  ours[export]="geo-export $parcels -o $out/a.geojson"
  ours[area]="$(memory area) geo-area $parcels -o $out/a.geojson"
  ours[one]="geo-area --threads 1 $parcels -o $out/a.geojson"
  ours[two]="geo-area --threads 2 $parcels -o $out/a.geojson"
  ours[pipe]="geo-area $parcels | geo-near - -c $roads -o $out/a.geojson"
  ours[area-tm]="geo-area $tm -o $out/a.geojson"
  ours[gpkg]="geo-area $parcels -o $out/a.gpkg"
  if [ -x "$bin/geo" ]; then
    ours[chain]="geo area $parcels ! near -c $roads -o $out/a.geojson"
    ours[near]="geo area $parcels ! near -c $lines -o $out/a.geojson"
    ours[bands]="geo area $parcels ! near -c $lines ! bands -c $lines $bands -o $out/a.geojson"
    ours[road-bands]="geo area $parcels ! near -c $roads ! bands -c $roads $bands -o $out/a.geojson"
    ours[chain-tm]="geo area $tm ! near -c $roads -o $out/a.geojson"
  fi
  peers[ogr]="$(memory ogr) $geojson $out/a.geojson $parcels"
  peers[ogr-tm]="$geojson $out/a.geojson $tm"
  peers[ogr-gpkg]="ogr2ogr -f GPKG $out/a.gpkg $parcels"
  say "tools: $features parcels"
  take_turns
  report_tools
  measure_start
  [ -z "$large" ] || measure_large
}

report_tools() {
  race tools "geo-export, shp to GeoJSON / ogr2ogr" export ogr ">= 25"
  race tools "geo-area, shp to GeoJSON / ogr2ogr" area ogr ">= 25"
  if [ -x "$bin/geo" ]; then
    race tools "geo area ! near, shp to GeoJSON / ogr2ogr" chain ogr ">= 12"
    # The other way round, since what is compared is ours: at most twice the time.
    race tools "geo area ! near / … ! bands of corridors" bands near ">= 0.5"
    race tools "geo area ! near / … ! bands of roads" road-bands chain
    race tools "geo area ! near from EPSG:5897 / ogr2ogr" chain-tm ogr-tm ">= 10"
  fi
  race tools "geo-area | geo-near, shp to GeoJSON / ogr2ogr" pipe ogr ">= 6"
  race tools "geo-area from EPSG:5897 / ogr2ogr" area-tm ogr-tm ">= 10"
  race tools "geo-area, shp to GeoPackage / ogr2ogr" gpkg ogr-gpkg ">= 0.91"
  race tools "geo-area, 2 threads / 1 thread" two one
  row tools "geo-area, peak memory / ogr2ogr" MB "$(megabytes area)" "$(megabytes ogr)"
}

# What a small layer costs is starting.
measure_start() {
  local rounds=20 peer_rounds=20
  declare -A ours=([start]="geo-area data/zones.shp") peers=([ogrinfo]="ogrinfo -so data/zones.shp zones")
  take_turns 2>/dev/null
  race tools "geo-area data/zones.shp / ogrinfo -so" start ogrinfo
}

# Per feature: a ratio of 1 is cost in proportion, memory that does not grow.
measure_large() {
  local once many=$((5 * features))
  local parcels=$place/parcels-$many.shp
  once=$(megabytes area)
  declare -A ours=() peers=()
  workload "$parcels" parcels "$many"
  ours[once]="geo-area $place/parcels-$features.shp -o $out/a.geojson"
  ours[five]="$(memory five) geo-area $parcels -o $out/a.geojson"
  peers[open]="$(memory open) ogrinfo -so $parcels parcels-$many"
  say "tools: $many parcels"
  take_turns
  row tools "geo-area, a fifth of 5 times the features / of 1" s \
    "$(median five | awk '{ print $1 / 5 }')" "$(median once)"
  row tools "geo-area, peak memory, 5 times the features / 1" MB "$(megabytes five)" "$once"
  # GDAL holds a shapefile's .shx: that part is there as soon as the layer is open.
  row tools "geo-area, peak memory, 5 times the features / ogrinfo -so" MB "$(megabytes five)" \
    "$(megabytes open)"
}
