#include "stream/report.h"

#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/grow.h"

static const char *origin_name(const struct geo_batch *batch)
{
    return batch->origin ? geo_origin_info(batch->origin).name : "";
}

/* A note on the whole input (fid < 0, a renamed column) is a fate of its own. */
static bool is_same(const struct geo_fate *fate, const char *origin, const struct geo_note *note)
{
    bool is_on_input = fate->fid[0] < 0;
    return !strcmp(fate->what, note->what) && fate->kind == note->kind &&
           !strncmp(fate->origin, origin, sizeof fate->origin - 1) &&
           is_on_input == (note->fid < 0) &&
           (!is_on_input || !strcmp(fate->detail[0], note->detail));
}

static enum geo_status find_fate(struct geo_ctx *ctx, struct geo_report *report, const char *origin,
                                 const struct geo_note *note, struct geo_fate **fate)
{
    for (size_t f = 0; f < report->fate_count; f++) {
        *fate = &report->fate[f];
        if (is_same(*fate, origin, note))
            return GEO_OK;
    }
    if (!geo_grow(&report->fate, report->fate_count + 1, sizeof *report->fate))
        return geo_no_memory(ctx);
    *fate = &report->fate[report->fate_count++];
    **fate = (struct geo_fate){.kind = note->kind, .what = note->what};
    snprintf((*fate)->origin, sizeof(*fate)->origin, "%s", origin);
    return GEO_OK;
}

static void add_note(struct geo_fate *fate, const struct geo_note *note)
{
    if (note->fid < 0 && fate->count > 0)
        return; /* it comes with every batch: once is enough */
    if (fate->listed < sizeof fate->fid / sizeof *fate->fid) {
        fate->fid[fate->listed] = note->fid;
        memcpy(fate->detail[fate->listed++], note->detail, sizeof note->detail);
    }
    fate->count++;
    fate->before_m2 += note->before_m2;
    fate->after_m2 += note->after_m2;
}

enum geo_status geo_report_add(struct geo_ctx *ctx, struct geo_report *report,
                               const struct geo_batch *batch)
{
    for (size_t k = 0; k < batch->note_count; k++) {
        const struct geo_note *note = &batch->note[k];
        struct geo_fate *fate = NULL;
        GEO_TRY(find_fate(ctx, report, origin_name(batch), note, &fate));
        add_note(fate, note);
        report->skipped += note->kind == GEO_NOTE_SKIPPED;
        report->repaired += note->kind == GEO_NOTE_REPAIRED;
    }
    report->read += batch->read;
    for (size_t i = 0; i < batch->n; i++)
        report->written += !batch->dropped[i];
    return GEO_OK;
}

enum geo_status geo_report_strict(struct geo_ctx *ctx, const struct geo_batch *batch)
{
    for (size_t k = 0; k < batch->note_count; k++) {
        const struct geo_note *note = &batch->note[k];
        if (note->kind != GEO_NOTE_INFO)
            return geo_fail(ctx, GEO_EREAD, "%s: feature %" PRId64 ": %s%s%s (--strict stops here)",
                            origin_name(batch), note->fid, note->what, note->detail[0] ? ": " : "",
                            note->detail);
    }
    return GEO_OK;
}

void geo_report_release(struct geo_report *report)
{
    free(report->fate);
    *report = (struct geo_report){0};
}
