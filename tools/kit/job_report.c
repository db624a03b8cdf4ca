#include "kit/job_report.h"

#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "kit/text.h"

#define LINE 1024

/* "4, 17 (105.1 21.3), 21 and 5 more" */
static void list_features(const struct geo_fate *fate, char *out, size_t room)
{
    size_t used = 0;
    for (size_t i = 0; i < fate->listed && used < room; i++) {
        const char *detail = fate->detail[i];
        used += (size_t)snprintf(out + used, room - used, "%s%" PRId64 "%s%s%s", i ? ", " : "",
                                 fate->fid[i], detail[0] ? " (" : "", detail, detail[0] ? ")" : "");
    }
    if (fate->count > fate->listed && used < room)
        snprintf(out + used, room - used, " and %" PRIu64 " more", fate->count - fate->listed);
}

/* A note on the whole input, not on one of its features. */
static void report_input(struct say *say, const struct geo_fate *fate)
{
    say_note(say, "%s%s%s%s%s", fate->origin, fate->origin[0] ? ": " : "", fate->what,
             fate->detail[0][0] ? ": " : "", fate->detail[0]);
}

static void report_features(struct say *say, const struct geo_fate *fate)
{
    char which[LINE] = "", areas[96] = "";
    const char *kind = fate->kind == GEO_NOTE_SKIPPED ? " skipped" : "";
    list_features(fate, which, sizeof which);
    if (fate->before_m2 != 0 || fate->after_m2 != 0)
        snprintf(areas, sizeof areas, "; area %.4f ha before, %.4f ha after", fate->before_m2 / 1e4,
                 fate->after_m2 / 1e4);
    say_note(say, "%s%s%" PRIu64 " feature%s%s: %s: %s%s", fate->origin,
             fate->origin[0] ? ": " : "", fate->count, fate->count == 1 ? "" : "s", kind,
             fate->what, which, areas);
}

void job_report(struct say *say, const struct geo_report *report)
{
    for (size_t f = 0; f < report->fate_count; f++) {
        const struct geo_fate *fate = &report->fate[f];
        if (fate->fid[0] < 0)
            report_input(say, fate);
        else
            report_features(say, fate);
    }
}

void job_explain_input(struct say *say, const struct geo_origin_info *info, bool to_stdout)
{
    char accuracy[64] = "", line[LINE];
    if (info->operation[0] && info->accuracy_m < 0)
        snprintf(accuracy, sizeof accuracy, ", accuracy not known");
    else if (info->operation[0])
        snprintf(accuracy, sizeof accuracy, ", accuracy %g m", info->accuracy_m);
    snprintf(line, sizeof line, "%s: %s, layer %s, CRS %s; %s%s%s; text %s", info->name,
             info->driver, info->layer, info->crs,
             info->operation[0] ? "to WGS 84 by " : "on WGS 84", info->operation, accuracy,
             info->encoding);
    if (!to_stdout) {
        say_detail(say, "%s", line);
        return;
    }
    text_print(stdout, line);
    putchar('\n');
}

void job_explain(const struct geo_source *source, enum geo_edges edges)
{
    int64_t count = geo_source_count(source);
    if (count >= 0)
        printf("features: %" PRId64 "\n", count);
    else
        printf("features: not known before they are read\n");
    printf("edges: %s\n", edges == GEO_EDGES_LONLAT ? "straight in longitude and latitude"
                                                    : "geodesics of WGS 84");
}
