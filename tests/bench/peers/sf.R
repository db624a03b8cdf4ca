#!/usr/bin/env Rscript
# Area and nearest corridor by R's sf, as its users do it: planar in VN-2000 / UTM 48N, the corridors
# a segment a feature under GEOS's tree.
# With CORRIDORS also the hectares of each zone within 1, 3, 5, 10 km, by buffers of all of them.
# usage: sf.R ZONES SEGMENTS OUT.geojson [CORRIDORS]
suppressMessages(library(sf))
argument <- commandArgs(TRUE)
zones <- st_transform(st_read(argument[1], quiet = TRUE), 3405)
segments <- st_transform(st_read(argument[2], quiet = TRUE), 3405)
zones$area_ha <- as.numeric(st_area(zones)) / 1e4
nearest <- st_nearest_feature(zones, segments)
zones$nearest <- segments$name[nearest]
zones$dist_m <- as.numeric(st_distance(zones, segments[nearest, ], by_element = TRUE))
if (length(argument) > 3) {
  corridors <- st_transform(st_read(argument[4], quiet = TRUE), 3405)
  for (km in c(1, 3, 5, 10)) {
    land <- st_union(st_buffer(corridors, km * 1000, nQuadSegs = 16))
    cut <- suppressWarnings(st_intersection(st_geometry(zones), land))
    ha <- numeric(nrow(zones))
    ha[attr(cut, "idx")[, 1]] <- as.numeric(st_area(cut)) / 1e4
    zones[[paste0("ha_", km, "km")]] <- ha
  }
}
st_write(st_transform(zones, 4326), argument[3], quiet = TRUE, delete_dsn = TRUE)
