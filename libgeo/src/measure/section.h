/* A buffer's input cut into sections of about equal work, in the order of a curve that fills the
 * plane: what follows one another lies close together. It depends on the input alone. */
#ifndef GEO_MEASURE_SECTION_H
#define GEO_MEASURE_SECTION_H

#include "geo/batch.h"

/* Edges of a section at most, and of those that are drawn together at least. */
#define GEO_SECTION_EDGES 128

/* What of a part is wanted: what is within the radius of its points, lines and rings, or the land
 * of a polygon itself. */
enum geo_section_kind { GEO_SECTION_COURSE = 1, GEO_SECTION_LAND = 2 };

/* A run of vertices of a ring: a point, a line, a ring of a polygon. Long ones are cut, each run
 * beginning with the vertex that ends the one before. Or all rings of a polygon, for its land. */
struct geo_section {
    enum geo_section_kind kind;
    size_t part;
    size_t first, end; /* vertices of the batch */
    double shift_deg;  /* what to add to longitudes */
    bool closed;       /* a course: a whole ring of a polygon */
};

/* Zero is empty. Leaf k is sections [leaf[k], leaf[k + 1]). */
struct geo_sections {
    size_t n, room, leaves;
    struct geo_section *section;
    size_t *leaf;
};

/* Adds the sections of one part; kinds: those wanted, added up. GEO_OK, GEO_ENOMEM. */
enum geo_status geo_sections_add_part(struct geo_ctx *ctx, struct geo_sections *sections,
                                      const struct geo_batch *batch, size_t part, int kinds,
                                      double shift_deg);

/* Puts them in order and groups them. GEO_OK, GEO_ENOMEM. */
enum geo_status geo_sections_order(struct geo_ctx *ctx, struct geo_sections *sections,
                                   const struct geo_batch *batch);
void geo_sections_release(struct geo_sections *sections);

#endif
