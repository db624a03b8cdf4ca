/* Which encoding the text of a layer is in: as the options say, else as the layer states, else as
 * its text shows; and what is doubtful about that. */
#include <cpl_string.h>
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "read/ogr.h"
#include "read/text_notes.h"

/* How much is looked at where nothing is stated, and where something is: rows, and different texts
 * of a column. */
#define ALL_ROWS 65536
#define ALL_TEXTS 512
#define SOME_ROWS 4096
#define SOME_TEXTS 64

/* A choice while it is made. */
struct choice {
    const struct geo_ogr *ogr;
    struct geo_origin *origin;
    bool may_fix;
    const char *stated, *by; /* NULL: nobody states it; "the option", ".cpg", "DBF's language id" */
    bool is_asked;           /* by the option */
    char encoding[64];       /* what is taken */
    struct geo_sample sample;
};

/* ---- nothing is stated ---- */

static void write_evidence(const struct geo_reading *reading, char *text, size_t room)
{
    if (isnan(reading->confidence))
        geo_say(text, room, "libuchardet says so of the whole and of both halves; it reads '%s'",
                reading->text);
    else if (!strcmp(reading->encoding, "UTF-8"))
        geo_say(text, room, "all of it is valid UTF-8; it reads '%s'", reading->text);
    else
        geo_say(
            text, room,
            "confidence %.4f: %zu of %zu different words with marks are Vietnamese; it reads '%s'",
            floor(reading->confidence * 1e4) / 1e4, reading->valid,
            reading->valid + reading->impossible, reading->text);
}

/* "TCVN (0.62: 'Phú Thọ') or VISCII (0.31: '…')" */
static void list_readings(const struct geo_verdict *verdict, char *list, size_t room)
{
    size_t used = 0;
    list[0] = '\0';
    for (size_t i = 0; i < verdict->n && used < room; i++) {
        const struct geo_reading *reading = &verdict->reading[i];
        geo_say(list + used, room - used, "%s%s (", i ? " or " : "", reading->encoding);
        used = strlen(list);
        if (!isnan(reading->confidence))
            geo_say(list + used, room - used, "%.3f: ", floor(reading->confidence * 1e3) / 1e3);
        used = strlen(list);
        geo_say(list + used, room - used, "'%s')", reading->text);
        used = strlen(list);
    }
}

static enum geo_status fail_ambiguous(struct geo_ctx *ctx, const struct choice *choice,
                                      const struct geo_verdict *verdict)
{
    char list[GEO_READINGS_MAX * (GEO_READING_TEXT + 48)];
    const char *option = choice->origin->encoding_option;
    const char *example = verdict->n ? verdict->reading[0].encoding : "CP1258";
    list_readings(verdict, list, sizeof list);
    if (verdict->n)
        return geo_fail(ctx, GEO_ETEXT,
                        "%s: its text states no encoding and may be %s; say which with %s, for "
                        "example %s %s",
                        choice->origin->name, list, option, option, example);
    return geo_fail(ctx, GEO_ETEXT,
                    "%s: its text states no encoding, is not UTF-8, and shows no other; say which "
                    "with %s, for example %s %s",
                    choice->origin->name, option, option, example);
}

static enum geo_status take_verdict(struct geo_ctx *ctx, struct choice *choice,
                                    const struct geo_verdict *verdict)
{
    const struct geo_reading *reading = &verdict->reading[0];
    if (verdict->certainty == GEO_TEXT_AMBIGUOUS)
        return fail_ambiguous(ctx, choice, verdict);
    if (verdict->certainty == GEO_TEXT_PLAIN)
        return GEO_OK;
    geo_say(choice->encoding, sizeof choice->encoding, "%s", reading->encoding);
    if (!choice->ogr->is_shapefile && !strcmp(reading->encoding, "UTF-8"))
        return GEO_OK; /* a format that states none is mostly that */
    struct geo_text_finding *finding = geo_add_text_finding(choice->origin, GEO_SEVERITY_INFO);
    if (!finding)
        return geo_no_memory(ctx);
    geo_say(finding->what, sizeof finding->what, "text encoding is not stated; it is %s",
            reading->encoding);
    write_evidence(reading, finding->evidence, sizeof finding->evidence);
    geo_say(finding->remedy, sizeof finding->remedy,
            "geo-export writes UTF-8 and says so; %s %s spares the search",
            choice->origin->encoding_option, reading->encoding);
    if (!strcmp(reading->encoding, "UTF-8"))
        return GEO_OK;
    return geo_add_text_note(ctx, choice->origin, finding->what, finding->evidence);
}

/* ---- something is stated ---- */

static enum geo_status doubt(struct geo_ctx *ctx, struct choice *choice,
                             const struct geo_verdict *verdict)
{
    const struct geo_reading *reading = &verdict->reading[0];
    bool is_wrong;
    enum geo_status status = geo_doubt(ctx, &choice->sample, choice->stated, verdict, &is_wrong);
    if (status == GEO_ETEXT) /* what is stated is no encoding, which is said when it is opened */
        is_wrong = verdict->certainty == GEO_TEXT_CERTAIN;
    else
        GEO_TRY(status);
    if (!is_wrong)
        return GEO_OK;
    struct geo_text_finding *finding = geo_add_text_finding(choice->origin, GEO_SEVERITY_WARNING);
    if (!finding)
        return geo_no_memory(ctx);
    geo_say(finding->what, sizeof finding->what, "text is stated as %.40s (%s), but is %s",
            choice->stated, choice->by, reading->encoding);
    write_evidence(reading, finding->evidence, sizeof finding->evidence);
    geo_say(finding->remedy, sizeof finding->remedy, "%s %s, or geo-export --fix text",
            choice->origin->encoding_option, reading->encoding);
    if (!choice->may_fix)
        return geo_add_text_note(ctx, choice->origin, finding->what, finding->remedy);
    geo_say(choice->encoding, sizeof choice->encoding, "%s", reading->encoding);
    return geo_add_text_note(ctx, choice->origin, finding->what, "fixed: taken so");
}

/* ---- the choice ---- */

/* What is stated, and by whom. */
static void find_statement(const struct geo_read_options *options, const struct geo_ogr *ogr,
                           struct choice *choice)
{
    choice->stated = ogr->dxf_encoding[0] ? ogr->dxf_encoding : NULL;
    choice->by = "drawing";
    if (ogr->is_raw && options->encoding) {
        choice->stated = options->encoding;
        choice->is_asked = true;
    } else if (!choice->stated && ogr->is_shapefile) {
        choice->stated = geo_shapefile_encoding(ogr->layer, &choice->by);
    } else if (!ogr->is_raw) {
        choice->stated = "UTF-8";
    }
    geo_encoding_name(choice->stated ? choice->stated : "UTF-8", choice->encoding,
                      sizeof choice->encoding);
}

/* Takes a sample and judges it, where that may tell something. */
static enum geo_status look(struct geo_ctx *ctx, struct geo_ogr *ogr, struct choice *choice)
{
    struct geo_verdict verdict;
    bool is_utf8 = !strcmp(choice->encoding, "UTF-8"), is_all = !choice->stated || choice->may_fix;
    if (!ogr->is_raw || ogr->dxf_encoding[0] ||
        (!is_all && (is_utf8 || choice->is_asked || !ogr->is_shapefile)))
        return GEO_OK;
    choice->sample.column_max = is_all ? ALL_TEXTS : SOME_TEXTS;
    GEO_TRY(geo_layer_sample(ctx, ogr, is_all ? ALL_ROWS : SOME_ROWS, &choice->sample));
    GEO_TRY(geo_detect(ctx, &choice->sample, &verdict));
    if (!choice->stated)
        GEO_TRY(take_verdict(ctx, choice, &verdict));
    else if (!choice->is_asked)
        GEO_TRY(doubt(ctx, choice, &verdict));
    if (strcmp(choice->encoding, "TCVN") != 0)
        return GEO_OK;
    return geo_layer_capitals(ctx, &choice->sample, choice->may_fix, ogr, choice->origin);
}

enum geo_status geo_ogr_set_encoding(struct geo_ctx *ctx, const struct geo_read_options *options,
                                     struct geo_ogr *ogr, struct geo_origin *origin)
{
    struct choice choice = {.ogr = ogr, .origin = origin, .may_fix = options->fix & GEO_FIX_TEXT};
    ogr->is_raw = ogr->is_shapefile || ogr->is_csv || ogr->dxf_encoding[0] ||
                  !OGR_L_TestCapability(ogr->layer, OLCStringsAsUTF8);
    find_statement(options, ogr, &choice);
    enum geo_status status = look(ctx, ogr, &choice);
    geo_sample_release(&choice.sample);
    GEO_TRY(status);
    if (ogr->dxf_encoding[0])
        GEO_TRY(geo_decoder_new(ctx, NULL, &ogr->utf8));
    status = geo_decoder_new(ctx, choice.encoding, &ogr->decoder);
    if (status != GEO_ETEXT)
        return status;
    return geo_fail(ctx, GEO_ETEXT, "%s: %s; say which with %s, for example %s CP1258", ogr->name,
                    geo_ctx_message(ctx), ogr->encoding_option, ogr->encoding_option);
}
