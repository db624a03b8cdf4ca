#include "draw/map_note.h"

#include <inttypes.h>
#include <math.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "draw/fate_words.h"
#include "kit/job_report.h"
#include "steps/accuracy.h"

/* ---- the list ---- */

static bool no_memory(struct notes *notes)
{
    return job_fail(notes->job, GEO_ENOMEM, "out of memory");
}

/* Takes both texts, which may be NULL where memory is out. */
static bool add(struct notes *notes, char *en, char *vi)
{
    struct map *map = &notes->model->map;
    struct map_note *grown =
        en && vi ? reallocarray(map->note, map->notes + 1, sizeof *grown) : NULL;
    if (!grown) {
        free(en);
        free(vi);
        notes->is_full = true;
        return false;
    }
    map->note = grown;
    grown[map->notes++] = (struct map_note){en, vi};
    return true;
}

__attribute__((format(printf, 1, 2))) static char *text(const char *format, ...)
{
    char *made;
    va_list args;
    va_start(args, format);
    const int n = vasprintf(&made, format, args);
    va_end(args);
    return n < 0 ? NULL : made;
}

/* ---- inputs ---- */

static void tell_taken(struct notes *notes, const char *name, const char *note)
{
    if (note[0])
        add(notes, text("%s: %s.", name, note),
            text("%s: ghi chú khi đọc tệp (tiếng Anh): %s.", name, note));
}

static char *operation_of(const struct geo_origin_info *info)
{
    if (!info->operation[0] || info->accuracy_m == 0)
        return strdup(info->operation);
    return info->accuracy_m < 0 ? text("%s, accuracy not known", info->operation)
                                : text("%s, accuracy %g m", info->operation, info->accuracy_m);
}

/* "data/zones.shp:parcels" without its folders. */
static char *file_of(const char *name)
{
    const char *slash = strrchr(name, '/');
    return strdup(slash && slash[1] ? slash + 1 : name);
}

static void meet(void *data, const struct geo_origin_info *info)
{
    struct notes *notes = data;
    struct model *model = notes->model;
    struct map_input *grown = reallocarray(model->input, model->inputs + 1, sizeof *grown);
    if (!grown) {
        notes->is_full = true;
        return;
    }
    model->input = grown;
    struct map_input *input = &grown[model->inputs++];
    *input = (struct map_input){file_of(info->name), strdup(info->crs), operation_of(info), 0};
    notes->is_full = notes->is_full || !input->file || !input->crs || !input->operation;
    snprintf(notes->layer, sizeof notes->layer, "%s", info->layer);
    if (!notes->is_full) {
        tell_taken(notes, input->file, info->crs_note);
        tell_taken(notes, input->file, info->text_note);
    }
}

/* ---- what became of features ---- */

static void hear(void *data, const struct geo_report *report)
{
    struct notes *notes = data;
    struct geo_fate *grown =
        reallocarray(notes->fate, notes->fates + report->fate_count + 1, sizeof *grown);
    if (!grown) {
        notes->is_full = true;
        return;
    }
    notes->fate = grown;
    for (size_t f = 0; f < report->fate_count; f++)
        grown[notes->fates++] = report->fate[f];
}

/* Of what is not measured, it need not be said why not. */
static bool matters(const struct geo_fate *fate, enum role role)
{
    return strcmp(fate->what, "points and lines have no area: their bands are null") &&
           (role == ROLE_ZONES || strcmp(fate->what, "column of the input renamed"));
}

static void tell_fate(struct notes *notes, const char *file, const struct geo_fate *fate)
{
    const char *vi = fate_in_vietnamese(fate->what);
    if (fate->fid[0] < 0)
        add(notes,
            text("%s: %s%s%s.", file, fate->what, fate->detail[0][0] ? ": " : "", fate->detail[0]),
            text("%s: %s%s%s.", file, vi, fate->detail[0][0] ? ": " : "", fate->detail[0]));
    else if (fate->kind == GEO_NOTE_SKIPPED)
        add(notes,
            text("%s: %" PRIu64 " feature%s left out: %s.", file, fate->count,
                 fate->count == 1 ? "" : "s", fate->what),
            text("%s: bỏ qua %" PRIu64 " đối tượng: %s.", file, fate->count, vi));
    else
        add(notes,
            text("%s: %" PRIu64 " feature%s: %s.", file, fate->count, fate->count == 1 ? "" : "s",
                 fate->what),
            text("%s: %" PRIu64 " đối tượng: %s.", file, fate->count, vi));
}

bool notes_settle(struct notes *notes, enum role role, uint64_t features)
{
    struct geo_report report = {.fate = notes->fate};
    struct map_input *input = &notes->model->input[notes->model->inputs - 1];
    input->features = features;
    for (size_t f = 0; f < notes->fates; f++)
        if (matters(&notes->fate[f], role))
            notes->fate[report.fate_count++] = notes->fate[f];
    job_report(&notes->job->say, &report);
    for (size_t f = 0; f < report.fate_count; f++)
        tell_fate(notes, input->file, &notes->fate[f]);
    notes->fates = 0;
    return !notes->is_full || no_memory(notes);
}

/* ---- after all ---- */

static void length_text(double m, char out[32])
{
    snprintf(out, 32, m >= 1000 ? "%.10g km" : "%.10g m", m >= 1000 ? m / 1000 : m);
}

struct range_m {
    double low, high;
};

/* "500 m to 5 km"; from and to: words around the first length. */
static void range_text(struct range_m m, const char *from, const char *to, char out[80])
{
    char low[32], high[32];
    length_text(m.low, low);
    length_text(m.high, high);
    if (m.low == m.high)
        snprintf(out, 80, "%s", low);
    else
        snprintf(out, 80, "%s%s %s %s", from, low, to, high);
}

static void tell_zones(struct notes *notes, const struct figures *zones, const char *column)
{
    char en[80], vi[80];
    range_text((struct range_m){zones->low_m, zones->high_m}, "", "to", en);
    range_text((struct range_m){zones->low_m, zones->high_m}, "từ ", "đến", vi);
    add(notes,
        text("The places of the zones are known only to within %s (95 %% radius, column %s): "
             "distances and shares in bands can be wrong by as much, and a difference smaller than "
             "that decides nothing about a single zone. Areas do not shift with places.",
             en, column),
        text("Vị trí các khu chỉ được biết với sai số %s (bán kính tin cậy 95 %%, cột %s): khoảng "
             "cách và tỷ lệ theo dải có thể sai lệch chừng ấy, chênh lệch nhỏ hơn mức đó không đủ "
             "căn cứ để kết luận về từng khu. Diện tích không đổi khi vị trí xê dịch.",
             vi, column));
    if (zones->unknown > 0)
        add(notes,
            text("Of %" PRIu64 " zones it is not stated how true their places are.",
                 zones->unknown),
            text("Có %" PRIu64 " khu không nêu độ chính xác vị trí.", zones->unknown));
}

static void tell_corridors(struct notes *notes, const struct geo_batch *corridors,
                           const char *column)
{
    struct range_m m = {INFINITY, -INFINITY};
    const size_t c = corridors ? geo_batch_find_column(corridors, column) : SIZE_MAX;
    char en[80], vi[80];
    for (size_t i = 0; c != SIZE_MAX && i < corridors->n; i++) {
        const double here = accuracy_of(corridors, c, i, NAN);
        m.low = fmin(m.low, here);
        m.high = isfinite(here) ? fmax(m.high, here) : m.high;
    }
    if (!(m.low <= m.high))
        return;
    range_text(m, "", "to", en);
    range_text(m, "từ ", "đến", vi);
    add(notes,
        text("The places of the corridors are known only to within %s; distances carry both "
             "uncertainties.",
             en),
        text(
            "Vị trí các hành lang chỉ được biết với sai số %s; khoảng cách chịu cả hai sai số này.",
            vi));
}

static void tell_places(struct notes *notes, const struct geo_batch *corridors, const char *column)
{
    const struct figures *zones = &notes->model->zones;
    if (zones->known > 0)
        tell_zones(notes, zones, column);
    else
        add(notes,
            text("How true the places are is not stated in the data (no column %s): figures are "
                 "those of the coordinates as they stand.",
                 column),
            text("Dữ liệu không nêu độ chính xác vị trí (không có cột %s): các số liệu được tính "
                 "đúng theo tọa độ trong tệp.",
                 column));
    tell_corridors(notes, corridors, column);
}

static void tell_method(struct notes *notes, bool has_corridors)
{
    const bool with_bands = notes->model->bands.n > 0;
    const bool straight = notes->job->edges == GEO_EDGES_LONLAT;
    add(notes,
        text(
            "Areas%s are measured on the WGS 84 ellipsoid at height 0, not in a projection; an edge "
            "between two vertices is %s.",
            with_bands      ? ", distances and bands"
            : has_corridors ? " and distances"
                            : "",
            straight ? "straight in longitude and latitude" : "a geodesic"),
        text(
            "Diện tích%s được đo trên ê-líp-xô-ít WGS 84 ở độ cao 0, không đo trên mặt phẳng chiếu; "
            "cạnh nối hai đỉnh là %s.",
            with_bands      ? ", khoảng cách và các dải"
            : has_corridors ? " và khoảng cách"
                            : "",
            straight ? "đoạn thẳng theo kinh độ, vĩ độ" : "đường trắc địa"));
    add(notes,
        text("Errors of the computation: areas at most 1e-9 of the area%s%s. How true the "
             "coordinates are is another matter, and usually the larger one.",
             has_corridors ? ", distances 1 µm up to 50 km" : "",
             with_bands ? ", bands 1 cm times the length of a band's edge inside the zone" : ""),
        text("Sai số tính toán: diện tích không quá một phần tỷ%s%s. Độ chính xác của bản thân tọa "
             "độ là chuyện khác và thường lớn hơn nhiều.",
             has_corridors ? ", khoảng cách 1 µm trong phạm vi 50 km" : "",
             with_bands ? ", dải 1 cm nhân với chiều dài ranh giới dải nằm trong khu" : ""));
}

/* 1,000,000 */
static void count_text(uint64_t n, char mark, char out[32])
{
    char digits[24];
    const int length = snprintf(digits, sizeof digits, "%" PRIu64, n);
    size_t used = 0;
    for (int d = 0; d < length; d++) {
        if (d > 0 && (length - d) % 3 == 0)
            out[used++] = mark;
        out[used++] = digits[d];
    }
    out[used] = '\0';
}

static void tell_part(struct notes *notes, const struct map_layer *layer)
{
    char drawn[2][32], all[2][32];
    for (int l = 0; l < 2; l++) {
        count_text(layer->drawn->n, l ? '.' : ',', drawn[l]);
        count_text(layer->features, l ? '.' : ',', all[l]);
    }
    add(notes,
        text("%s: %s of %s features are drawn and listed, evenly chosen; all figures are of all "
             "features.",
             layer->file, drawn[0], all[0]),
        text(
            "%s: chỉ vẽ và liệt kê %s trong %s đối tượng, chọn đều; mọi số liệu đều tính trên toàn "
            "bộ đối tượng.",
            layer->file, drawn[1], all[1]));
}

static void tell_drawn(struct notes *notes)
{
    const struct map *map = &notes->model->map;
    for (size_t l = 0; l < map->layers; l++)
        if (map->layer[l].drawn->n < map->layer[l].features)
            tell_part(notes, &map->layer[l]);
}

/* What is concluded stands before what was noted while layers were read: n notes. */
static void put_first(struct map *map, size_t n)
{
    for (size_t i = n; i < map->notes; i++) {
        const struct map_note note = map->note[i];
        memmove(&map->note[i - n + 1], &map->note[i - n], n * sizeof note);
        map->note[i - n] = note;
    }
}

bool notes_finish(struct notes *notes, const struct map_request *request,
                  const struct geo_batch *corridors)
{
    const size_t before = notes->model->map.notes;
    double ha;
    if (summary_total(notes->model->zones.area, &ha) > 0) {
        tell_places(notes, corridors, request->accuracy_field);
        tell_method(notes, corridors != NULL);
    } else {
        add(notes, text("There are no zones on this map: nothing is measured."),
            text("Bản đồ này không có khu, cụm nào nên không có số liệu đo."));
    }
    tell_drawn(notes);
    put_first(&notes->model->map, before);
    return !notes->is_full || no_memory(notes);
}

void notes_begin(struct notes *notes, struct job *job, struct model *model)
{
    *notes = (struct notes){
        .job = job, .model = model, .listener = {.data = notes, .meet = meet, .hear = hear}};
    job->listener = &notes->listener;
}

void notes_release(struct notes *notes)
{
    notes->job->listener = NULL;
    free(notes->fate);
}
