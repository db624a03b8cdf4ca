#!/usr/bin/env bash
# Area and nearest corridor by PostGIS, as its experts do it: geography (ellipsoidal), the corridors
# a segment a row under a GiST index, KNN. Prints the seconds of each stage.
# usage: postgis.sh ZONES SEGMENTS OUT.geojson    PGHOST, PGUSER, PGDATABASE name a server
set -euo pipefail
zones=$1 segments=$2 out=$3
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
rm -f "$out"
ogr2ogr -q -f GeoJSON -lco RFC7946=YES "$out" "$server" result
lap write
