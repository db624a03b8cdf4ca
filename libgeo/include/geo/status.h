/** @file status.h
 *  What can go wrong, how far the damage reaches, and the exit status a tool ends with.
 */
#ifndef GEO_STATUS_H
#define GEO_STATUS_H

#include "geo/api.h"

#ifdef __cplusplus
extern "C" {
#endif

/** How far a failure reaches. FEATURE: skip this one and go on. RUN: stop. */
enum geo_scope { GEO_SCOPE_NONE, GEO_SCOPE_FEATURE, GEO_SCOPE_RUN };

/** The only list of statuses: X(name, reach, exit status of a tool, text). The enum, the texts,
 *  the reach and the exit statuses all derive from it. */
#define GEO_STATUS_LIST(X)                                                             \
    X(OK, NONE, 0, "success")                                                          \
    X(END, NONE, 0, "no more features")                                                \
    X(EGEOM, FEATURE, 7, "geometry is invalid and was not repaired")                   \
    X(EDOMAIN, FEATURE, 7, "coordinate is outside its range")                          \
    X(EARG, RUN, 2, "argument is outside its range")                                   \
    X(EREAD, RUN, 3, "input cannot be read")                                           \
    X(ECRS, RUN, 4, "coordinate reference system is missing, ambiguous or unsuitable") \
    X(ETEXT, RUN, 5, "text encoding is unknown or wrong")                              \
    X(EWRITE, RUN, 6, "output cannot be written")                                      \
    X(EPIPE, RUN, 6, "reader of the output has gone")                                  \
    X(ENOMEM, RUN, 70, "out of memory")                                                \
    X(EDEFECT, RUN, 70, "defect of this program")

#define GEO_STATUS_ENUM(name, scope, code, text) GEO_##name,
enum geo_status { GEO_STATUS_LIST(GEO_STATUS_ENUM) GEO_STATUS_COUNT };
#undef GEO_STATUS_ENUM

/** @return constant text for @p status; never NULL. */
GEO_API const char *geo_status_text(enum geo_status status);

/** @return how far @p status reaches; GEO_SCOPE_RUN for an unknown one. */
GEO_API enum geo_scope geo_status_scope(enum geo_status status);

/** @return the exit status a tool ends with; 70 for an unknown @p status. */
GEO_API int geo_status_exit(enum geo_status status);

#ifdef __cplusplus
}
#endif

#endif
