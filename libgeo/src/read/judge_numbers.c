/* What the numbers of coordinates look like, whatever CRS is stated. */
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "read/judge.h"
#include "read/text_notes.h"

void geo_turn(const double extent[4], double turned[4])
{
    const double t[4] = {extent[1], extent[0], extent[3], extent[2]};
    memcpy(turned, t, sizeof t);
}

/* Eastings of Hanoi 1972 with the zone's number before them, and northings of Viet Nam. */
static bool is_zone_grid(const double e[4])
{
    double zone = floor(e[0] / 1e6);
    return (zone == 18 || zone == 19) && floor(e[2] / 1e6) == zone && e[1] > 8.5e5 && e[3] < 2.65e6;
}

/* Beyond all eastings and northings of national grids, within the plane of Web Mercator. */
static bool is_web(const double e[4])
{
    double most = fmax(fmax(fabs(e[0]), fabs(e[2])), fmax(fabs(e[1]), fabs(e[3])));
    return most > 1.01e7 && most < 2.01e7 && !is_zone_grid(e);
}

bool geo_is_known_plane(const double extent[4])
{
    return is_web(extent) || is_zone_grid(extent);
}

/* Eastings of a zone with 500 km, and northings of Viet Nam. */
static bool is_vn_grid(const double e[4])
{
    return e[0] > 1e5 && e[2] < 9e5 && e[1] > 8.5e5 && e[3] < 2.65e6;
}

bool geo_is_beyond_degrees(const double e[4])
{
    return fmax(fmax(fabs(e[0]), fabs(e[2])), fmax(fabs(e[1]), fabs(e[3]))) > 1000;
}

bool geo_is_in_viet_nam(const double lonlat[4])
{
    return lonlat[0] > 101 && lonlat[1] > 7.5 && lonlat[2] < 110.5 && lonlat[3] < 24;
}

void geo_judge_say_extent(struct geo_crs_finding *finding, const double e[4])
{
    geo_say(finding->evidence, sizeof finding->evidence,
            "x runs from %.10g to %.10g, y from %.10g to %.10g", e[0], e[2], e[1], e[3]);
}

void geo_judge_option(const struct geo_origin *origin, const char *crs, bool swap_axes, char *text,
                      size_t room)
{
    const char *option = origin->crs_option;
    bool is_main = !strcmp(option, "-s");
    if (!swap_axes || is_main)
        geo_say(text, room, "%s %s%s", option, crs, swap_axes ? " --swap-axes" : "");
    else
        geo_say(text, room, "write it anew by geo-export -s %s --swap-axes", crs);
}

/* A grid of metres about a meridian. */
static void guess_grid(const struct geo_judgement *j, bool is_turned,
                       struct geo_crs_finding *finding)
{
    char option[200];
    geo_judge_option(j->origin, "vn2000:105.00", is_turned, option, sizeof option);
    geo_say(finding->remedy, sizeof finding->remedy,
            "a grid of VN-2000 or UTM%s: %s with the meridian of the province for 105.00, or find "
            "it with geo-info --reference LAYER, a layer of the same place",
            is_turned ? ", x to the north" : "", option);
}

/* Degrees, in the one order or the other. */
static void guess_degrees(const struct geo_judgement *j, bool is_turned,
                          struct geo_crs_finding *finding)
{
    char option[200];
    finding->swap_axes = is_turned;
    geo_judge_option(j->origin, "EPSG:4326", is_turned, option, sizeof option);
    geo_say(finding->remedy, sizeof finding->remedy, "%s? %s%s",
            is_turned ? "latitude and longitude" : "longitude and latitude", option,
            is_turned ? "" : " (WGS 84)");
}

static void guess_plane(const struct geo_judgement *j, struct geo_crs_finding *finding)
{
    if (is_web(j->extent))
        geo_say(finding->crs, sizeof finding->crs, "EPSG:3857");
    else
        geo_say(finding->crs, sizeof finding->crs, "EPSG:%d", 2026 + (int)(j->extent[0] / 1e6));
    geo_say(finding->remedy, sizeof finding->remedy, "%s: %s %s",
            is_web(j->extent) ? "numbers of Web Mercator"
                              : "eastings of Hanoi 1972 with the zone's number before them",
            j->origin->crs_option, finding->crs);
}

void geo_judge_guess(struct geo_judgement *j, struct geo_crs_finding *finding)
{
    double turned[4];
    if (!j->extent) {
        geo_say(finding->remedy, sizeof finding->remedy, "say which CRS it is: %s EPSG:…",
                j->origin->crs_option);
        return;
    }
    geo_turn(j->extent, turned);
    geo_judge_say_extent(finding, j->extent);
    if (geo_is_known_plane(j->extent))
        guess_plane(j, finding);
    else if (is_vn_grid(j->extent) || is_vn_grid(turned))
        guess_grid(j, !is_vn_grid(j->extent), finding);
    else if (geo_is_globe(j->extent) || geo_is_globe(turned))
        guess_degrees(j, !geo_is_globe(j->extent), finding);
    else if (!geo_is_beyond_degrees(j->extent))
        geo_say(finding->remedy, sizeof finding->remedy,
                "neither degrees nor metres of a place: ask who made the file");
    else
        geo_say(finding->remedy, sizeof finding->remedy,
                "a projected CRS: ask who made the file and say it with %s, or find it with "
                "geo-info --reference LAYER, a layer of the same place",
                j->origin->crs_option);
}
