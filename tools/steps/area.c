#include "steps/area.h"

#include "steps/rows.h"
#include "steps/try.h"

/* The features of a batch under way: where their measures go. */
struct work {
    const struct area_plan *plan;
    size_t area, perimeter, grid;
};

static enum geo_status measure_feature(struct geo_ctx *ctx, void *state, struct geo_batch *batch,
                                       size_t i)
{
    const struct work *w = state;
    double area_m2, perimeter_m, grid_m2;
    if (batch->shape[i] == GEO_SHAPE_NULL)
        return GEO_OK;
    TRY(geo_area(ctx, batch, i, w->plan->edges, &area_m2, &perimeter_m));
    geo_batch_set_real(batch, w->area, i, area_m2 / 1e4);
    geo_batch_set_real(batch, w->perimeter, i, perimeter_m);
    if (!w->plan->grid)
        return GEO_OK;
    enum geo_status status = geo_grid_area(ctx, batch, i, w->plan->grid, &grid_m2);
    if (status == GEO_OK)
        geo_batch_set_real(batch, w->grid, i, grid_m2 / 1e4);
    else if (geo_status_scope(status) == GEO_SCOPE_FEATURE) /* the other measures hold */
        status = geo_batch_note(ctx, batch, GEO_NOTE_INFO, batch->fid[i], "grid_ha left empty",
                                "%s", geo_ctx_message(ctx));
    return status;
}

static enum geo_status apply(struct geo_ctx *ctx, void *plan, struct geo_batch *batch)
{
    struct work w = {.plan = plan};
    TRY(geo_batch_add_result(ctx, batch, "area_ha", GEO_TYPE_REAL, &w.area));
    TRY(geo_batch_add_result(ctx, batch, "perim_m", GEO_TYPE_REAL, &w.perimeter));
    if (w.plan->grid)
        TRY(geo_batch_add_result(ctx, batch, "grid_ha", GEO_TYPE_REAL, &w.grid));
    return rows_measure(ctx, batch, NULL, "area cannot be measured", measure_feature, &w);
}

struct geo_step area_step(const struct area_plan *plan)
{
    return (struct geo_step){.plan = plan, .apply = apply};
}
