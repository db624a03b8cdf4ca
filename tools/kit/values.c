#include "kit/values.h"

#include <search.h>
#include <stdlib.h>
#include <string.h>

static int by_text(const void *a, const void *b)
{
    const struct value *p = a, *q = b;
    return p->n != q->n ? (p->n > q->n) - (p->n < q->n) : memcmp(p->text, q->text, p->n);
}

/* Room for one more value. */
static bool reserve(struct values *values)
{
    if (values->n < values->room)
        return true;
    const size_t room = values->room ? 2 * values->room : 16;
    struct value **grown = reallocarray(values->value, room, sizeof *grown);
    if (!grown)
        return false;
    values->value = grown;
    values->room = room;
    return true;
}

/* Room for a text of n bytes in what is looked up. */
static bool reserve_next(struct values *values, size_t n)
{
    if (n >= values->next_room) {
        struct value *grown = realloc(values->next, sizeof *grown + n + 1);
        if (!grown)
            return false;
        values->next = grown;
        values->next_room = n + 1;
    }
    values->next->n = n;
    values->next->text[0] = '\0';
    return true;
}

/* Finds what is looked up, which is a value once it is new. */
static bool find_next(struct values *values, size_t *number)
{
    if (!reserve(values))
        return false;
    struct value **found = tsearch(values->next, &values->tree, by_text);
    if (!found)
        return false;
    if (*found == values->next) {
        values->next->number = values->n;
        values->value[values->n++] = values->next;
        values->next = NULL;
        values->next_room = 0;
    }
    *number = (*found)->number;
    return true;
}

bool values_find(struct values *values, const struct geo_batch *batch, size_t column, size_t i,
                 size_t *number)
{
    const struct geo_column *of = column == SIZE_MAX ? NULL : &batch->column[column];
    const size_t n = of ? geo_batch_cell_text(batch, of, i, NULL, 0) : 0;
    if (!reserve_next(values, n))
        return false;
    if (of)
        geo_batch_cell_text(batch, of, i, values->next->text, n + 1);
    return find_next(values, number);
}

bool values_find_like(struct values *values, const struct value *value, size_t *number)
{
    if (!reserve_next(values, value->n))
        return false;
    memcpy(values->next->text, value->text, value->n + 1);
    return find_next(values, number);
}

void values_release(struct values *values)
{
    tdestroy(values->tree, free);
    free(values->value);
    free(values->next);
    *values = (struct values){0};
}
