#include "draw/numbers.h"

#include <math.h>
#include <stdlib.h>

/* Bins upwards of 0: 900 for each power of ten from 1e-9 to 1e15, the last one without an end; as
 * many downwards. */
enum { PER_TEN = 900, LEAST_POWER = -9, MOST_POWER = 15 };
enum { UPWARDS = PER_TEN * (MOST_POWER - LEAST_POWER), BINS = 2 * UPWARDS + 1 };

/* Powers up to 22 are exact, so that an edge is the double nearest to its decimals. */
static double ten_to(int power)
{
    double value = 1;
    for (; power > 0; power--)
        value *= 10;
    return value;
}

/* Lower edge of bin t, -UPWARDS <= t <= UPWARDS; bin 0 begins at 0. */
static double edge_of(int t)
{
    if (t <= 0)
        return t == 0 ? 0 : -edge_of(-t);
    int power = LEAST_POWER + (t - 1) / PER_TEN - 2, digits = 100 + (t - 1) % PER_TEN;
    return power < 0 ? digits / ten_to(-power) : digits * ten_to(power);
}

static int bin_of(double value)
{
    int low = -UPWARDS, high = UPWARDS;
    while (low < high) { /* the last edge that is not above the value */
        int middle = low + (high - low + 1) / 2;
        if (edge_of(middle) <= value)
            low = middle;
        else
            high = middle - 1;
    }
    return low;
}

bool numbers_see(struct numbers *numbers, const struct geo_column *column, size_t i)
{
    const enum geo_type type = (enum geo_type)column->cell_type[i];
    if (type == GEO_TYPE_NULL)
        return true;
    if (type != GEO_TYPE_INT && type != GEO_TYPE_REAL) {
        numbers->has_others = true;
        return true;
    }
    if (!numbers->count)
        numbers->count = calloc(BINS, sizeof *numbers->count);
    if (!numbers->count)
        return false;
    double value = type == GEO_TYPE_INT ? (double)column->value[i].integer : column->value[i].real;
    numbers->count[bin_of(value) + UPWARDS]++;
    numbers->n++;
    return true;
}

size_t numbers_divide(const struct numbers *numbers, size_t most, struct number_class *classes)
{
    size_t n = 0;
    uint64_t seen = 0;
    for (int b = 0; numbers->n > 0 && b < BINS; b++) {
        const uint64_t count = numbers->count[b];
        if (count == 0)
            continue;
        /* A class ends where its share of all numbers is reached. */
        if (n == 0 || (double)seen >= (double)numbers->n * (double)n / (double)most)
            classes[n++] = (struct number_class){.from = b ? edge_of(b - UPWARDS) : -INFINITY};
        classes[n - 1].count += count;
        classes[n - 1].to = b + 1 < BINS ? edge_of(b + 1 - UPWARDS) : INFINITY;
        seen += count;
    }
    for (size_t c = 0; c + 1 < n; c++) /* without gaps */
        classes[c].to = classes[c + 1].from;
    return n;
}

void numbers_release(struct numbers *numbers)
{
    free(numbers->count);
    *numbers = (struct numbers){0};
}
