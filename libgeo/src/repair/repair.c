#include "geo/repair.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/handles.h"
#include "repair/feature.h"
#include "repair/mend.h"
#include "repair/sweep.h"

/* SWEEP_KEPT: vertices whose sweep keeps its memory for the next feature. */
enum { MOST_ROUNDS = 5, SWEEP_KEPT = 100000 };

#define EXCHANGE(type, a, b)   \
    do {                       \
        type exchanged_ = (a); \
        (a) = (b);             \
        (b) = exchanged_;      \
    } while (0)

/* A repair of one batch. A feature whose rings keep their number of vertices is repaired where it
 * lies; the first one whose do not starts a second geometry, which takes the place of the batch's
 * at the end. */
struct repair {
    struct geo_batch *batch;
    struct geo_batch *out;   /* the new geometry; NULL as long as it is not needed */
    struct geo_batch *clean; /* one feature: with clean rings */
    struct geo_batch *made;  /* one feature: as GEOS made it */
    struct geo_feature_look look;
    struct geo_sweep sweep;
};

static enum geo_status need(struct geo_ctx *ctx, struct geo_batch **batch)
{
    if (!*batch)
        *batch = geo_batch_new();
    return *batch ? GEO_OK : geo_no_memory(ctx);
}

/* A note that says where; a place that is not known is left out. */
static enum geo_status say(struct geo_ctx *ctx, struct geo_batch *batch, enum geo_note_kind kind,
                           size_t i, const char *what, struct geo_lonlat place)
{
    if (isnan(place.lon) && isnan(place.lat))
        return geo_batch_note(ctx, batch, kind, batch->fid[i], what, NULL);
    double lon = isfinite(place.lon) ? place.lon - 360 * rint(place.lon / 360) : place.lon;
    return geo_batch_note(ctx, batch, kind, batch->fid[i], what, "at %.7f %.7f", lon, place.lat);
}

static enum geo_status skip(struct geo_ctx *ctx, struct repair *repair, size_t i, const char *what,
                            struct geo_lonlat place)
{
    repair->batch->dropped[i] = 1;
    return say(ctx, repair->batch, GEO_NOTE_SKIPPED, i, what, place);
}

static struct geo_lonlat first_vertex(const struct geo_batch *batch, size_t feature)
{
    size_t ring = batch->ring_start[batch->part_start[feature]];
    bool any = batch->ring_count > ring && batch->vertex_count > batch->vertex_start[ring];
    return any ? batch->vertex[batch->vertex_start[ring]] : (struct geo_lonlat){NAN, NAN};
}

/* The first vertex that is no position. */
static struct geo_lonlat unsound_vertex(const struct geo_batch *batch, size_t feature)
{
    size_t first = batch->ring_start[batch->part_start[feature]];
    size_t end = batch->ring_start[batch->part_start[feature + 1]];
    for (size_t v = batch->vertex_start[first]; v < batch->vertex_start[end]; v++)
        if (!isfinite(batch->vertex[v].lon) || !(fabs(batch->vertex[v].lat) <= 90))
            return batch->vertex[v];
    return first_vertex(batch, feature);
}

/* ---- the second geometry ---- */

/* Appends the parts of a feature of `from` as the next feature of the second geometry. */
static enum geo_status append(struct geo_ctx *ctx, struct repair *repair,
                              const struct geo_batch *from, size_t feature)
{
    for (size_t p = from->part_start[feature]; p < from->part_start[feature + 1]; p++)
        GEO_TRY(geo_batch_copy_part(ctx, repair->out, from, p));
    return geo_batch_end_feature(ctx, repair->out, from->shape[feature], 0);
}

/* Keeps feature i of the batch as it is in `from`. */
static enum geo_status keep(struct geo_ctx *ctx, struct repair *repair, size_t i,
                            const struct geo_batch *from)
{
    struct geo_batch *batch = repair->batch;
    if (from == batch)
        return repair->out ? append(ctx, repair, batch, i) : GEO_OK;
    if (!repair->out) {
        GEO_TRY(need(ctx, &repair->out));
        for (size_t j = 0; j < i; j++)
            GEO_TRY(append(ctx, repair, batch, j));
    }
    batch->shape[i] = from->shape[0];
    return append(ctx, repair, from, 0);
}

/* Gives the batch the second geometry. Its features are as many; what they own besides stays. */
static void take_geometry(struct geo_batch *batch, struct geo_batch *out)
{
    memcpy(batch->part_start, out->part_start, (batch->n + 1) * sizeof *batch->part_start);
    EXCHANGE(size_t, batch->part_count, out->part_count);
    EXCHANGE(uint8_t *, batch->part_kind, out->part_kind);
    EXCHANGE(size_t *, batch->ring_start, out->ring_start);
    EXCHANGE(size_t, batch->part_room, out->part_room);
    EXCHANGE(size_t, batch->ring_count, out->ring_count);
    EXCHANGE(size_t *, batch->vertex_start, out->vertex_start);
    EXCHANGE(size_t, batch->ring_room, out->ring_room);
    EXCHANGE(size_t, batch->vertex_count, out->vertex_count);
    EXCHANGE(struct geo_lonlat *, batch->vertex, out->vertex);
    EXCHANGE(size_t, batch->vertex_room, out->vertex_room);
}

/* ---- one feature ---- */

/* Makes repair->made hold the feature with its plane polygons as GEOS mends them. */
static enum geo_status rebuild(struct geo_ctx *ctx, struct repair *repair,
                               const struct geo_batch *from, size_t feature,
                               struct geo_verdict *verdict)
{
    size_t first = from->part_start[feature], end = from->part_start[feature + 1];
    enum geo_shape shape = from->shape[feature];
    bool plane = false;
    GEO_TRY(need(ctx, &repair->made));
    geo_batch_clear(repair->made);
    for (size_t p = first; p < end; p++) {
        size_t at = from->ring_start[p] - from->ring_start[first];
        if (!geo_part_is_plane(from, p, repair->look.ring + at))
            GEO_TRY(geo_batch_copy_part(ctx, repair->made, from, p));
        else if (!plane)
            GEO_TRY(geo_mend(ctx, from, feature, repair->look.ring, repair->made, verdict));
        else
            continue;
        plane |= geo_part_is_plane(from, p, repair->look.ring + at);
    }
    if (shape == GEO_SHAPE_POLYGON && repair->made->part_count > 1)
        shape = GEO_SHAPE_MULTIPOLYGON;
    return geo_batch_end_feature(ctx, repair->made, shape, from->fid[feature]);
}

/* Cleans the feature of *from into repair->clean if it needs it; it is there then. */
static enum geo_status clean(struct geo_ctx *ctx, struct repair *repair, struct geo_batch **from,
                             size_t *feature, size_t *collapsed)
{
    *collapsed = 0;
    GEO_TRY(geo_feature_look(ctx, *from, *feature, &repair->look));
    if (repair->look.clean || !repair->look.sound)
        return GEO_OK;
    GEO_TRY(need(ctx, &repair->clean));
    GEO_TRY(geo_feature_clean(ctx, *from, *feature, repair->clean, collapsed));
    *from = repair->clean;
    *feature = 0;
    return geo_feature_look(ctx, repair->clean, 0, &repair->look);
}

/* Says what was mended, and the areas before and after. */
static enum geo_status say_mended(struct geo_ctx *ctx, struct repair *repair, size_t i,
                                  const struct geo_verdict *verdict, double before_m2,
                                  const struct geo_batch *from)
{
    GEO_TRY(say(ctx, repair->batch, GEO_NOTE_REPAIRED, i, verdict->what, verdict->place));
    struct geo_note *note = &repair->batch->note[repair->batch->note_count - 1];
    note->before_m2 = before_m2;
    note->after_m2 = geo_feature_area_m2(geo_ctx_earth(ctx), from, 0);
    return GEO_OK;
}

/* Replaces the feature of *from by what GEOS makes of it, if it is not valid; *before_m2 is its
 * area as it was. */
static enum geo_status mend_once(struct geo_ctx *ctx, struct repair *repair,
                                 struct geo_batch **from, size_t feature,
                                 struct geo_verdict *verdict, double *before_m2)
{
    size_t collapsed;
    if (*from == repair->made)
        EXCHANGE(struct geo_batch *, repair->made, repair->clean);
    GEO_TRY(rebuild(ctx, repair, *from, feature, verdict));
    if (verdict->valid || !verdict->mended)
        return GEO_OK;
    *before_m2 = geo_feature_area_m2(geo_ctx_earth(ctx), *from, feature);
    *from = repair->made;
    feature = 0;
    GEO_TRY(clean(ctx, repair, from, &feature, &collapsed));
    geo_feature_settle(geo_ctx_earth(ctx), *from, 0, &repair->look);
    return GEO_OK;
}

/* Judges feature i, which lies as `feature` in *from, and mends it. What GEOS makes may have edges
 * of more than 180°, which take the other way round then: hence several rounds, for the few that
 * are wider than half the Earth. */
static enum geo_status mend(struct geo_ctx *ctx, struct repair *repair, size_t i,
                            struct geo_batch **from, size_t feature)
{
    struct geo_verdict first = {.valid = true}, verdict;
    double before_m2 = 0, round_m2 = 0;
    for (int round = 0; round < MOST_ROUNDS; round++) {
        bool suspect;
        GEO_TRY(
            geo_sweep_feature(ctx, &repair->sweep, *from, feature, repair->look.ring, &suspect));
        if (!suspect)
            break;
        if (repair->sweep.events > SWEEP_KEPT) /* what mends needs as much */
            geo_sweep_release(&repair->sweep);
        GEO_TRY(mend_once(ctx, repair, from, feature, &verdict, &round_m2));
        if (verdict.valid)
            break;
        if (round == 0) {
            first = verdict;
            before_m2 = round_m2;
        }
        if (!verdict.mended || round + 1 == MOST_ROUNDS)
            return skip(ctx, repair, i, "polygon is invalid and cannot be mended", first.place);
        if ((*from)->part_count == 0)
            return skip(ctx, repair, i, "polygon has no area", first.place);
        feature = 0;
    }
    return first.valid ? GEO_OK : say_mended(ctx, repair, i, &first, before_m2, *from);
}

static enum geo_status repair_feature(struct geo_ctx *ctx, struct repair *repair, size_t i)
{
    struct geo_batch *batch = repair->batch, *from = batch;
    size_t feature = i, collapsed;
    bool empty = batch->part_start[i] == batch->part_start[i + 1];
    GEO_TRY(clean(ctx, repair, &from, &feature, &collapsed));
    if (!repair->look.sound) {
        GEO_TRY(skip(ctx, repair, i, "coordinate is no number or its latitude is outside [-90, 90]",
                     unsound_vertex(batch, i)));
        return keep(ctx, repair, i, batch);
    }
    if (from != batch && from->part_count == 0 && !empty) {
        GEO_TRY(skip(ctx, repair, i, "geometry is collapsed to a point or a line",
                     first_vertex(batch, i)));
        return keep(ctx, repair, i, batch);
    }
    geo_feature_settle(geo_ctx_earth(ctx), from, feature, &repair->look);
    GEO_TRY(mend(ctx, repair, i, &from, feature));
    if (collapsed > 0 && !batch->dropped[i])
        GEO_TRY(geo_batch_note(ctx, batch, GEO_NOTE_REPAIRED, batch->fid[i],
                               "collapsed ring or line: dropped", "%zu of them", collapsed));
    return keep(ctx, repair, i, from);
}

static enum geo_status repair_all(struct geo_ctx *ctx, struct repair *repair)
{
    struct geo_batch *batch = repair->batch;
    for (size_t i = 0; i < batch->n; i++) {
        if (!batch->dropped[i])
            GEO_TRY(repair_feature(ctx, repair, i));
        else
            GEO_TRY(keep(ctx, repair, i, batch));
    }
    if (repair->out)
        take_geometry(batch, repair->out);
    return GEO_OK;
}

enum geo_status geo_batch_repair(struct geo_ctx *ctx, struct geo_batch *batch)
{
    struct repair repair = {.batch = batch};
    enum geo_status status = repair_all(ctx, &repair);
    geo_batch_free(repair.out);
    geo_batch_free(repair.clean);
    geo_batch_free(repair.made);
    geo_sweep_release(&repair.sweep);
    free(repair.look.ring);
    return status;
}
