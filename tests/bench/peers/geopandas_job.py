#!/usr/bin/python3
"""Area and nearest corridor by geopandas, as its users do it: planar in VN-2000 / UTM 48N.

usage: geopandas_job.py ZONES SEGMENTS OUT.geojson
"""
import sys
import warnings

warnings.filterwarnings("ignore")
import geopandas

zones = geopandas.read_file(sys.argv[1]).to_crs(3405)
segments = geopandas.read_file(sys.argv[2]).to_crs(3405)
zones["area_ha"] = zones.area / 1e4
try:
    named = segments.rename(columns={"name": "nearest"})[["nearest", "geometry"]]
    near = geopandas.sjoin_nearest(zones, named, distance_col="dist_m")
    zones = near[~near.index.duplicated()].drop(columns="index_right")
except NotImplementedError:  # neither pygeos nor shapely 2, as in Debian 12
    from shapely.strtree import STRtree

    tree = STRtree(list(segments.geometry), items=list(segments.index))
    index = [tree.nearest_item(zone) for zone in zones.geometry]
    near = segments.iloc[index].set_index(zones.index)
    zones["nearest"] = near["name"]
    zones["dist_m"] = zones.distance(near.geometry)
zones.to_crs(4326).to_file(sys.argv[3], driver="GeoJSON")
