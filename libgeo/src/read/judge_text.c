/* What the text of a CRS says: VN-2000 beside what is official. */
#include <math.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/handles.h"
#include "read/judge.h"
#include "read/text_notes.h"
#include "read/vn2000.h"

static void judge_scale(struct geo_judgement *j, const struct geo_vn2000 *vn, const char *official)
{
    bool is_utm = vn->meridian_deg == 105 && !vn->is_three_named;
    if (!geo_vn2000_is_grid(vn) || fabs(vn->scale - 0.9996) > 1e-9)
        return;
    if (is_utm && (vn->is_utm_named || !vn->is_named))
        return;
    struct geo_crs_finding *finding =
        geo_judge_add(j, GEO_CRS_SCALE, GEO_SEVERITY_WARNING,
                      "scale k = 0.9996 on a meridian of the 3 degree zones, which have 0.9999");
    geo_say(
        finding->evidence, sizeof finding->evidence,
        "the CRS states k = 0.9996 on %.10g°; northings differ by 0.3 m for each km from the equator",
        vn->meridian_deg);
    if (is_utm)
        geo_say(
            finding->remedy, sizeof finding->remedy,
            "%s EPSG:3405 if it is UTM zone 48N, %s EPSG:5897 if it is the 3 degree zone: 700 m "
            "apart, which geo-info --reference LAYER shows",
            j->origin->crs_option, j->origin->crs_option);
    else
        geo_say(finding->crs, sizeof finding->crs, "%s", official);
}

static const char *shift_words(enum geo_shift shift)
{
    static const char *const words[] = {
        [GEO_SHIFT_UNSTATED] = "VN-2000 without its datum shift",
        [GEO_SHIFT_ZERO] = "VN-2000 with a datum shift of zero, which is 224 m off",
        [GEO_SHIFT_FLIPPED] = "VN-2000 with the signs of the three rotations changed, which is "
                              "0.75 m off",
        [GEO_SHIFT_OTHER] = "VN-2000 with a datum shift that is not the official one"};
    return words[shift];
}

static void say_shift(const struct geo_vn2000 *vn, struct geo_crs_finding *finding)
{
    const double *v = vn->towgs84, *o = geo_vn2000_shift;
    if (vn->shift == GEO_SHIFT_UNSTATED)
        geo_say(finding->evidence, sizeof finding->evidence, "%s",
                vn->is_datum ? "the CRS names VN-2000 and, as Esri's .prj do, no TOWGS84"
                             : "the CRS has neither TOWGS84 nor a datum that PROJ knows");
    else
        geo_say(finding->evidence, sizeof finding->evidence,
                "TOWGS84 is %.10g,%.10g,%.10g,%.10g,%.10g,%.10g,%.10g, officially "
                "%.10g,%.10g,%.10g,%.10g,%.10g,%.10g,%.10g",
                v[0], v[1], v[2], v[3], v[4], v[5], v[6], o[0], o[1], o[2], -o[3], -o[4], -o[5],
                o[6]);
}

/* Whether the translations are the official ones within a few metres, as older ones are. */
static bool is_close(const struct geo_vn2000 *vn)
{
    bool is_near = true;
    for (int i = 0; i < 3; i++)
        is_near = is_near && fabs(vn->towgs84[i] - geo_vn2000_shift[i]) < 3;
    return is_near;
}

static void judge_shift(struct geo_judgement *j, const struct geo_vn2000 *vn, bool is_coded,
                        const char *official)
{
    static const enum geo_crs_fault fault[] = {GEO_CRS_NO_SHIFT, GEO_CRS_NO_SHIFT,
                                               GEO_CRS_OTHER_SHIFT, GEO_CRS_FLIPPED,
                                               GEO_CRS_OTHER_SHIFT};
    if (vn->shift == GEO_SHIFT_OFFICIAL)
        return;
    if (vn->shift == GEO_SHIFT_UNSTATED && is_coded)
        return;
    bool is_harmless = (vn->shift == GEO_SHIFT_UNSTATED && vn->is_datum) ||
                       (vn->shift == GEO_SHIFT_OTHER && is_close(vn));
    struct geo_crs_finding *finding = geo_judge_add(
        j, fault[vn->shift], is_harmless ? GEO_SEVERITY_INFO : GEO_SEVERITY_WARNING,
        vn->is_datum && is_harmless ? "VN-2000 without a stated datum shift, as Esri writes it"
                                    : shift_words(vn->shift));
    say_shift(vn, finding);
    geo_say(finding->crs, sizeof finding->crs, "%s", official);
    if (fault[vn->shift] == GEO_CRS_NO_SHIFT && !j->origin->is_said && !j->origin->trust_prj)
        geo_say(finding->remedy, sizeof finding->remedy,
                "nothing: it is taken with the official one, EPSG:6960%s",
                is_harmless ? ""
                            : "; geo-export --fix crs writes it so, --trust-prj obeys the file");
}

/* VN-2000's grid on the datum WGS 84: what older programs make of a shift of zero. */
static void judge_wgs84_grid(struct geo_judgement *j, const struct geo_vn2000 *vn,
                             const char *official)
{
    if (!geo_vn2000_is_grid(vn) || vn->is_named || vn->is_datum || vn->is_datum_open ||
        vn->shift != GEO_SHIFT_UNSTATED || (vn->scale > 0.9998) == false)
        return;
    struct geo_crs_finding *finding =
        geo_judge_add(j, GEO_CRS_NO_SHIFT, GEO_SEVERITY_WARNING,
                      "the grid of VN-2000 on another datum, without a shift");
    geo_say(finding->evidence, sizeof finding->evidence,
            "k = 0.9999 and 500 km on %.10g° are VN-2000's, but the datum stated is not; taken as "
            "stated, VN-2000 lies 224 m off",
            vn->meridian_deg);
    geo_say(finding->crs, sizeof finding->crs, "%s", official);
}

/* The CRS that is right, for a finding without a remedy of its own. What the user has said is not
 * taken for a fault of the file's. */
static void say_remedy(const struct geo_origin *origin, struct geo_crs_finding *finding)
{
    bool is_code = !strncmp(finding->crs, "EPSG:", 5);
    const char *fix = origin->is_said ? "" : "geo-export --fix crs";
    if (finding->remedy[0])
        return;
    if (is_code)
        geo_say(finding->remedy, sizeof finding->remedy, "%s %s%s%s", origin->crs_option,
                finding->crs, fix[0] ? ", or " : "", fix);
    else
        geo_say(finding->remedy, sizeof finding->remedy, "%s",
                fix[0] ? fix : "the official shift, as in -s vn2000:105.00 with its meridian");
}

enum geo_status geo_judge_text(struct geo_judgement *j, const PJ *crs)
{
    struct geo_vn2000 vn = geo_vn2000_inspect(geo_ctx_proj(j->ctx), crs);
    bool is_grid = geo_vn2000_is_grid(&vn);
    size_t first = j->n;
    if (!vn.is_tm && !vn.is_geographic)
        return GEO_OK;
    double scale = is_grid && (vn.meridian_deg != 105 || vn.is_three_named) ? 0.9999 : vn.scale;
    char *official = vn.is_geographic ? strdup("EPSG:4756")
                                      : geo_vn2000_grid(vn.meridian_deg, scale, vn.false_easting_m,
                                                        vn.false_northing_m);
    if (!official)
        return geo_no_memory(j->ctx);
    if (geo_vn2000_is(&vn)) {
        judge_scale(j, &vn, official);
        judge_shift(j, &vn, proj_get_id_code(crs, 0) && !j->origin->is_uncoded, official);
    } else {
        judge_wgs84_grid(j, &vn, official);
    }
    for (size_t i = first; i < j->n; i++)
        say_remedy(j->origin, &j->finding[i]);
    free(official);
    return GEO_OK;
}
