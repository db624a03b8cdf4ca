#define OPT_OWNER struct accuracy_options
#include "steps/accuracy.h"

#include <math.h>
#include <stdlib.h>

static const char *const combine_words[] = {"rss", "sum", NULL};

const struct opt accuracy_options[] = {
    {GROUP, .help = "Accuracy"},
    {LENGTH_AT(of_all_m), .name = "accuracy", .arg = "LENGTH", .min = 0, .max = 1e6,
     .help = "How true the features' places are: the radius within which they lie with 95 %"},
    {TEXT_AT(field), .name = "accuracy-field", .arg = "FIELD",
     .help = "Column of the features that holds it, metres; --accuracy stands where it is empty"},
    {LENGTH_AT(of_corridors_m), .name = "corridor-accuracy", .arg = "LENGTH", .min = 0, .max = 1e6,
     .help = "The same of the corridors, and of the layers that rules name"},
    {TEXT_AT(corridor_field), .name = "corridor-accuracy-field", .arg = "FIELD",
     .help = "Column of theirs that holds it; --corridor-accuracy stands where it is empty"},
    {AREA_AT(of_area_m2), .name = "area-accuracy", .arg = "AREA", .min = 0, .max = 1e14,
     .help = "How true areas are, for rules on them: a shift of place does not change an area"},
    {CHOICE_AT(combine), .name = "accuracy-combine", .arg = "HOW", .choice = combine_words,
     .preset = "rss",
     .help = "How accuracies are taken together: the root of the sum of their squares, or their "
             "sum, for the worst case"},
    {.kind = OPT_END},
};

static bool read_cell(const struct geo_batch *batch, const struct geo_column *column, size_t i,
                      double *value)
{
    char text[64], *end;
    switch ((enum geo_type)column->cell_type[i]) {
    case GEO_TYPE_INT:
        *value = (double)column->value[i].integer;
        return true;
    case GEO_TYPE_REAL:
        *value = column->value[i].real;
        return true;
    case GEO_TYPE_TEXT:
        geo_batch_cell_text(batch, column, i, text, sizeof text);
        *value = strtod(text, &end);
        return end != text && !*end;
    default:
        return false;
    }
}

double accuracy_of(const struct geo_batch *batch, size_t column, size_t i, double all_m)
{
    double value;
    if (column == SIZE_MAX || batch->column[column].cell_type[i] == GEO_TYPE_NULL)
        return isnan(all_m) ? INFINITY : all_m;
    if (!read_cell(batch, &batch->column[column], i, &value) || !(value >= 0))
        return INFINITY;
    return value;
}

double accuracy_of_shifts(const struct datum *a, const struct datum *b)
{
    return datum_is_same(a, b) ? 0 : hypot(a->accuracy_m, b->accuracy_m);
}
