/* The step that adds the nearest corridor to each feature. */
#ifndef STEPS_NEAR_H
#define STEPS_NEAR_H

#include "geo/geo.h"
#include "kit/opt.h"

/* One column m_… of --each: the distance to the corridors that share a value. */
struct near_each {
    char name[80];
    char value[256]; /* as text; what tells the columns apart */
    bool is_null;    /* the corridors without a value */
    bool is_renamed; /* another value came to this name first: it got a number */
    struct geo_batch *corridors;
    struct geo_index *index;
};

struct near_plan {
    const struct geo_index *index;
    const struct geo_batch *corridors;
    size_t id, name;       /* columns of the corridors; SIZE_MAX: the id member or number; null */
    enum geo_type id_type; /* what near_id is */
    size_t k;              /* corridors a feature */
    bool ranked;           /* a row for each of them, with near_rank */
    bool lines;            /* the geometry becomes the line from the feature to the foot */
    double max_m;
    struct near_each *each;
    size_t each_count;
};

/* Finds the columns: id_field and name_field if not NULL (false if there is no such column;
 * *missing says which), else the usual names. */
bool near_choose_columns(struct near_plan *plan, const char *id_field, const char *name_field,
                         const char **missing);

/* The cell column that names a corridor: the plan's, else the id member; NULL where neither has a
 * value and its number does. */
const struct geo_column *near_identity(const struct near_plan *plan, size_t corridor);

/* Splits the corridors by the values of a column, an index each. GEO_OK, GEO_EARG (no such column,
 * without a message), or what geo_index_new() returns. */
enum geo_status near_split(struct geo_ctx *ctx, struct near_plan *plan, const char *field,
                           enum geo_edges edges);

/* Frees what near_split() made. */
void near_release(struct near_plan *plan);

/* The step; the plan is borrowed. */
struct geo_step near_step(const struct near_plan *plan);

#endif
