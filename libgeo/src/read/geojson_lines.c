/* Lines of GeoJSON in two halves: one thread sets whole lines aside, any thread parses them, with a
 * reader of its own that begins each time as it began the first time. What the lines owe to those
 * before them (numbers, columns, what is said once) is settled in their order. */
#include <pthread.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "read/geojson.h"

/* What is set aside is full at this many bytes, and never has more than so many: longer lines are
 * read as they come. */
#define FULL_BYTES ((size_t)1 << 20)
#define MOST_BYTES ((size_t)4 << 20)

#define RECORD_SEPARATOR 0x1E

struct part {
    struct geo_geojson reader; /* its chunk is the text; what it states is borrowed */
    bool is_last;              /* the input ends with it */
    struct part *next;         /* of all parts */
    struct part *next_free;    /* of those not in use */
};

struct geo_geojson_lines {
    pthread_mutex_t lock; /* of the list of parts not in use */
    struct part *all, *idle;
    struct geo_columns stated; /* what every part begins with */
};

static void free_part(struct part *part)
{
    if (part->reader.yajl)
        yajl_free(part->reader.yajl);
    free(part->reader.bytes.chunk);
    free(part->reader.crs_json);
    geo_draft_release(&part->reader.draft);
    geo_columns_release(&part->reader.columns);
    free(part);
}

void geo_geojson_release_lines(struct geo_geojson *reader)
{
    struct geo_geojson_lines *lines = reader->lines;
    if (!lines)
        return;
    while (lines->all) {
        struct part *part = lines->all;
        lines->all = part->next;
        free_part(part);
    }
    geo_columns_release(&lines->stated);
    pthread_mutex_destroy(&lines->lock);
    free(lines);
    reader->lines = NULL;
}

/* ---- where lines end ---- */

static bool is_blank(unsigned char c)
{
    return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

/* Whether the last byte of a line that is not blank is a bracket that closes an object. */
static bool ends_object(const unsigned char *text, size_t start, size_t end)
{
    while (end > start && text[end - 1] != '\n' && is_blank(text[end - 1]))
        end--;
    return end > start && text[end - 1] == '}';
}

/* Finds where the next object begins that stands on a line of its own behind another one: in JSON
 * that is at the top, since within a value a comma or bracket would stand between the two, and no
 * string goes on over the end of a line. `at` moves on to it, or to where to look again when there
 * is more of the text. */
static bool find_start(const struct geo_bytes *bytes, size_t *at)
{
    const unsigned char *text = bytes->chunk;
    for (size_t from = *at;; from++) {
        const unsigned char *end =
            from < bytes->n ? memchr(text + from, '\n', bytes->n - from) : NULL;
        *at = from = end ? (size_t)(end - text) : bytes->n;
        if (!end)
            return false;
        if (!ends_object(text, bytes->at, from))
            continue;
        while (from < bytes->n && is_blank(text[from]))
            from++;
        if (from == bytes->n)
            return false;
        if (text[from] == '{' || text[from] == RECORD_SEPARATOR) {
            *at = from;
            return true;
        }
    }
}

/* Finds how many bytes to set aside: up to a line's end, as many lines as fill a batch. 0: none, the
 * next line is too long or there is no more text. Does not depend on how the bytes come. */
static enum geo_status find_end(struct geo_ctx *ctx, struct geo_bytes *bytes, size_t *n,
                                bool *is_last)
{
    size_t at = bytes->at, lines = 0;
    *n = 0;
    *is_last = false;
    while (lines < GEO_BATCH_FEATURES && *n < FULL_BYTES) {
        bool found = find_start(bytes, &at);
        if (at - bytes->at > MOST_BYTES)
            return GEO_OK;
        if (found) {
            *n = at - bytes->at;
            lines++;
            continue;
        }
        size_t taken = bytes->at;
        enum geo_status status = geo_bytes_more(ctx, bytes);
        at -= taken - bytes->at;
        if (status == GEO_END) {
            *n = bytes->n - bytes->at;
            *is_last = true;
            return GEO_OK;
        }
        GEO_TRY(status);
    }
    return GEO_OK;
}

/* ---- the claim ---- */

/* Whether the parser stands between two values of a text that is no single document. */
static bool is_between_lines(const struct geo_geojson *reader)
{
    return reader->is_lines && reader->depth == 0 && !reader->held && !reader->ended;
}

static enum geo_status begin_lines(struct geo_ctx *ctx, struct geo_geojson *reader)
{
    struct geo_geojson_lines *lines = calloc(1, sizeof *lines);
    if (!lines)
        return geo_no_memory(ctx);
    enum geo_status status = geo_columns_branch(ctx, &reader->columns, &lines->stated);
    if (status != GEO_OK) {
        free(lines);
        return status;
    }
    pthread_mutex_init(&lines->lock, NULL);
    reader->lines = lines;
    return GEO_OK;
}

/* A reader for a part, with all that the input has said of itself. */
static enum geo_status new_part(struct geo_ctx *ctx, const struct geo_geojson *reader,
                                struct part **made)
{
    struct part *part = calloc(1, sizeof *part);
    if (!part)
        return geo_no_memory(ctx);
    part->reader.is_part = true;
    part->reader.origin = reader->origin;
    part->reader.path = reader->path;
    part->reader.plain = reader->plain;
    part->reader.bytes =
        (struct geo_bytes){.path = reader->bytes.path, .fd = reader->bytes.fd, .spool = -1};
    part->reader.ignore_crs = reader->ignore_crs;
    part->reader.crs = reader->crs;
    part->reader.streamed = reader->streamed;
    part->reader.crs_json = reader->crs_json ? strdup(reader->crs_json) : NULL;
    if (reader->crs_json && !part->reader.crs_json) {
        free(part);
        return geo_no_memory(ctx);
    }
    part->next = reader->lines->all;
    reader->lines->all = part;
    *made = part;
    return GEO_OK;
}

static enum geo_status take_part(struct geo_ctx *ctx, const struct geo_geojson *reader,
                                 struct part **part)
{
    struct geo_geojson_lines *lines = reader->lines;
    pthread_mutex_lock(&lines->lock);
    *part = lines->idle;
    if (*part)
        lines->idle = (*part)->next_free;
    pthread_mutex_unlock(&lines->lock);
    return *part ? GEO_OK : new_part(ctx, reader, part);
}

static void give_back(struct geo_geojson_lines *lines, struct part *part)
{
    pthread_mutex_lock(&lines->lock);
    part->next_free = lines->idle;
    lines->idle = part;
    pthread_mutex_unlock(&lines->lock);
}

enum geo_status geo_geojson_claim(struct geo_ctx *ctx, void *self, struct geo_claim *claim)
{
    struct geo_geojson *reader = self;
    struct part *part;
    size_t n;
    bool is_last;
    if (!is_between_lines(reader))
        return GEO_OK;
    GEO_TRY(find_end(ctx, &reader->bytes, &n, &is_last));
    if (n == 0 || n > MOST_BYTES)
        return GEO_OK;
    if (!reader->lines)
        GEO_TRY(begin_lines(ctx, reader));
    GEO_TRY(take_part(ctx, reader, &part));
    enum geo_status status = geo_bytes_part(ctx, &reader->bytes, n, &part->reader.bytes);
    if (status != GEO_OK) {
        give_back(reader->lines, part);
        return status;
    }
    part->is_last = is_last;
    claim->is_loaded = false;
    claim->part = part;
    return GEO_OK;
}

/* ---- the load ---- */

/* Makes a part's reader what the whole input's would be: between two values. The one before is a
 * value that is passed over. */
static enum geo_status begin_part(struct geo_ctx *ctx, const struct geo_geojson *reader,
                                  struct geo_geojson *own, struct geo_batch *batch)
{
    own->ctx = ctx;
    geo_columns_release(&own->columns);
    GEO_TRY(geo_columns_branch(ctx, &reader->lines->stated, &own->columns));
    GEO_TRY(geo_geojson_start(own));
    own->mode = GEO_MODE_SKIP;
    if (yajl_parse(own->yajl, (const unsigned char *)"[]", 2) != yajl_status_ok)
        return geo_no_memory(ctx);
    own->any = own->is_lines = true;
    own->told_heights = false;
    own->batch = batch;
    return geo_columns_attach(ctx, &own->columns, batch);
}

enum geo_status geo_geojson_load(struct geo_ctx *ctx, void *self, const struct geo_claim *claim,
                                 struct geo_batch *batch)
{
    const struct geo_geojson *reader = self;
    struct part *part = claim->part;
    struct geo_geojson *own = &part->reader;
    struct geo_bytes *bytes = &own->bytes;
    enum geo_status status = begin_part(ctx, reader, own, batch);
    while (status == GEO_OK && bytes->at < bytes->n)
        status = geo_geojson_step(own);
    if (status != GEO_OK)
        return status;
    if (part->is_last) {
        geo_bytes_pass(bytes);
        status = geo_geojson_end(own);
        return status == GEO_END ? GEO_OK : status;
    }
    if (own->depth == 0)
        return GEO_OK;
    bytes->n++; /* the next object begins where none may stand: the parser says what is wrong */
    return geo_geojson_step(own);
}

/* ---- the settlement ---- */

/* A note stands once in an input. */
static void remove_note(struct geo_batch *batch, const char *what)
{
    size_t k = 0;
    while (k < batch->note_count && batch->note[k].what != what)
        k++;
    if (k == batch->note_count)
        return;
    batch->note_count--;
    memmove(&batch->note[k], &batch->note[k + 1], (batch->note_count - k) * sizeof *batch->note);
}

/* Numbers the features on from those of the lines before. */
static void number_features(struct geo_batch *batch, int64_t before)
{
    for (size_t i = 0; i < batch->n; i++)
        batch->fid[i] += before;
    for (size_t k = 0; k < batch->note_count; k++)
        batch->note[k].fid += batch->note[k].fid >= 0 ? before : 0;
}

enum geo_status geo_geojson_settle(struct geo_ctx *ctx, void *self, const struct geo_claim *claim,
                                   struct geo_batch *batch)
{
    struct geo_geojson *reader = self;
    struct part *part = claim->part;
    number_features(batch, reader->count);
    reader->count += (int64_t)batch->n;
    if (reader->told_heights && part->reader.told_heights)
        remove_note(batch, geo_geojson_no_heights);
    reader->told_heights = reader->told_heights || part->reader.told_heights;
    enum geo_status status = geo_columns_join(ctx, &reader->columns, &part->reader.columns);
    if (status != GEO_OK)
        return geo_geojson_add_place(&part->reader, status, 0);
    reader->ctx = ctx;
    GEO_TRY(geo_geojson_check_place(reader, batch));
    give_back(reader->lines, part);
    return GEO_OK;
}
