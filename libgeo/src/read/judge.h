/* A judgement of a CRS under way: what the files judge*.c share. */
#ifndef GEO_READ_JUDGE_H
#define GEO_READ_JUDGE_H

#include <proj.h>

#include "geo/crs.h"
#include "read/input.h"

struct geo_judgement {
    struct geo_ctx *ctx;
    const struct geo_origin *origin;
    const double *extent; /* as the CRS takes it; NULL: not known */
    struct geo_crs_finding *finding;
    size_t n;
};

/* An empty finding at the end. */
struct geo_crs_finding *geo_judge_add(struct geo_judgement *j, enum geo_crs_fault fault,
                                      enum geo_severity severity, const char *what);

/* judge_text.c: what the text of a CRS says of VN-2000. GEO_OK, GEO_ENOMEM. */
enum geo_status geo_judge_text(struct geo_judgement *j, const PJ *crs);

/* judge_place.c: what the extent, which must be known, says of a CRS. */
void geo_judge_place(struct geo_judgement *j, const PJ *crs);

/* fit.c: the worst that the place says, of severity info if it says nothing. The extent is as the CRS
 * takes it. */
struct geo_crs_finding geo_judge_extent(struct geo_ctx *ctx, const struct geo_origin *origin,
                                        const PJ *crs, const double extent[4]);

/* ---- judge_numbers.c: what the numbers can be, whatever is stated ---- */

/* An extent with x for y and y for x. */
void geo_turn(const double extent[4], double turned[4]);

/* Whether they can be no national grid's, but Web Mercator's or Hanoi 1972's with the zone before
 * the easting. */
bool geo_is_known_plane(const double extent[4]);

/* Whether some number is larger than degrees may ever be. */
bool geo_is_beyond_degrees(const double extent[4]);

/* Whether degrees lie in Viet Nam. */
bool geo_is_in_viet_nam(const double lonlat[4]);

void geo_judge_say_extent(struct geo_crs_finding *finding, const double extent[4]);

/* "-s EPSG:4326 --swap-axes" in words that fit the input's own option. */
void geo_judge_option(const struct geo_origin *origin, const char *crs, bool swap_axes, char *text,
                      size_t room);

/* The remedy for a layer whose CRS is none of what its numbers look like, and, where only one can be
 * meant, that CRS. */
void geo_judge_guess(struct geo_judgement *j, struct geo_crs_finding *finding);

#endif
