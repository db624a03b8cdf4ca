#include "read/sample.h"

#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/grow.h"

bool geo_is_plain_text(const char *text, size_t n)
{
    unsigned char odd = 0;
    for (size_t i = 0; i < n; i++) {
        unsigned char c = (unsigned char)text[i];
        odd |= c >= 0x7F || (c < ' ' && c != '\t' && c != '\n' && c != '\r');
    }
    return !odd;
}

/* FNV-1a, over the column too: a text is kept for each column that has it. */
static uint64_t hash_of(int column, const char *text, size_t n)
{
    uint64_t hash = 14695981039346656037u ^ (unsigned)column;
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ (unsigned char)text[i]) * 1099511628211u;
    return hash ^ (hash >> 32);
}

static bool is_same(const struct geo_sample *sample, const struct geo_sample_cell *known,
                    int column, const char *text, size_t n)
{
    return known->column == column && known->n == n && !memcmp(sample->bytes + known->at, text, n);
}

/* The slot of a text, empty if it is not there. */
static size_t *find(const struct geo_sample *sample, int column, const char *text, size_t n)
{
    size_t i = hash_of(column, text, n) & (sample->slot_count - 1);
    while (sample->slot[i] && !is_same(sample, &sample->cell[sample->slot[i] - 1], column, text, n))
        i = (i + 1) & (sample->slot_count - 1);
    return &sample->slot[i];
}

static enum geo_status make_room(struct geo_ctx *ctx, struct geo_sample *sample)
{
    if (2 * sample->n < sample->slot_count)
        return GEO_OK;
    size_t *old = sample->slot;
    size_t count = sample->slot_count ? 2 * sample->slot_count : 256;
    size_t *slot = calloc(count, sizeof *slot);
    if (!slot)
        return geo_no_memory(ctx);
    sample->slot = slot;
    sample->slot_count = count;
    for (size_t i = 0; i < sample->n; i++) {
        const struct geo_sample_cell *cell = &sample->cell[i];
        *find(sample, cell->column, sample->bytes + cell->at, cell->n) = i + 1;
    }
    free(old);
    return GEO_OK;
}

/* How many texts of a column there are, one place for each. */
static enum geo_status count_of(struct geo_ctx *ctx, struct geo_sample *sample, int column,
                                size_t **taken)
{
    size_t place = (size_t)(column + 1);
    if (place >= sample->column_count) {
        if (!geo_grow(&sample->taken, place + 1, sizeof *sample->taken))
            return geo_no_memory(ctx);
        while (sample->column_count <= place)
            sample->taken[sample->column_count++] = 0;
    }
    *taken = &sample->taken[place];
    return GEO_OK;
}

enum geo_status geo_sample_add(struct geo_ctx *ctx, struct geo_sample *sample,
                               struct geo_sample_cell cell, const char *text)
{
    size_t *taken = NULL;
    if (geo_is_plain_text(text, cell.n))
        return GEO_OK;
    GEO_TRY(count_of(ctx, sample, cell.column, &taken));
    GEO_TRY(make_room(ctx, sample));
    size_t *slot = find(sample, cell.column, text, cell.n);
    if (*slot)
        sample->cell[*slot - 1].rows++;
    if (*slot || *taken >= sample->column_max)
        return GEO_OK;
    if (!geo_grow(&sample->cell, sample->n + 1, sizeof *sample->cell) ||
        !geo_grow(&sample->bytes, sample->byte_count + cell.n, 1))
        return geo_no_memory(ctx);
    cell.at = sample->byte_count;
    cell.rows = 1;
    memcpy(sample->bytes + cell.at, text, cell.n);
    sample->byte_count += cell.n;
    sample->cell[sample->n++] = cell;
    *slot = sample->n;
    ++*taken;
    return GEO_OK;
}

void geo_sample_release(struct geo_sample *sample)
{
    free(sample->cell);
    free(sample->bytes);
    free(sample->slot);
    free(sample->taken);
    *sample = (struct geo_sample){0};
}
