#include "draw/paper_sheet.h"

#include <math.h>
#include <stdlib.h>

const char *sheet_word(const struct sheet *sheet, const char *en, const char *vi)
{
    return sheet->map->is_vietnamese ? vi : en;
}

/* The map on the left, a column with all else on the right. */
static struct plan_of_sheet lying(double width, double height, double u)
{
    double margin = 16 * u, top = 34 * u, foot = 14 * u, labels = 13 * u, gap = 8 * u;
    double column = fmax(fmin(0.235 * width, 250 * u), 150 * u);
    struct area neat = area_inset((struct area){0, 0, width, height}, margin);
    double inner = neat.height - top - foot, left = neat.x + neat.width - column - gap;
    double y = neat.y + top;
    return (struct plan_of_sheet){
        .neat = neat,
        .title = {neat.x + gap, neat.y, neat.width - 2 * gap, top},
        .frame = {neat.x + labels + gap, y + labels, left - gap - neat.x - gap - 2 * labels,
                  inner - 2 * labels},
        .legend = {left, y + labels, column, 0.55 * inner - labels},
        .scale = {left, y + 0.55 * inner + gap, column, 50 * u},
        .notes = {left, y + 0.55 * inner + 64 * u, column, 0.45 * inner - 64 * u - labels},
        .foot = {neat.x + gap, neat.y + neat.height - foot, neat.width - 2 * gap, foot},
        .legend_columns = 1,
    };
}

/* need: height of what stands below the map.
 * The map above, all else below: the legend on the left, scale and notes on the right. */
static struct plan_of_sheet upright(double width, double height, double u, double need)
{
    double margin = 16 * u, top = 34 * u, foot = 14 * u, labels = 13 * u, gap = 8 * u;
    struct area neat = area_inset((struct area){0, 0, width, height}, margin);
    double inner = neat.height - top - foot, block = fmin(0.33 * inner, need + 3 * gap);
    double y = neat.y + top, below = y + inner - block + gap, right = 0.36 * neat.width;
    double x = neat.x + neat.width - right;
    return (struct plan_of_sheet){
        .neat = neat,
        .title = {neat.x + gap, neat.y, neat.width - 2 * gap, top},
        .frame = {neat.x + labels + gap, y + labels, neat.width - 2 * labels - 2 * gap,
                  inner - block - 2 * labels},
        .legend = {neat.x + gap, below, neat.width - right - 2 * gap, block - 2 * gap},
        .scale = {x, below, right - gap, 58 * u},
        .notes = {x, below + 64 * u, right - gap, block - 64 * u - 2 * gap},
        .foot = {neat.x + gap, neat.y + neat.height - foot, neat.width - 2 * gap, foot},
        .legend_columns = 2,
    };
}

/* Where the legend has a column to itself, what stands below it moves down to the column's end. */
static void settle_column(struct sheet *s)
{
    struct plan_of_sheet *plan = &s->plan;
    double gap = 8 * s->unit, end = plan->frame.y + plan->frame.height;
    double height = sheet_notes_height(s);
    plan->notes = (struct area){plan->notes.x, end - height, plan->notes.width, height + 0.1};
    plan->scale.y = plan->notes.y - (height > 0 ? gap : 0) - plan->scale.height;
    plan->legend.height = plan->scale.y - gap - plan->legend.y;
}

static void lay(struct sheet *s, bool stands, double longer, double shorter)
{
    double width = stands ? shorter : longer, height = stands ? longer : shorter;
    if (!s->is_paper) {
        width = s->width;
        height = s->height;
    }
    s->plan = lying(width, height, s->unit);
    if (stands) {
        s->plan = upright(width, height, s->unit, INFINITY);
        double notes = s->plan.notes.y - s->plan.scale.y + sheet_notes_height(s);
        s->plan = upright(width, height, s->unit, fmax(notes, sheet_legend_height(s)));
    }
    view_fit(&s->view, s->plan.frame, s->is_paper);
    if (!stands)
        settle_column(s);
    s->width = width;
    s->height = height;
}

void sheet_lay_out(struct sheet *s)
{
    double longer = fmax(s->width, s->height), shorter = fmin(s->width, s->height);
    bool stands = s->width < s->height;
    s->unit = fmin(fmax(sqrt(longer * shorter / (841.89 * 595.28)), 0.75), 1.3);
    if (s->is_paper) {
        lay(s, true, longer, shorter);
        double standing = view_scale(&s->view);
        lay(s, false, longer, shorter);
        stands = standing < 0.98 * view_scale(&s->view);
    }
    lay(s, stands, longer, shorter);
    s->plan.frame = s->view.frame;
}

/* ---- what is drawn ---- */

static bool tell_layer(struct sheet *sheet, const struct map_layer *layer, struct shown *shown)
{
    const struct geo_batch *batch = layer->drawn;
    shown->theme = &layer->looks.theme[0];
    shown->category = malloc((batch->n + 1) * sizeof *shown->category);
    shown->features = calloc(shown->theme->n, sizeof *shown->features);
    if (!shown->category || !shown->features)
        return job_fail(sheet->job, GEO_ENOMEM, "out of memory");
    for (size_t i = 0; i < batch->n; i++) {
        bool is_drawn = !batch->dropped[i] && batch->part_start[i] < batch->part_start[i + 1];
        shown->category[i] = is_drawn ? theme_category(shown->theme, batch, i) : SIZE_MAX;
        if (is_drawn)
            shown->features[shown->category[i]]++;
    }
    for (size_t c = 0; batch->n < layer->features && c < shown->theme->n; c++)
        shown->features[c] += shown->theme->category[c].features > 0;
    return true;
}

bool sheet_tell_shown(struct sheet *sheet)
{
    sheet->shown = calloc(sheet->map->layers + 1, sizeof *sheet->shown);
    if (!sheet->shown)
        return job_fail(sheet->job, GEO_ENOMEM, "out of memory");
    for (size_t i = 0; i < sheet->map->layers; i++)
        if (!tell_layer(sheet, &sheet->map->layer[i], &sheet->shown[i]))
            return false;
    return true;
}

void sheet_release_shown(struct sheet *sheet)
{
    for (size_t i = 0; sheet->shown && i < sheet->map->layers; i++) {
        free(sheet->shown[i].category);
        free(sheet->shown[i].features);
    }
    free(sheet->shown);
    sheet->shown = NULL;
}
