#include "draw/figures.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "steps/accuracy.h"
#include "steps/try.h"
#include "steps/verdict.h"

struct places places_none(void)
{
    return (struct places){.low_m = INFINITY, .high_m = -INFINITY};
}

void places_add(struct places *places, const struct geo_batch *batch, size_t column, size_t i)
{
    const double m = accuracy_of(batch, column, i, NAN);
    places->has_column = places->has_column || column != SIZE_MAX;
    if (!isfinite(m)) {
        places->unknown++;
        return;
    }
    places->known++;
    places->low_m = fmin(places->low_m, m);
    places->high_m = fmax(places->high_m, m);
}

void places_merge(struct places *places, const struct places *from)
{
    places->has_column = places->has_column || from->has_column;
    places->known += from->known;
    places->unknown += from->unknown;
    places->low_m = fmin(places->low_m, from->low_m);
    places->high_m = fmax(places->high_m, from->high_m);
}

bool figures_begin(struct figures *figures, const struct bands_plan *plan)
{
    *figures = (struct figures){.area = summary_new(),
                                .bands = plan->n ? plan->n + 1 : 0,
                                .places = places_none(),
                                .area_column = SIZE_MAX,
                                .by_column = SIZE_MAX,
                                .band_column = SIZE_MAX,
                                .verdict_column = SIZE_MAX,
                                .accuracy_column = SIZE_MAX};
    figures->band = calloc(figures->bands + 1, sizeof *figures->band);
    return figures->area && figures->band;
}

void figures_find(struct figures *figures, const struct geo_batch *batch,
                  const struct bands_plan *plan, const char *by, const char *accuracy)
{
    char name[64];
    figures->area_column = geo_batch_find_column(batch, "area_ha");
    figures->verdict_column = geo_batch_find_column(batch, "verdict");
    figures->has_verdict = figures->verdict_column != SIZE_MAX;
    figures->by_column = by ? geo_batch_find_column(batch, by) : SIZE_MAX;
    figures->has_by = figures->by_column != SIZE_MAX;
    figures->accuracy_column = accuracy ? geo_batch_find_column(batch, accuracy) : SIZE_MAX;
    if (figures->bands) {
        snprintf(name, sizeof name, "ha_%s", plan->suffix[0]);
        figures->band_column = geo_batch_find_column(batch, name);
    }
}

static void add_bands(struct figures *figures, const struct geo_batch *batch, size_t i)
{
    for (size_t k = 0; k < figures->bands; k++) {
        const struct geo_column *ha = &batch->column[figures->band_column + 2 * k];
        if (ha->cell_type[i] != GEO_TYPE_REAL || !(ha->value[i].real > 0))
            continue;
        figures->band[k].n++;
        figures->band[k].ha += ha->value[i].real;
    }
}

static int verdict_of(const struct geo_batch *batch, const struct geo_column *column, size_t i)
{
    static const enum verdict verdicts[FIGURES_NONE] = {VERDICT_PASS, VERDICT_FAIL,
                                                        VERDICT_UNCERTAIN};
    char text[16];
    int v = FIGURES_PASS;
    geo_batch_cell_text(batch, column, i, text, sizeof text);
    while (v < FIGURES_NONE && strcmp(text, verdict_text(verdicts[v])))
        v++;
    return v;
}

enum geo_status figures_add(struct figures *figures, const struct geo_batch *batch)
{
    TRY(summary_add(figures->area, batch, figures->area_column, figures->by_column));
    for (size_t i = 0; i < batch->n; i++) {
        if (batch->dropped[i])
            continue;
        add_bands(figures, batch, i);
        places_add(&figures->places, batch, figures->accuracy_column, i);
        if (figures->has_verdict)
            figures->verdict[verdict_of(batch, &batch->column[figures->verdict_column], i)]++;
    }
    return GEO_OK;
}

bool figures_merge(struct figures *figures, const struct figures *from)
{
    for (size_t k = 0; k < figures->bands; k++) {
        figures->band[k].n += from->band[k].n;
        figures->band[k].ha += from->band[k].ha;
    }
    for (int v = 0; v < FIGURES_VERDICTS; v++)
        figures->verdict[v] += from->verdict[v];
    figures->has_verdict = figures->has_verdict || from->has_verdict;
    figures->has_by = figures->has_by || from->has_by;
    places_merge(&figures->places, &from->places);
    return summary_merge(figures->area, from->area);
}

void figures_release(struct figures *figures)
{
    summary_free(figures->area);
    free(figures->band);
    *figures = (struct figures){0};
}
