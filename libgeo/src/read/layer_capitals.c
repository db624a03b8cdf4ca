/* Columns of a layer in TCVN3 that are in a font of capitals. */
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "read/ogr.h"
#include "read/text_notes.h"
#include "read/verdict_text.h"

/* The columns as they are found out. */
struct columns {
    const struct geo_ogr *ogr;
    const struct geo_sample *sample;
    size_t n;
    struct geo_capitals_count *count;
    enum geo_capitals *capitals;
    struct geo_decoder *decoder;
    struct geo_batch *batch; /* whose text is what was decoded */
};

static enum geo_status decode(struct geo_ctx *ctx, const struct columns *columns,
                              const struct geo_sample_cell *cell, const char **text, size_t *n)
{
    size_t at = 0;
    const char *bytes = columns->sample->bytes + cell->at;
    *n = 0;
    enum geo_status status =
        geo_decode(ctx, columns->decoder, bytes, cell->n, columns->batch, &at, n);
    *text = columns->batch->text + at;
    return status == GEO_ETEXT ? GEO_OK : status; /* the reader says where */
}

static enum geo_status count_all(struct geo_ctx *ctx, struct columns *columns, bool *are_any)
{
    for (size_t i = 0; i < columns->sample->n; i++) {
        const struct geo_sample_cell *cell = &columns->sample->cell[i];
        const char *text;
        size_t n;
        if (cell->column < 0 || (size_t)cell->column >= columns->n)
            continue;
        GEO_TRY(decode(ctx, columns, cell, &text, &n));
        geo_count_capitals(&columns->count[cell->column], text, n);
    }
    for (size_t c = 0; c < columns->n; c++) {
        columns->capitals[c] = geo_capitals_of(&columns->count[c]);
        *are_any = *are_any || columns->capitals[c];
    }
    return GEO_OK;
}

/* Adds a column to a list of them. */
static void name_column(const struct columns *columns, size_t c, char *list, size_t room)
{
    char name[80];
    size_t used = strlen(list);
    geo_write_field(columns->ogr, (int)c, name, sizeof name);
    geo_say(list + used, room - used, "%s%s", used ? ", " : "", name);
}

/* Names the columns and shows the first text that has capitals in one of them. */
static enum geo_status write_evidence(struct geo_ctx *ctx, const struct columns *columns,
                                      char *evidence, size_t room)
{
    char list[160] = "";
    for (size_t c = 0; c < columns->n; c++)
        if (columns->capitals[c])
            name_column(columns, c, list, sizeof list);
    geo_say(evidence, room, "column %s", list);
    for (size_t i = 0; i < columns->sample->n; i++) {
        const struct geo_sample_cell *cell = &columns->sample->cell[i];
        struct geo_capitals_count count = {0};
        const char *text;
        size_t n;
        if (cell->column < 0 || (size_t)cell->column >= columns->n ||
            !columns->capitals[cell->column])
            continue;
        GEO_TRY(decode(ctx, columns, cell, &text, &n));
        geo_count_capitals(&count, text, n);
        if (count.capital == 0)
            continue;
        geo_say(evidence, room, "column %s reads '%.*s'", list, (int)(n < 60 ? n : 60), text);
        return GEO_OK;
    }
    return GEO_OK;
}

static enum geo_status tell(struct geo_ctx *ctx, const struct columns *columns, bool may_fix,
                            struct geo_origin *origin)
{
    struct geo_text_finding *finding = geo_add_text_finding(origin, GEO_SEVERITY_WARNING);
    if (!finding)
        return geo_no_memory(ctx);
    geo_say(finding->what, sizeof finding->what,
            "small letters stand for capitals, as in a font such as .VnTimeH");
    geo_say(finding->remedy, sizeof finding->remedy, "geo-export --fix text");
    GEO_TRY(write_evidence(ctx, columns, finding->evidence, sizeof finding->evidence));
    GEO_TRY(geo_add_text_note(ctx, origin, finding->what, finding->evidence));
    return geo_add_text_note(ctx, origin, may_fix ? "fixed: capitals restored" : finding->remedy,
                             "");
}

/* Columns in small letters only: nothing is done about them, and with a repair that is said. */
static enum geo_status tell_unknown(struct geo_ctx *ctx, const struct columns *columns,
                                    bool may_fix, struct geo_origin *origin)
{
    char list[160] = "";
    for (size_t c = 0; c < columns->n; c++)
        if (geo_are_capitals_unknown(&columns->count[c]))
            name_column(columns, c, list, sizeof list);
    if (!list[0])
        return GEO_OK;
    struct geo_text_finding *finding = geo_add_text_finding(origin, GEO_SEVERITY_INFO);
    if (!finding)
        return geo_no_memory(ctx);
    geo_say(finding->what, sizeof finding->what,
            "columns have small letters only, which a font such as .VnTimeH shows as capitals: "
            "whether they were in one cannot be known");
    geo_say(finding->evidence, sizeof finding->evidence, "column %s", list);
    if (!may_fix)
        return GEO_OK;
    GEO_TRY(geo_add_text_note(ctx, origin, finding->what, finding->evidence));
    return geo_add_text_note(ctx, origin, "left as they are", "");
}

static enum geo_status make(struct geo_ctx *ctx, struct columns *columns)
{
    columns->count = calloc(columns->n + 1, sizeof *columns->count);
    columns->capitals = calloc(columns->n + 1, sizeof *columns->capitals);
    columns->batch = geo_batch_new();
    if (!columns->count || !columns->capitals || !columns->batch)
        return geo_no_memory(ctx);
    return geo_decoder_new(ctx, "TCVN", &columns->decoder);
}

enum geo_status geo_layer_capitals(struct geo_ctx *ctx, const struct geo_sample *sample,
                                   bool may_fix, struct geo_ogr *ogr, struct geo_origin *origin)
{
    struct columns columns = {.ogr = ogr, .sample = sample};
    bool are_any = false;
    columns.n = (size_t)OGR_FD_GetFieldCount(OGR_L_GetLayerDefn(ogr->layer));
    enum geo_status status = make(ctx, &columns);
    if (status == GEO_OK)
        status = count_all(ctx, &columns, &are_any);
    if (status == GEO_OK && are_any)
        status = tell(ctx, &columns, may_fix, origin);
    if (status == GEO_OK)
        status = tell_unknown(ctx, &columns, may_fix, origin);
    if (status == GEO_OK && are_any && may_fix) {
        ogr->capitals = columns.capitals;
        columns.capitals = NULL;
    }
    geo_decoder_free(columns.decoder);
    geo_batch_free(columns.batch);
    free(columns.count);
    free(columns.capitals);
    return status;
}
