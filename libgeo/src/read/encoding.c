/* Which encoding the text of a layer is in: as the options say, else as the layer states, else as
 * its text shows; and what is doubtful about that. */
#include <cpl_string.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "read/ogr.h"
#include "read/text_notes.h"
#include "read/verdict_text.h"

/* How much is looked at where nothing is stated, and where something is: rows, and different texts
 * of a column. */
#define ALL_ROWS 65536
#define ALL_TEXTS 2048
#define SOME_ROWS 4096
#define SOME_TEXTS 64

/* A choice while it is made. */
struct choice {
    const struct geo_ogr *ogr;
    struct geo_origin *origin;
    bool may_fix;
    const char *stated, *by; /* NULL: nobody states it; "the option", ".cpg", "DBF's language id" */
    bool is_asked;           /* by the option */
    bool is_unknown;         /* what is stated is no encoding */
    char encoding[64];       /* what is taken */
    bool prefers_utf8;       /* for what is not UTF-8 */
    struct geo_sample sample;
};

/* ---- what is wrong ---- */

/* Fails, or, where any text will do, remembers why it would. */
static enum geo_status fail_or_note(struct geo_ctx *ctx, struct choice *choice,
                                    const struct geo_text_finding *fault)
{
    const char *name = choice->origin->name;
    if (!choice->ogr->is_lenient)
        return geo_fail(ctx, GEO_ETEXT, "%s: %s: %s; %s", name, fault->what, fault->evidence,
                        fault->remedy);
    struct geo_text_finding *finding = geo_add_text_finding(choice->origin, GEO_SEVERITY_ERROR);
    if (!finding)
        return geo_no_memory(ctx);
    *finding = *fault;
    finding->severity = GEO_SEVERITY_ERROR;
    free(choice->origin->text_fault);
    if (asprintf(&choice->origin->text_fault, "%s: %s", fault->what, fault->remedy) >= 0)
        return GEO_OK;
    choice->origin->text_fault = NULL;
    return geo_no_memory(ctx);
}

/* Texts that are read as most are, although they may be in another encoding. */
static enum geo_status warn_of_rest(struct geo_ctx *ctx, struct choice *choice,
                                    const struct geo_verdict *verdict)
{
    if (verdict->rest.texts == 0)
        return GEO_OK;
    struct geo_text_finding *finding = geo_add_text_finding(choice->origin, GEO_SEVERITY_WARNING);
    if (!finding)
        return geo_no_memory(ctx);
    geo_say(finding->what, sizeof finding->what, "some of its text may be in another encoding");
    geo_write_rest(choice->ogr, &choice->sample, verdict, finding->evidence,
                   sizeof finding->evidence);
    geo_say(finding->remedy, sizeof finding->remedy,
            "look at them, and put them right where they were made");
    return geo_add_text_note(ctx, choice->origin, finding->what, finding->evidence);
}

/* Text that is mostly UTF-8 and in one other encoding for the rest is taken so. */
static enum geo_status take_both(struct geo_ctx *ctx, struct choice *choice,
                                 const struct geo_verdict *verdict, const char *rest)
{
    char what[sizeof choice->origin->text->what], where[500];
    geo_say(choice->encoding, sizeof choice->encoding, "%s", rest);
    choice->prefers_utf8 = true;
    geo_write_rest(choice->ogr, &choice->sample, verdict, where, sizeof where);
    geo_say(what, sizeof what,
            "text is in more than one encoding; fixed: what is not UTF-8 is "
            "taken for %s",
            rest);
    return geo_add_text_note(ctx, choice->origin, what, where);
}

static bool is_mixed_utf8(const struct geo_verdict *verdict)
{
    return verdict->certainty == GEO_TEXT_MIXED && verdict->n &&
           !strcmp(verdict->reading[0].encoding, "UTF-8");
}

/* ---- nothing is stated ---- */

/* What it is best shown in where it is not known: CP1252, in which other programs do. */
static enum geo_status take_fault(struct geo_ctx *ctx, struct choice *choice,
                                  const struct geo_verdict *verdict)
{
    struct geo_text_finding fault = {0};
    const char *rest = verdict->rest.reading.encoding;
    if (choice->may_fix && is_mixed_utf8(verdict) && rest[0])
        return take_both(ctx, choice, verdict, rest);
    geo_write_fault(choice->ogr, &choice->sample, verdict, &fault);
    geo_say(choice->encoding, sizeof choice->encoding, "%s",
            verdict->n ? verdict->reading[0].encoding : "CP1252");
    return fail_or_note(ctx, choice, &fault);
}

static enum geo_status take_verdict(struct geo_ctx *ctx, struct choice *choice,
                                    const struct geo_verdict *verdict)
{
    const struct geo_reading *reading = &verdict->reading[0];
    if (verdict->certainty == GEO_TEXT_AMBIGUOUS || verdict->certainty == GEO_TEXT_MIXED)
        return take_fault(ctx, choice, verdict);
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
    geo_write_evidence(reading, finding->evidence, sizeof finding->evidence);
    geo_say(finding->remedy, sizeof finding->remedy,
            "geo-export writes UTF-8 and says so; %s %s spares the search",
            choice->origin->encoding_option, reading->encoding);
    if (!strcmp(reading->encoding, "UTF-8"))
        return GEO_OK;
    GEO_TRY(geo_add_text_note(ctx, choice->origin, finding->what, finding->evidence));
    return warn_of_rest(ctx, choice, verdict);
}

/* ---- something is stated ---- */

/* What is stated is not what the text is: it is obeyed, with a finding, unless it may be fixed. */
static enum geo_status contradict(struct geo_ctx *ctx, struct choice *choice,
                                  const struct geo_reading *reading)
{
    struct geo_origin *origin = choice->origin;
    struct geo_text_finding *finding = geo_add_text_finding(origin, GEO_SEVERITY_ERROR);
    if (!finding)
        return geo_no_memory(ctx);
    geo_say(finding->what, sizeof finding->what, "text is stated as %.40s (%s), but is %s",
            choice->stated, choice->by, reading->encoding);
    geo_write_evidence(reading, finding->evidence, sizeof finding->evidence);
    geo_say(finding->remedy, sizeof finding->remedy, "%s %s, or geo-export --fix text",
            origin->encoding_option, reading->encoding);
    if (choice->may_fix) {
        geo_say(choice->encoding, sizeof choice->encoding, "%s", reading->encoding);
        return geo_add_text_note(ctx, origin, finding->what, "fixed: taken so");
    }
    if (asprintf(&origin->text_doubt, "%s: %s", finding->what, finding->remedy) >= 0)
        return GEO_OK;
    origin->text_doubt = NULL;
    return geo_no_memory(ctx);
}

/* What is stated may be right for a part. */
static enum geo_status doubt_mixed(struct geo_ctx *ctx, struct choice *choice,
                                   const struct geo_verdict *verdict)
{
    struct geo_text_finding fault = {0};
    const char *rest = verdict->rest.reading.encoding;
    if (choice->may_fix)
        return take_fault(ctx, choice, verdict);
    geo_write_fault(choice->ogr, &choice->sample, verdict, &fault);
    if (choice->ogr->is_lenient)
        return fail_or_note(ctx, choice, &fault);
    if (is_mixed_utf8(verdict) || !rest[0])
        return GEO_OK; /* the reader fails at the first text that is not what is stated */
    if (asprintf(&choice->origin->text_doubt, "%s: %s; %s", fault.what, fault.evidence,
                 fault.remedy) >= 0)
        return GEO_OK;
    choice->origin->text_doubt = NULL;
    return geo_no_memory(ctx);
}

static enum geo_status doubt(struct geo_ctx *ctx, struct choice *choice,
                             const struct geo_verdict *verdict)
{
    bool is_wrong;
    if (verdict->certainty == GEO_TEXT_MIXED)
        return doubt_mixed(ctx, choice, verdict);
    enum geo_status status = geo_doubt(ctx, &choice->sample, choice->stated, verdict, &is_wrong);
    if (status == GEO_ETEXT) /* what is stated is no encoding, which is said when it is opened */
        is_wrong = verdict->certainty == GEO_TEXT_CERTAIN;
    else
        GEO_TRY(status);
    if (is_wrong)
        return contradict(ctx, choice, &verdict->reading[0]);
    return warn_of_rest(ctx, choice, verdict);
}

/* With --fix text, what the user states is for the text that is not UTF-8. */
static enum geo_status take_asked(struct geo_ctx *ctx, struct choice *choice,
                                  const struct geo_verdict *verdict)
{
    char encoding[sizeof choice->encoding];
    memcpy(encoding, choice->encoding, sizeof encoding);
    if (!strcmp(encoding, "UTF-8"))
        return GEO_OK;
    choice->prefers_utf8 =
        verdict->certainty == GEO_TEXT_CERTAIN && !strcmp(verdict->reading[0].encoding, "UTF-8");
    return is_mixed_utf8(verdict) ? take_both(ctx, choice, verdict, encoding) : GEO_OK;
}

/* ---- what is stated is no encoding ---- */

static enum geo_status fail_unknown(struct geo_ctx *ctx, struct choice *choice,
                                    const struct geo_verdict *verdict)
{
    struct geo_text_finding fault = {0};
    bool is_told = verdict->certainty == GEO_TEXT_CERTAIN;
    geo_say(fault.what, sizeof fault.what, "its %s states '%.40s', which is no encoding",
            choice->by, choice->stated);
    if (is_told)
        geo_say(fault.evidence, sizeof fault.evidence, "its text is %s ('%s')",
                verdict->reading[0].encoding, verdict->reading[0].text);
    else
        geo_write_fault(choice->ogr, &choice->sample, verdict, &fault);
    geo_say(fault.what, sizeof fault.what, "its %s states '%.40s', which is no encoding",
            choice->by, choice->stated);
    if (is_told)
        geo_say(fault.remedy, sizeof fault.remedy,
                "geo-export --fix text takes it so, as does "
                "%s %s",
                choice->origin->encoding_option, verdict->reading[0].encoding);
    geo_say(choice->encoding, sizeof choice->encoding, "%s",
            verdict->n ? verdict->reading[0].encoding : "CP1252");
    return fail_or_note(ctx, choice, &fault);
}

static enum geo_status replace_unknown(struct geo_ctx *ctx, struct choice *choice,
                                       const struct geo_verdict *verdict)
{
    bool is_told = verdict->certainty == GEO_TEXT_CERTAIN;
    if (verdict->certainty == GEO_TEXT_PLAIN) {
        geo_say(choice->encoding, sizeof choice->encoding, "UTF-8"); /* no text depends on it */
        return GEO_OK;
    }
    if (choice->may_fix)
        return is_told ? contradict(ctx, choice, &verdict->reading[0])
                       : take_fault(ctx, choice, verdict);
    return fail_unknown(ctx, choice, verdict);
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

/* Whether a sample may tell something, and whether it is worth looking at all rows. */
static bool is_worth_a_look(const struct choice *choice, bool *is_all)
{
    const struct geo_ogr *ogr = choice->ogr;
    *is_all = !choice->stated || choice->may_fix || choice->is_unknown ||
              (ogr->is_lenient && !choice->is_asked);
    if (!ogr->is_raw || ogr->dxf_encoding[0])
        return false;
    return *is_all ||
           (strcmp(choice->encoding, "UTF-8") != 0 && !choice->is_asked && ogr->is_shapefile);
}

/* Takes a sample and judges it. */
static enum geo_status look(struct geo_ctx *ctx, struct geo_ogr *ogr, struct choice *choice)
{
    struct geo_verdict verdict;
    bool is_all;
    if (!is_worth_a_look(choice, &is_all))
        return GEO_OK;
    choice->sample.column_max = is_all ? ALL_TEXTS : SOME_TEXTS;
    GEO_TRY(geo_layer_sample(ctx, ogr, is_all ? ALL_ROWS : SOME_ROWS, &choice->sample));
    GEO_TRY(geo_detect(ctx, &choice->sample, &verdict));
    if (!choice->stated)
        GEO_TRY(take_verdict(ctx, choice, &verdict));
    else if (choice->is_unknown)
        GEO_TRY(replace_unknown(ctx, choice, &verdict));
    else if (!choice->is_asked)
        GEO_TRY(doubt(ctx, choice, &verdict));
    else
        GEO_TRY(take_asked(ctx, choice, &verdict));
    if (strcmp(choice->encoding, "TCVN") != 0)
        return GEO_OK;
    return geo_layer_capitals(ctx, &choice->sample, choice->may_fix, ogr, choice->origin);
}

/* ---- the decoder ---- */

/* Whether what is stated is an encoding at all: by the user it is a slip, in a file a fault. */
static enum geo_status check_name(struct geo_ctx *ctx, struct choice *choice)
{
    struct geo_decoder *decoder = NULL;
    enum geo_status status = geo_decoder_new(ctx, choice->encoding, &decoder);
    geo_decoder_free(decoder);
    choice->is_unknown = status == GEO_ETEXT;
    if (status != GEO_ETEXT)
        return status;
    if (!choice->is_asked)
        return GEO_OK;
    return geo_fail(ctx, GEO_EARG, "%s: '%s' is no encoding; VNI and all that iconv --list has are",
                    choice->origin->encoding_option, choice->stated);
}

static enum geo_status make_decoder(struct geo_ctx *ctx, const struct choice *choice,
                                    struct geo_ogr *ogr)
{
    enum geo_status status = geo_decoder_new(ctx, choice->encoding, &ogr->decoder);
    if (status == GEO_ETEXT)
        return geo_fail(ctx, GEO_ETEXT, "%s: %s; say which with %s, for example %s CP1258",
                        ogr->name, geo_ctx_message(ctx), ogr->encoding_option,
                        ogr->encoding_option);
    GEO_TRY(status);
    if (choice->prefers_utf8 || ogr->dxf_encoding[0])
        geo_decoder_prefer_utf8(ogr->decoder);
    return GEO_OK;
}

enum geo_status geo_ogr_set_encoding(struct geo_ctx *ctx, const struct geo_read_options *options,
                                     struct geo_ogr *ogr, struct geo_origin *origin)
{
    struct choice choice = {.ogr = ogr, .origin = origin, .may_fix = options->fix & GEO_FIX_TEXT};
    ogr->is_lenient = options->any_text;
    ogr->is_raw = ogr->is_shapefile || ogr->is_csv || ogr->dxf_encoding[0] ||
                  !OGR_L_TestCapability(ogr->layer, OLCStringsAsUTF8);
    origin->is_always_utf8 = !ogr->is_raw;
    find_statement(options, ogr, &choice);
    GEO_TRY(check_name(ctx, &choice));
    enum geo_status status = look(ctx, ogr, &choice);
    geo_sample_release(&choice.sample);
    GEO_TRY(status);
    return make_decoder(ctx, &choice, ogr);
}
