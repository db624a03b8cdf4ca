/** @file crs.h
 *  CRS: whether the one that a layer states can be the one of its coordinates.
 *
 *  Nothing here changes how a layer is read: what a finding proposes is taken when the layer is
 *  opened with it (struct geo_read_options: src_crs and swap_axes, or fix).
 */
#ifndef GEO_CRS_H
#define GEO_CRS_H

#include "geo/read.h"

#ifdef __cplusplus
extern "C" {
#endif

/** How bad a finding is. */
enum geo_severity {
    GEO_SEVERITY_INFO,    /**< worth knowing */
    GEO_SEVERITY_WARNING, /**< likely wrong, but the layer can be used */
    GEO_SEVERITY_ERROR    /**< coordinates and CRS do not fit: the layer cannot be used so */
};

/** What is wrong with a CRS. */
enum geo_crs_fault {
    GEO_CRS_MISSING,         /**< none is stated */
    GEO_CRS_UNUSABLE,        /**< it is not known, or no transformation is */
    GEO_CRS_NO_SHIFT,        /**< VN-2000 without its datum shift */
    GEO_CRS_FLIPPED,         /**< VN-2000 with the signs of the rotations changed */
    GEO_CRS_OTHER_SHIFT,     /**< VN-2000 with a shift that is not the official one */
    GEO_CRS_SCALE,           /**< scale 0.9996 on a meridian of VN-2000's 3 degree zones */
    GEO_CRS_SWAPPED_DEGREES, /**< latitude stands before longitude */
    GEO_CRS_SWAPPED_METRES,  /**< x is north and y east, as surveyors write */
    GEO_CRS_METRES,          /**< projected numbers in a geographic CRS */
    GEO_CRS_DEGREES,         /**< degrees in a projected CRS */
    GEO_CRS_WEB_NUMBERS,     /**< numbers of Web Mercator in another CRS */
    GEO_CRS_WEB,             /**< Web Mercator is what the layer states */
    GEO_CRS_OUTSIDE          /**< outside the area of use */
};

/** A finding. Texts are whole sentences without a full stop, UTF-8, never cut within a character. */
struct geo_crs_finding {
    enum geo_crs_fault fault;
    enum geo_severity severity;
    char what[160];     /**< the cause in plain words */
    char evidence[320]; /**< what shows it, with the numbers */
    char remedy[400];   /**< what to type; "" if there is nothing to do */
    char crs[400];      /**< the CRS to take in its place; "" where this does not tell which */
    bool swap_axes;     /**< take x for y and y for x */
};

/** At most so many findings a layer. */
#define GEO_CRS_FINDINGS_MAX 6

/** Judges the CRS that an input states, whatever it was opened with, by its own text and by the
 *  extent of the coordinates.
 *
 *  @param[in]  origin   of an open source
 *  @param[in]  extent   xmin, ymin, xmax, ymax of the coordinates as they stand in the file, all
 *                       finite; NULL: not known, then the text alone is judged
 *  @param[out] finding  room for GEO_CRS_FINDINGS_MAX, worst first
 *  @param[out] n        how many there are; 0 also for a layer without geometries
 *  @retval GEO_OK, GEO_ENOMEM
 *
 *  Method: names, TOWGS84 and parameters of the stated CRS beside the official ones (decision
 *  05/2007/QD-BTNMT, EPSG:6960); the extent, brought to longitude and latitude, beside the area in
 *  which EPSG says that the CRS is used (VN-2000 without a code: Viet Nam), as it stands and with
 *  its axes exchanged. A wrong meridian within that area does not show so: see geo_crs_rank().
 */
GEO_API GEO_MUST_USE enum geo_status geo_crs_judge(struct geo_ctx *ctx,
                                                   const struct geo_origin *origin,
                                                   const double extent[4],
                                                   struct geo_crs_finding *finding, size_t *n);

#ifdef __cplusplus
}
#endif

#endif
