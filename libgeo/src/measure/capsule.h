/* The points within a radius of a course, as polygons that together cover them. */
#ifndef GEO_MEASURE_CAPSULE_H
#define GEO_MEASURE_CAPSULE_H

#include "measure/course.h"

/* How capsules are drawn, so that the deviation is kept. */
struct geo_capsule_plan {
    double vertex_m; /* from the course to the vertices: slightly more than the radius */
    double step_deg; /* between the vertices of an arc */
    double leg_m;    /* longest leg that stands for an edge straight in longitude and latitude */
    double piece_m;  /* longest piece of a side */
    int spokes;      /* pieces of a ray from the course to an arc */
};

/* A plan for a radius and a deviation, for edges that stay within a latitude of either sign. */
struct geo_capsule_plan geo_capsule_plan(double radius_m, double deviation_m, enum geo_edges edges,
                                         double top_lat_deg);

/* A ring of vertices, reused from one capsule to the next. Zero is empty. */
struct geo_outline {
    size_t n, room;
    struct geo_lonlat *vertex;
};

/* The share of leg i in the capsules of its course, as a closed ring. The shares of all legs cover
 * what is within the radius of the course. GEO_OK, GEO_ENOMEM. */
enum geo_status geo_capsule(struct geo_ctx *ctx, const struct geo_capsule_plan *plan,
                            const struct geo_course *course, size_t i, struct geo_outline *outline);

/* The circle about a point, as a closed ring. GEO_OK, GEO_ENOMEM. */
enum geo_status geo_circle(struct geo_ctx *ctx, const struct geo_capsule_plan *plan,
                           struct geo_lonlat centre, struct geo_outline *outline);
void geo_outline_release(struct geo_outline *outline);

#endif
