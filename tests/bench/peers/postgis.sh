#!/usr/bin/env bash
# Area and nearest corridor by PostGIS, as its experts do it: geography (ellipsoidal), the corridors
# a segment a row under a GiST index, KNN. Prints the seconds of each stage.
# With CORRIDORS also the hectares of each zone within 1, 3, 5, 10 km, by buffers cut into small tiles.
# usage: postgis.sh ZONES SEGMENTS OUT.geojson [CORRIDORS]    PGHOST, PGUSER, PGDATABASE name a server
set -euo pipefail
zones=$1 segments=$2 out=$3 corridors=${4:-}
export PG_USE_COPY=YES PGOPTIONS='-c client_min_messages=error'
server="PG:host=$PGHOST user=$PGUSER dbname=$PGDATABASE"

from=$EPOCHREALTIME
lap() {
  awk -v stage="$1" -v from="$from" -v to="$EPOCHREALTIME" 'BEGIN { print stage, to - from }'
  from=$EPOCHREALTIME
}

sql() {
  psql -qX -v ON_ERROR_STOP=1 "$@"
}

put() {
  ogr2ogr -q -f PostgreSQL "$server" "$1" -nln "$2" -overwrite -lco GEOM_TYPE=geography \
    -lco GEOMETRY_NAME=g -t_srs EPSG:4326
}

put "$zones" zones
put "$segments" segments
sql -c 'analyze zones' -c 'analyze segments'
lap load
sql -c 'alter table zones add area_ha float8' -c 'update zones set area_ha = st_area(g) / 1e4'
lap area
sql -c 'drop table if exists result' -c '
  create table result as
  select z.*, n.name as nearest, n.m as dist_m
  from zones z cross join lateral (
    select s.name, st_distance(z.g, s.g) as m from segments s order by z.g <-> s.g limit 1) n'
lap near
for km in ${corridors:+1 3 5 10}; do
  [ "$km" != 1 ] || put "$corridors" corridors
  sql -c 'drop table if exists band' -c "
    create table band as select st_subdivide(st_union(
      st_transform(st_buffer(g, ${km}000)::geometry, 3405)), 128) as g from corridors" \
    -c 'create index on band using gist (g)' -c "alter table result add ha_${km}km float8" -c "
    update result set ha_${km}km = cut.ha from (
      select r.id, sum(st_area(st_intersection(st_transform(r.g::geometry, 3405), b.g))) / 1e4 as ha
      from result r join band b on st_intersects(st_transform(r.g::geometry, 3405), b.g)
      group by 1) cut where cut.id = result.id"
done
[ -z "$corridors" ] || lap bands
rm -f "$out"
ogr2ogr -q -f GeoJSON -lco RFC7946=YES "$out" "$server" result
lap write
