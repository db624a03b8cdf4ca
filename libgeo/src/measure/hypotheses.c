#include "measure/hypotheses.h"

#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/handles.h"
#include "read/crs.h"
#include "read/input.h"
#include "read/vn2000.h"

struct list {
    struct geo_crs_hypothesis *at;
    size_t n;
};

/* Twice: as it is, and with its axes exchanged. One that is there already is not added. */
static void add(struct list *list, const char *name, const char *crs, bool is_stated)
{
    for (size_t i = 0; i < list->n; i++)
        if (crs[0] && !strcmp(list->at[i].crs, crs)) {
            list->at[i].is_stated = list->at[i].is_stated || (is_stated && !list->at[i].swap_axes);
            return;
        }
    for (int swap = 0; swap < 2 && list->n < GEO_HYPOTHESES_MAX; swap++) {
        struct geo_crs_hypothesis *made = &list->at[list->n++];
        *made = (struct geo_crs_hypothesis){.swap_axes = swap, .is_stated = is_stated && !swap};
        snprintf(made->name, sizeof made->name, "%.70s%s", name, swap ? ", x and y exchanged" : "");
        snprintf(made->crs, sizeof made->crs, "%s", crs);
    }
}

/* Codes of EPSG, by name. */
static void add_codes(struct list *list, const int *code, size_t n, PJ_CONTEXT *proj)
{
    for (size_t i = 0; i < n; i++) {
        char text[24];
        snprintf(text, sizeof text, "EPSG:%d", code[i]);
        PJ *crs = proj_create(proj, text);
        if (crs)
            add(list, proj_get_name(crs), text, false);
        proj_destroy(crs);
    }
}

enum variant { OFFICIAL, FLIPPED, NO_SHIFT, VARIANTS };

/* The grid of VN-2000 on a meridian as a PROJ string. */
static void write_grid(double meridian_deg, double scale, enum variant variant, char *text,
                       size_t room)
{
    const double *s = geo_vn2000_shift;
    double sign = variant == OFFICIAL ? -1 : 1;
    int n = snprintf(text, room, "+proj=tmerc +lat_0=0 +lon_0=%.10g +k=%.10g +x_0=500000 +y_0=0 ",
                     meridian_deg, scale);
    if (variant == NO_SHIFT)
        snprintf(text + n, room - (size_t)n, "+datum=WGS84 +units=m");
    else
        snprintf(text + n, room - (size_t)n,
                 "+ellps=WGS84 +towgs84=%.10g,%.10g,%.10g,%.10g,%.10g,%.10g,%.10g +units=m", s[0],
                 s[1], s[2], sign * s[3], sign * s[4], sign * s[5], s[6]);
}

static enum geo_status add_zone(struct geo_ctx *ctx, struct list *list, double meridian_deg,
                                double scale, enum variant variant)
{
    static const char *const words[VARIANTS] = {"", ", rotations' signs changed",
                                                ", no datum shift"};
    char name[96], text[400];
    double whole = floor(meridian_deg);
    snprintf(name, sizeof name, "VN-2000 %.0f°%02.0f', k = %.10g%s", whole,
             60 * (meridian_deg - whole), scale, words[variant]);
    write_grid(meridian_deg, scale, variant, text, sizeof text);
    char *grid = geo_vn2000_grid(meridian_deg, scale, 500000, 0);
    if (!grid)
        return geo_no_memory(ctx);
    bool is_coded = !strncmp(grid, "EPSG:", 5);
    add(list, name, variant == OFFICIAL && is_coded ? grid : text, false);
    free(grid);
    return GEO_OK;
}

static enum geo_status add_zones(struct geo_ctx *ctx, struct list *list, enum variant variant)
{
    static const double scale[] = {0.9999, 0.9996};
    for (size_t k = 0; k < 2; k++) {
        for (size_t z = 0; z < GEO_VN2000_ZONES; z++) {
            double meridian_deg = geo_vn2000_zone[z].meridian_deg;
            bool is_utm = meridian_deg == 105 && k == 1 && variant == NO_SHIFT; /* EPSG:32648 */
            if (!is_utm)
                GEO_TRY(add_zone(ctx, list, meridian_deg, scale[k], variant));
        }
        if (k == 1 && variant != NO_SHIFT)
            GEO_TRY(add_zone(ctx, list, 111, scale[k], variant));
    }
    return GEO_OK;
}

/* What the layer states: by its code, else as it stands. */
static void add_stated(PJ_CONTEXT *proj, struct list *list, const struct geo_origin *origin)
{
    PJ *crs =
        origin && origin->stated && origin->stated[0] ? geo_crs_create(proj, origin->stated) : NULL;
    if (!crs)
        return;
    geo_crs_identify(proj, &crs);
    char *text = geo_crs_text(crs);
    bool is_coded = text && proj_get_id_code(crs, 0);
    if (text && !is_coded && strncmp(origin->stated, "+", 1))
        add(list, text, "", true);
    else if (text)
        add(list, text, is_coded ? text : origin->stated, true);
    free(text);
    proj_destroy(crs);
}

enum geo_status geo_hypotheses(struct geo_ctx *ctx, const struct geo_origin *origin,
                               struct geo_crs_hypothesis list[GEO_HYPOTHESES_MAX], size_t *n)
{
    static const int others[] = {4326, 4756, 32648, 32649, 3857, 2044, 2045,
                                 2093, 3148, 3149,  3176,  4147, 4131};
    PJ_CONTEXT *proj = geo_ctx_proj(ctx);
    struct list made = {.at = list};
    GEO_TRY(add_zones(ctx, &made, OFFICIAL));
    add_codes(&made, others, sizeof others / sizeof *others, proj);
    GEO_TRY(add_zones(ctx, &made, NO_SHIFT));
    GEO_TRY(add_zones(ctx, &made, FLIPPED));
    add_stated(proj, &made, origin);
    *n = made.n;
    return GEO_OK;
}
