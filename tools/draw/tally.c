#include "draw/tally.h"

#include <string.h>

static size_t columns_of(const struct tally *tally)
{
    return tally->column[1] ? 2 : 1;
}

bool tally_value(const struct geo_batch *batch, const size_t *column, size_t n, size_t i,
                 char value[TALLY_VALUE_ROOM])
{
    size_t used = 0;
    value[0] = '\0';
    for (size_t c = 0; c < n; c++) {
        if (c > 0)
            value[used++] = ' ';
        value[used] = '\0';
        if (column[c] == SIZE_MAX)
            continue;
        used += geo_batch_cell_text(batch, &batch->column[column[c]], i, value + used,
                                    TALLY_VALUE_ROOM - used);
        if (used + 2 > TALLY_VALUE_ROOM)
            return false;
    }
    return true;
}

/* Whether it can be written down in a page or a style: XML holds no control characters. */
static bool is_plain(const char *value)
{
    for (; *value; value++)
        if ((unsigned char)*value < ' ' && !strchr("\t\n\r", *value))
            return false;
    return true;
}

/* Values beyond the bounds are counted with the features only. */
static bool count(struct tally *tally, const char *value)
{
    struct texts *values = &tally->values;
    if (!is_plain(value) || (values->n >= TALLY_VALUES_MAX && !texts_has(values, value)))
        return true;
    return texts_add(values, value) != UINT64_MAX;
}

bool tally_see(struct tally *tally, const struct geo_batch *batch)
{
    const size_t n = columns_of(tally);
    size_t column[2] = {SIZE_MAX, SIZE_MAX};
    char value[TALLY_VALUE_ROOM];
    for (size_t c = 0; c < n; c++) {
        column[c] = geo_batch_find_column(batch, tally->column[c]);
        tally->has[c] = tally->has[c] || column[c] != SIZE_MAX;
    }
    for (size_t i = 0; i < batch->n; i++) {
        if (batch->dropped[i])
            continue;
        tally->features++;
        const bool fits = tally_value(batch, column, n, i, value);
        if (value[strspn(value, " ")] == '\0')
            tally->nulls++;
        else if (fits && !count(tally, value))
            return false;
    }
    return true;
}

void tally_release(struct tally *tally)
{
    texts_release(&tally->values);
    *tally = (struct tally){0};
}
