#include "read/geojson_columns.h"

#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/grow.h"
#include "read/text.h"

/* More columns than this are no table but names made from data. */
#define COLUMNS_MAX 10000

/* Names that are not selected are remembered up to this many keys. */
#define LEFT_OUT_MAX 256

void geo_columns_release(struct geo_columns *columns)
{
    for (size_t c = 0; c < columns->n; c++)
        free(columns->column[c].name);
    for (size_t k = 0; k < columns->key_n; k++)
        free(columns->key[k].name);
    free(columns->column);
    free(columns->key);
    free(columns->slot);
    geo_fields_release(&columns->wanted);
    geo_decoder_free(columns->decoder);
    geo_batch_free(columns->scratch);
    *columns = (struct geo_columns){0};
}

/* A name in normal form, terminated, in the scratch batch's text. */
static enum geo_status normalise(struct geo_ctx *ctx, struct geo_columns *columns, const char *name,
                                 size_t n, const char **normal)
{
    size_t at, length, end;
    if (memchr(name, 0, n))
        return geo_fail(ctx, GEO_EREAD, "a property's name holds a zero character");
    geo_batch_clear(columns->scratch);
    enum geo_status status =
        geo_decode(ctx, columns->decoder, name, n, columns->scratch, &at, &length);
    if (status == GEO_ETEXT)
        return geo_fail(ctx, GEO_EREAD, "a property's name is not UTF-8");
    if (status == GEO_OK)
        status = geo_batch_add_text(ctx, columns->scratch, "", 1, &end);
    if (status == GEO_OK)
        *normal = columns->scratch->text + at;
    return status;
}

static enum geo_status select_columns(struct geo_ctx *ctx, struct geo_columns *columns,
                                      const char *select)
{
    columns->is_selected = true;
    for (const char *at = select, *end;; at = end + 1) {
        const char *normal = NULL;
        end = strchrnul(at, ',');
        GEO_TRY(normalise(ctx, columns, at, (size_t)(end - at), &normal));
        if (geo_fields_find(&columns->wanted, normal) == SIZE_MAX)
            GEO_TRY(geo_fields_add(ctx, &columns->wanted, normal, GEO_TYPE_NULL, 0, 0));
        if (!*end)
            return GEO_OK;
    }
}

enum geo_status geo_columns_init(struct geo_ctx *ctx, struct geo_columns *columns,
                                 const char *select)
{
    *columns = (struct geo_columns){.scratch = geo_batch_new()};
    if (!columns->scratch)
        return geo_no_memory(ctx);
    enum geo_status status = geo_decoder_new(ctx, NULL, &columns->decoder);
    if (status == GEO_OK && select)
        status = select_columns(ctx, columns, select);
    if (status != GEO_OK)
        geo_columns_release(columns);
    return status;
}

const char *geo_columns_missing(const struct geo_columns *columns)
{
    for (size_t i = 0; i < columns->wanted.n; i++)
        if (columns->wanted.field[i].type == GEO_TYPE_NULL)
            return columns->wanted.field[i].name;
    return NULL;
}

enum geo_status geo_columns_fail_missing(struct geo_ctx *ctx, const struct geo_columns *columns,
                                         const char *path, const char *missing)
{
    char names[GEO_NAMES_ROOM] = "";
    for (size_t k = 0; k < columns->key_n; k++) {
        const struct geo_column_key *key = &columns->key[k];
        if (key->column == SIZE_MAX || !strcmp(columns->column[key->column].name, key->name))
            geo_names_add(names, key->name);
    }
    return geo_fail_column(ctx, path, missing, strlen(missing), names);
}

/* ---- names ---- */

/* FNV-1a */
static size_t hash_of(const char *name, size_t n)
{
    uint64_t hash = 14695981039346656037u;
    for (size_t i = 0; i < n; i++)
        hash = (hash ^ (unsigned char)name[i]) * 1099511628211u;
    return (size_t)(hash ^ hash >> 32);
}

/* The slot where a name stands or would stand. */
static size_t *find_slot(const struct geo_columns *columns, const char *name, size_t n, size_t hash)
{
    for (size_t i = hash;; i++) {
        size_t *slot = &columns->slot[i & (columns->slot_n - 1)];
        if (*slot == 0)
            return slot;
        const struct geo_column_key *key = &columns->key[*slot - 1];
        if (key->hash == hash && key->n == n && !memcmp(key->name, name, n))
            return slot;
    }
}

/* Keeps the slots at most half full. */
static enum geo_status grow_slots(struct geo_ctx *ctx, struct geo_columns *columns)
{
    if (2 * (columns->key_n + 1) <= columns->slot_n)
        return GEO_OK;
    size_t n = columns->slot_n ? 2 * columns->slot_n : 64;
    size_t *slot = calloc(n, sizeof *slot);
    if (!slot)
        return geo_no_memory(ctx);
    free(columns->slot);
    columns->slot = slot;
    columns->slot_n = n;
    for (size_t k = 0; k < columns->key_n; k++) {
        const struct geo_column_key *key = &columns->key[k];
        *find_slot(columns, key->name, key->n, key->hash) = k + 1;
    }
    return GEO_OK;
}

static enum geo_status add_key(struct geo_ctx *ctx, struct geo_columns *columns, const char *name,
                               size_t n, size_t column)
{
    if (columns->key_n == COLUMNS_MAX)
        return geo_fail(ctx, GEO_EREAD,
                        "features have more than %d different properties; --select keeps some",
                        COLUMNS_MAX);
    GEO_TRY(grow_slots(ctx, columns));
    if (columns->key_n == columns->key_room) {
        size_t room = geo_grown(columns->key_room, columns->key_n + 1);
        if (!geo_grow(&columns->key, room, sizeof *columns->key))
            return geo_no_memory(ctx);
        columns->key_room = room;
    }
    struct geo_column_key key = {strndup(name, n), n, hash_of(name, n), column};
    if (!key.name)
        return geo_no_memory(ctx);
    columns->key[columns->key_n++] = key;
    *find_slot(columns, name, n, key.hash) = columns->key_n;
    return GEO_OK;
}

/* The key of a name as it is written, SIZE_MAX if it is new. Features mostly have their properties
 * in the same order, so that the key after the last one is the likely one. */
static size_t find_key(const struct geo_columns *columns, const char *name, size_t n, size_t likely)
{
    if (likely < columns->key_n && columns->key[likely].n == n &&
        !memcmp(columns->key[likely].name, name, n))
        return likely;
    if (columns->slot_n == 0)
        return SIZE_MAX;
    size_t slot = *find_slot(columns, name, n, hash_of(name, n));
    return slot ? slot - 1 : SIZE_MAX;
}

/* ---- columns ---- */

static enum geo_status add_column(struct geo_ctx *ctx, struct geo_columns *columns,
                                  const char *normal)
{
    if (!geo_grow(&columns->column, columns->n + 1, sizeof *columns->column))
        return geo_no_memory(ctx);
    char *name = strdup(normal);
    if (!name)
        return geo_no_memory(ctx);
    columns->column[columns->n++] = (struct geo_known_column){.name = name, .at = SIZE_MAX};
    return add_key(ctx, columns, normal, strlen(normal), columns->n - 1);
}

static bool is_wanted(struct geo_columns *columns, const char *normal)
{
    if (!columns->is_selected)
        return true;
    size_t i = geo_fields_find(&columns->wanted, normal);
    if (i == SIZE_MAX)
        return false;
    columns->wanted.field[i].type = GEO_TYPE_TEXT; /* met */
    return true;
}

/* Meets a new name: it is another spelling of a known column, or a new one, or not wanted. */
static enum geo_status meet(struct geo_ctx *ctx, struct geo_columns *columns, const char *name,
                            size_t n, size_t *key)
{
    const char *normal = NULL;
    GEO_TRY(normalise(ctx, columns, name, n, &normal));
    *key = SIZE_MAX;
    if (!is_wanted(columns, normal))
        return columns->key_n < LEFT_OUT_MAX ? add_key(ctx, columns, name, n, SIZE_MAX) : GEO_OK;
    size_t length = strlen(normal), known = find_key(columns, normal, length, SIZE_MAX);
    if (known == SIZE_MAX) {
        GEO_TRY(add_column(ctx, columns, normal));
        known = columns->key_n - 1;
    }
    if (length != n || memcmp(normal, name, n)) {
        GEO_TRY(add_key(ctx, columns, name, n, columns->key[known].column));
        known = columns->key_n - 1;
    }
    *key = known;
    return GEO_OK;
}

/* Whether a key belongs to a column, not to a name that is left out. */
static bool is_kept(const struct geo_columns *columns, size_t key)
{
    return key != SIZE_MAX && columns->key[key].column != SIZE_MAX;
}

enum geo_status geo_columns_state(struct geo_ctx *ctx, struct geo_columns *columns,
                                  const char *name, size_t n, enum geo_type type)
{
    size_t key = find_key(columns, name, n, SIZE_MAX);
    if (key == SIZE_MAX)
        GEO_TRY(meet(ctx, columns, name, n, &key));
    if (!is_kept(columns, key))
        return GEO_OK;
    struct geo_known_column *column = &columns->column[columns->key[key].column];
    column->type = geo_type_widen(column->type, type);
    column->stated = column->type;
    return GEO_OK;
}

/* ---- parts of the input ---- */

static enum geo_status branch_off(struct geo_ctx *ctx, const struct geo_columns *from,
                                  struct geo_columns *branch)
{
    branch->is_selected = from->is_selected;
    for (size_t i = 0; i < from->wanted.n; i++)
        GEO_TRY(
            geo_fields_add(ctx, &branch->wanted, from->wanted.field[i].name, GEO_TYPE_NULL, 0, 0));
    for (size_t c = 0; c < from->n; c++) {
        const struct geo_known_column *column = &from->column[c];
        if (column->stated != GEO_TYPE_NULL)
            GEO_TRY(
                geo_columns_state(ctx, branch, column->name, strlen(column->name), column->stated));
    }
    return GEO_OK;
}

enum geo_status geo_columns_branch(struct geo_ctx *ctx, const struct geo_columns *from,
                                   struct geo_columns *branch)
{
    struct geo_columns made;
    GEO_TRY(geo_columns_init(ctx, &made, NULL));
    enum geo_status status = branch_off(ctx, from, &made);
    if (status == GEO_OK)
        *branch = made;
    else
        geo_columns_release(&made);
    return status;
}

enum geo_status geo_columns_join(struct geo_ctx *ctx, struct geo_columns *columns,
                                 const struct geo_columns *branch)
{
    for (size_t k = 0; k < branch->key_n; k++) {
        const struct geo_column_key *from = &branch->key[k];
        size_t key = find_key(columns, from->name, from->n, k);
        if (key == SIZE_MAX)
            GEO_TRY(meet(ctx, columns, from->name, from->n, &key));
        if (!is_kept(columns, key))
            continue;
        struct geo_known_column *column = &columns->column[columns->key[key].column];
        column->type = geo_type_widen(column->type, branch->column[from->column].type);
    }
    return GEO_OK;
}

/* ---- columns of a batch ---- */

enum geo_status geo_columns_fields(struct geo_ctx *ctx, const struct geo_columns *columns,
                                   struct geo_fields *fields)
{
    for (size_t c = 0; c < columns->n; c++)
        GEO_TRY(
            geo_fields_add(ctx, fields, columns->column[c].name, columns->column[c].type, 0, 0));
    return GEO_OK;
}

static enum geo_status attach(struct geo_ctx *ctx, struct geo_known_column *column,
                              struct geo_batch *batch)
{
    if (column->at == SIZE_MAX)
        column->at = geo_batch_find_column(batch, column->name);
    if (column->at == SIZE_MAX)
        GEO_TRY(geo_batch_add_column(ctx, batch, column->name, column->type, &column->at));
    batch->column[column->at].type = column->type;
    return GEO_OK;
}

enum geo_status geo_columns_attach(struct geo_ctx *ctx, struct geo_columns *columns,
                                   struct geo_batch *batch)
{
    for (size_t c = 0; c < columns->n; c++) {
        struct geo_known_column *column = &columns->column[c];
        bool is_there = c < batch->column_count && !strcmp(batch->column[c].name, column->name);
        column->at = is_there ? c : SIZE_MAX;
        GEO_TRY(attach(ctx, column, batch));
    }
    return GEO_OK;
}

/* ---- cells ---- */

/* The type of a cell, given what its column is stated to be. */
static enum geo_type cell_type(const struct geo_known_column *column, enum geo_type type)
{
    enum geo_type stated = column->stated;
    bool is_date = stated >= GEO_TYPE_DATE && stated <= GEO_TYPE_DATETIME;
    bool fits = type == GEO_TYPE_TEXT ? is_date : type == GEO_TYPE_INT && stated == GEO_TYPE_REAL;
    return fits ? stated : type;
}

/* A cell's value as the batch has it: a text is copied in normal form. */
static enum geo_status convert(struct geo_ctx *ctx, const struct geo_columns *columns,
                               const struct geo_draft *draft, const struct geo_draft_cell *cell,
                               enum geo_type type, struct geo_batch *batch, union geo_value *value)
{
    *value = cell->value;
    if (type == GEO_TYPE_REAL && cell->type == GEO_TYPE_INT)
        value->real = (double)cell->value.integer;
    if (type < GEO_TYPE_TEXT)
        return GEO_OK;
    enum geo_status status = geo_decode(ctx, columns->decoder, draft->text + cell->value.text.at,
                                        cell->value.text.n, batch, &value->text.at, &value->text.n);
    if (status == GEO_ETEXT)
        return geo_fail(ctx, GEO_EREAD, "the text of property '%.*s' is not UTF-8",
                        geo_draft_shown(draft->text + cell->key, cell->key_n),
                        draft->text + cell->key);
    return status;
}

static enum geo_status put_cell(struct geo_ctx *ctx, struct geo_columns *columns,
                                struct geo_known_column *column, const struct geo_draft *draft,
                                const struct geo_draft_cell *cell, struct geo_batch *batch)
{
    enum geo_type type = cell_type(column, cell->type);
    column->type = geo_type_widen(column->type, type);
    if (!batch)
        return GEO_OK;
    GEO_TRY(attach(ctx, column, batch));
    struct geo_column *to = &batch->column[column->at];
    size_t row = batch->n - 1;
    GEO_TRY(convert(ctx, columns, draft, cell, type, batch, &to->value[row]));
    to->cell_type[row] = (uint8_t)type;
    return GEO_OK;
}

static enum geo_status put_id(struct geo_ctx *ctx, const struct geo_columns *columns,
                              const struct geo_draft *draft, struct geo_batch *batch)
{
    enum geo_type type = draft->id.type;
    if (type == GEO_TYPE_NULL || !batch)
        return GEO_OK;
    GEO_TRY(geo_batch_want_id(ctx, batch));
    size_t row = batch->n - 1;
    GEO_TRY(convert(ctx, columns, draft, &draft->id, type, batch, &batch->id.value[row]));
    batch->id.cell_type[row] = (uint8_t)type;
    return GEO_OK;
}

enum geo_status geo_columns_put(struct geo_ctx *ctx, struct geo_columns *columns,
                                const struct geo_draft *draft, struct geo_batch *batch)
{
    size_t likely = 0;
    for (size_t i = 0; i < draft->cell_n; i++) {
        const struct geo_draft_cell *cell = &draft->cell[i];
        const char *name = draft->text + cell->key;
        size_t key = find_key(columns, name, cell->key_n, likely);
        if (key == SIZE_MAX)
            GEO_TRY(meet(ctx, columns, name, cell->key_n, &key));
        if (!is_kept(columns, key))
            continue;
        struct geo_known_column *column = &columns->column[columns->key[key].column];
        GEO_TRY(put_cell(ctx, columns, column, draft, cell, batch));
        likely = key + 1;
    }
    return put_id(ctx, columns, draft, batch);
}
