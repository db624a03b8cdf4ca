/* Figures of features, summed while they stream: by group, by band, by verdict, and how true their
 * places are. */
#ifndef DRAW_FIGURES_H
#define DRAW_FIGURES_H

#include "kit/summary.h"
#include "steps/bands.h"

/* As in the column verdict; NONE: null. */
enum { FIGURES_PASS, FIGURES_FAIL, FIGURES_UNCERTAIN, FIGURES_NONE, FIGURES_VERDICTS };

struct band_sum {
    uint64_t n; /* features that have land in it */
    double ha;
};

/* How true places are: the features with a stated accuracy, and without. */
struct places {
    uint64_t known, unknown;
    double low_m, high_m; /* range of those stated */
    bool has_column;
};

/* No features yet. */
struct places places_none(void);

/* Adds feature i; column: of the accuracy, SIZE_MAX if there is none. */
void places_add(struct places *places, const struct geo_batch *batch, size_t column, size_t i);

void places_merge(struct places *places, const struct places *from);

struct figures {
    struct summary *area;
    struct band_sum *band; /* bands of them */
    size_t bands;
    uint64_t verdict[FIGURES_VERDICTS];
    bool has_verdict, has_by;
    struct places places;
    /* Columns of the batches; SIZE_MAX: not there. */
    size_t area_column, by_column, band_column, verdict_column, accuracy_column;
};

/* Begins; columns are found by figures_find(). false: no memory */
bool figures_begin(struct figures *figures, const struct bands_plan *plan);

/* Finds the columns in the first batch of a layer. by and accuracy: names, NULL for none. */
void figures_find(struct figures *figures, const struct geo_batch *batch,
                  const struct bands_plan *plan, const char *by, const char *accuracy);

/* Adds the features that are not dropped. GEO_OK, GEO_ENOMEM */
enum geo_status figures_add(struct figures *figures, const struct geo_batch *batch);

/* Adds those of another layer. false: no memory */
bool figures_merge(struct figures *figures, const struct figures *from);

void figures_release(struct figures *figures);

#endif
