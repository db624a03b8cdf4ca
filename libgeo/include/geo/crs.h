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
    GEO_CRS_WEB_NUMBERS,     /**< numbers of Web Mercator, or of Hanoi 1972, in another CRS */
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
 *  its axes exchanged. Up to 1 degree outside is a warning, more an error, unless the CRS is
 *  trusted (struct geo_read_options). A wrong meridian within that area does not show so: see
 *  geo_crs_rank(). geo_source_open() and the first batch judge in the same way.
 */
GEO_API GEO_MUST_USE enum geo_status geo_crs_judge(struct geo_ctx *ctx,
                                                   const struct geo_origin *origin,
                                                   const double extent[4],
                                                   struct geo_crs_finding *finding, size_t *n);

/** How to rank. Zero is the default of every member. */
struct geo_rank_options {
    const struct geo_origin *origin; /**< of the layer: the CRS it states is among the hypotheses;
                                          NULL: none */
    double
        accuracy_m; /**< the reference's own accuracy; 0: estimated, as how far the best is off */
};

/** A CRS that a layer may have, and how well the layer then falls on the reference. */
struct geo_crs_hypothesis {
    char name[96];   /**< "VN-2000, 104°45', k = 0.9999" */
    char crs[400];   /**< the definition to open the layer with: "EPSG:9208", a PROJ string; "": as
                           stated, with trust_prj */
    bool swap_axes;  /**< with x and y exchanged */
    bool is_stated;  /**< the one that the layer states */
    double off_m;    /**< how far the layer is off the reference, metres */
    double apart_m;  /**< how far a point of the layer lies from where the first puts it, metres */
    bool is_as_good; /**< the reference cannot tell it from the best; true of the best itself */
    size_t rank;     /**< among the hypotheses before any measuring: 0 is the likeliest */
};

/** At most so many hypotheses. */
#define GEO_HYPOTHESES_MAX 320

/** What a ranking says. */
struct geo_ranking {
    size_t n;          /**< hypotheses that put the layer on the globe */
    double accuracy_m; /**< of the reference, stated or estimated */
    double chance_m;   /**< how far the layer's points are off, were it elsewhere about there */
    bool is_apart;     /**< no hypothesis puts the layer where the reference lies */
    bool is_shared;    /**< the best puts it on the reference's outlines, not only about there */
    size_t as_good;    /**< the first so many cannot be told apart */
    struct geo_crs_hypothesis
        hypothesis[GEO_HYPOTHESES_MAX]; /**< those that are as good first, likeliest
                                                                   first; then the others, best first */
};

/** Ranks what the CRS of a layer may be by how well the layer falls on a reference.
 *
 *  Hypotheses: VN-2000 on each of the 18 meridians of 3 degree zones that PROJ knows, with k 0.9999
 *  and 0.9996 (among them UTM 48N; 49N too), each with the official datum shift, with its rotations'
 *  signs changed and with none; Hanoi 1972 and Indian 1960 (EPSG:2044, 2045, 2093, 3148, 3149, 3176);
 *  UTM 48N and 49N on WGS 84, Web Mercator, WGS 84 and VN-2000 in degrees; the stated CRS; each with
 *  its axes as they are and exchanged.
 *
 *  How far the layer is off: up to 1000 points are spread evenly along the outlines of the layer,
 *  and as many along those of the reference; edges that two rings of a layer share are left out, so
 *  that adjoining polygons count as what they cover together. Each point has its distance to the
 *  nearest edge of the other layer (all edges, by geo_near()), where it lies within the other's
 *  box, grown by a tenth. off_m is the median of all these distances: half of the points may have no
 *  counterpart. Where less than a twentieth of the points lie in the boxes, it is the median of the
 *  layer's points, wherever they are; from more than 3° away, to the reference's box.
 *
 *  The same is measured with the layer moved by a sixth of its size to eight sides: what chance
 *  gives, chance_m being the median. A fit of less than 0.4 of it shows that the layer shares the
 *  reference's outlines (is_shared); if it is no better, as for zones within a province or a
 *  reference of another place, the reference tells no more than that the layer lies about there.
 *
 *  As good as the best is what is off by no more than the best and the accuracy together; the
 *  accuracy, if it is not given, is taken as how far the best is off, and as the layer's diagonal
 *  where no outlines are shared. The stated CRS, if it is as good, is the likeliest.
 *
 *  @param[in]  layer      raw coordinates, as they stand in the file
 *  @param[in]  reference  on WGS 84 and repaired
 *  @param[out] ranking    caller's memory, 300 kB
 *  @retval GEO_OK
 *  @retval GEO_EARG   one of the layers has no coordinates; the accuracy is negative or no number
 *  @retval GEO_ENOMEM
 *  About 10 ms a hypothesis, 3 s in all, and 300 bytes a vertex.
 */
GEO_API GEO_MUST_USE enum geo_status geo_crs_rank(struct geo_ctx *ctx,
                                                  const struct geo_batch *layer,
                                                  const struct geo_batch *reference,
                                                  const struct geo_rank_options *options,
                                                  struct geo_ranking *ranking);

#ifdef __cplusplus
}
#endif

#endif
