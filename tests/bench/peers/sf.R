#!/usr/bin/env Rscript
# Area and nearest corridor by R's sf, as its users do it: planar in VN-2000 / UTM 48N, the corridors
# a segment a feature under GEOS's tree.
# usage: sf.R ZONES SEGMENTS OUT.geojson
suppressMessages(library(sf))
argument <- commandArgs(TRUE)
zones <- st_transform(st_read(argument[1], quiet = TRUE), 3405)
segments <- st_transform(st_read(argument[2], quiet = TRUE), 3405)
zones$area_ha <- as.numeric(st_area(zones)) / 1e4
nearest <- st_nearest_feature(zones, segments)
zones$nearest <- segments$name[nearest]
zones$dist_m <- as.numeric(st_distance(zones, segments[nearest, ], by_element = TRUE))
st_write(st_transform(zones, 4326), argument[3], quiet = TRUE, delete_dsn = TRUE)
