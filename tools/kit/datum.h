/* By which operation a layer was brought to WGS 84: two layers that came by the same one err alike,
 * so that its accuracy says nothing of the distance between them. */
#ifndef KIT_DATUM_H
#define KIT_DATUM_H

#include "geo/geo.h"

struct datum {
    char shift[256];   /* what changes the datum: "(EPSG:6960)"; "" on WGS 84's own */
    double accuracy_m; /* stated for it: 0 if exact, INFINITY if not known */
    bool is_mixed;     /* inputs of one layer came by different ones; accuracy_m is the worst */
};

/* Of one input; and of all inputs of a source together. */
struct datum datum_of(const struct geo_origin *origin);
struct datum datum_of_source(const struct geo_source *source);

/* @return whether the two shift alike. */
bool datum_is_same(const struct datum *a, const struct datum *b);

#endif
