#include "steps/area.h"

static enum geo_status measure_feature(struct geo_ctx *ctx, const struct area_plan *m,
                                       struct geo_batch *batch, size_t i, const size_t column[3])
{
    double area_m2, perimeter_m, grid_m2;
    if (batch->shape[i] == GEO_SHAPE_NULL)
        return GEO_OK;
    enum geo_status status = geo_area(ctx, batch, i, m->edges, &area_m2, &perimeter_m);
    if (status != GEO_OK)
        return status;
    geo_batch_set_real(batch, column[0], i, area_m2 / 1e4);
    geo_batch_set_real(batch, column[1], i, perimeter_m);
    if (!m->grid)
        return GEO_OK;
    status = geo_grid_area(ctx, batch, i, m->grid, &grid_m2);
    if (status == GEO_OK)
        geo_batch_set_real(batch, column[2], i, grid_m2 / 1e4);
    else if (geo_status_scope(status) == GEO_SCOPE_FEATURE) /* the other measures hold */
        status = geo_batch_note(ctx, batch, GEO_NOTE_INFO, batch->fid[i], "grid_ha left empty",
                                "%s", geo_ctx_message(ctx));
    return status;
}

static enum geo_status apply(struct geo_ctx *ctx, void *state, struct geo_batch *batch)
{
    const struct area_plan *m = state;
    size_t column[3];
    enum geo_status status = geo_batch_add_result(ctx, batch, "area_ha", GEO_TYPE_REAL, &column[0]);
    if (status == GEO_OK)
        status = geo_batch_add_result(ctx, batch, "perim_m", GEO_TYPE_REAL, &column[1]);
    if (status == GEO_OK && m->grid)
        status = geo_batch_add_result(ctx, batch, "grid_ha", GEO_TYPE_REAL, &column[2]);
    for (size_t i = 0; status == GEO_OK && i < batch->n; i++) {
        if (batch->dropped[i])
            continue;
        status = measure_feature(ctx, m, batch, i, column);
        if (geo_status_scope(status) == GEO_SCOPE_FEATURE) {
            batch->dropped[i] = 1;
            status = geo_batch_note(ctx, batch, GEO_NOTE_SKIPPED, batch->fid[i],
                                    "area cannot be measured", "%s", geo_ctx_message(ctx));
        }
    }
    return status;
}

struct geo_step area_step(const struct area_plan *plan)
{
    return (struct geo_step){.plan = plan, .apply = apply};
}
