# shellcheck shell=bash disable=SC2154,SC2034 # as timing.bash
# Area and nearest corridor of zones: our tools against whole systems. Each peer gets the corridors a
# segment a feature, the form in which its index helps.

server='' private=''

# as_server COMMAND...: as the user who may run PostgreSQL, which refuses root.
as_server() {
  if [ "$(id -u)" = 0 ]; then
    (cd "$private" && runuser -u postgres -- "$@")
  else
    "$@"
  fi
}

# A server of our own, reached by a socket in a private folder only; stop_server() ends it.
start_server() {
  local programs settings
  programs=$(find /usr/lib/postgresql -path '*/bin/initdb' | sort -V | tail -n 1)
  programs=${programs%/initdb}
  [ "$(id -u)" != 0 ] || chown postgres "$private"
  as_server "$programs/initdb" -D "$private/data" -U postgres -A trust --no-sync >"$log" 2>&1 || fail initdb
  server=$programs/pg_ctl
  settings="-c listen_addresses='' -c unix_socket_directories='$private'"
  settings+=" -c shared_buffers=512MB -c work_mem=64MB -c max_wal_size=4GB -c fsync=off"
  as_server "$server" -D "$private/data" -w -l "$private/server.log" -o "$settings" start \
    >"$log" 2>&1 || fail "pg_ctl start"
  export PGHOST=$private PGUSER=postgres PGDATABASE=postgres
  psql -qX -c 'create extension postgis' >"$log" 2>&1 || fail "create extension postgis"
}

stop_server() {
  [ -n "$server" ] || return 0
  as_server "$server" -D "$private/data" -m immediate stop >/dev/null 2>&1 || true
  server=''
}

# agree PEER AREA DISTANCE TOLERANCE: whether its result is ours. Planes distort: UTM's lengths by 1e-3
# and areas by twice that. PostGIS ranks segments on a sphere, whose lengths err by up to 6.7e-3
# between north and east: a zone 48,585.277 m away (oracle-near, geo-near) is 48,619.233 m away there.
agree() {
  python3 "$parts/agree.py" "$place/near.geojson" "$place/$1.geojson" --id id \
    "area_ha=$2:$4" "near_m=$3:$4" >"$log" 2>&1 || fail "agreement with $1"
}

# peer NAME COMMAND AREA DISTANCE TOLERANCE: times it, once, and compares what it made.
peer() {
  say "$1"
  timed "$1" "$2 && cp $out/out.geojson $place/$1.geojson"
  agree "$1" "$3" "$4" "$5"
  race peers "area and nearest corridor, $zones zones / $1" near "$1"
}

# Area, nearest corridor, and the land in four bands. Buffers of circles in 64 and 32 chords are
# short by up to 1 % of their radius: the sums agree, single zones need not.
compare_bands() {
  local name=$1 command=$2
  say "$name, with bands"
  timed "$name-bands" "$command && cp $out/out.geojson $place/$name-bands.geojson"
  python3 "$parts/agree.py" "$place/bands.geojson" "$place/$name-bands.geojson" --id id --sums \
    ha_0_1km=ha_1km:2e-2 >"$log" 2>&1 || fail "agreement of bands with $name"
  race peers "area, nearest corridor, four bands, $zones zones / $name" bands "$name-bands" ">= 100"
}

# compare_knn WHAT FEATURES SEGMENTS N: the kernels alone, one backend of PostgreSQL against one
# thread: what postgis.sh says of its stage "near".
compare_knn() {
  local ours_us
  ours_us=$(bench-kernels near "$rounds" "$2" "$3" 2>"$log" | cut -f 3) || fail bench-kernels
  row peers "nearest segment, $1 / PostGIS KNN" us/feature "$ours_us" \
    "$(awk -v n="$4" '/^near / { print $2 / n * 1e6 }' "$place/postgis.laps")" ">= 500"
}

# The same for the workload of the kernels: parcels that crowd in towns, among roads.
compare_country() {
  local n=$zones parcels=$place/country-$zones.geojsonl segments=$place/country-$zones-segments.geojsonl
  if ! [ "$segments" -nt "$own/bench-kernels" ]; then
    bench-kernels country "$n" "$parcels" "$segments" 2>"$log" || fail "bench-kernels country"
  fi
  timed country "tests/bench/peers/postgis.sh $parcels $segments $out/out.geojson >$place/postgis.laps"
  compare_knn "town parcels, $((5 * n)) segments" "$parcels" "$segments" "$n"
}

measure_peers() {
  local layer=$place/zones-$zones.geojsonl lines=$place/corridors.geojsonl
  local segments=$place/segments.geojsonl
  declare -A ours=() peers=()
  scripts/setup peers
  private=$(mktemp -d "${TMPDIR:-/tmp}/geo-bench.XXXXXX")
  workload "$layer" zones "$zones"
  workload "$lines" corridors
  workload "$segments" corridor-segments
  ours[near]="geo-area $layer | geo-near - -c $lines -o $out/out.geojson"
  [ ! -x "$bin/geo" ] || ours[near]="geo area $layer ! near -c $lines -o $out/out.geojson"
  [ ! -x "$bin/geo" ] || ours[bands]="geo area $layer ! near -c $lines ! bands -c $lines --bands 1km,3km,5km,10km -o $out/out.geojson"
  say "peers: $zones zones"
  take_turns
  timed warm-up "${ours[near]}"
  cp "$out/out.geojson" "$place/near.geojson"
  start_server
  peer postgis "tests/bench/peers/postgis.sh $layer $segments $out/out.geojson >$place/postgis.laps" \
    area_ha dist_m 7e-3
  say "PostGIS KNN"
  compare_knn "zones, 26,080 segments" "$layer" "$segments" "$zones"
  compare_country
  if [ -x "$bin/geo" ]; then
    timed warm-up "${ours[bands]} && cp $out/out.geojson $place/bands.geojson"
    compare_bands postgis "tests/bench/peers/postgis.sh $layer $segments $out/out.geojson $lines"
  fi
  stop_server
  peer sf "tests/bench/peers/sf.R $layer $segments $out/out.geojson" area_ha dist_m 4e-3
  [ ! -x "$bin/geo" ] ||
    compare_bands sf "tests/bench/peers/sf.R $layer $segments $out/out.geojson $lines"
  peer geopandas "tests/bench/peers/geopandas_job.py $layer $segments $out/out.geojson" area_ha dist_m 4e-3
  peer qgis "tests/bench/peers/qgis.sh $layer $segments $out/out.geojson $private/qgis" area_ha distance 4e-3
}
