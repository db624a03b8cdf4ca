/* What the places allow to conclude, and how numbers are made. */
#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "draw/map_note.h"

/* ---- numbers in sentences ---- */

static void set_mark(char *number, char mark)
{
    char *point = strchr(number, '.');
    if (point)
        *point = mark;
}

static void length_text(double m, char mark, char out[32])
{
    snprintf(out, 32, m >= 1000 ? "%.10g km" : "%.10g m", m >= 1000 ? m / 1000 : m);
    set_mark(out, mark);
}

/* "500 m to 5 km", "từ 500 m đến 5 km" */
static void range_text(double low_m, double high_m, bool vi, char out[80])
{
    char low[32], high[32];
    length_text(low_m, vi ? ',' : '.', low);
    length_text(high_m, vi ? ',' : '.', high);
    if (low_m == high_m)
        snprintf(out, 80, "%s", low);
    else
        snprintf(out, 80, vi ? "từ %s đến %s" : "%s to %s", low, high);
}

static void places_text(const struct places *places, bool vi, char out[80])
{
    range_text(places->low_m, places->high_m, vi, out);
}

/* Two figures are all that such a number has. */
static double rounded(double m)
{
    const double unit = m > 0 ? pow(10, floor(log10(m)) - 1) : 1;
    return round(m / unit) * unit;
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

/* ---- places ---- */

/* Zones and corridors both err, and so the distances between them do. */
static void tell_both(struct notes *notes, const struct places *zones,
                      const struct places *corridors, const char *column)
{
    const double low_m = rounded(hypot(zones->low_m, corridors->low_m));
    const double high_m = rounded(hypot(zones->high_m, corridors->high_m));
    char z[2][80], c[2][80], both[2][80];
    for (int vi = 0; vi < 2; vi++) {
        places_text(zones, vi, z[vi]);
        places_text(corridors, vi, c[vi]);
        range_text(low_m, high_m, vi, both[vi]);
    }
    notes_add(
        notes,
        note_text(
            "The places of the zones are known only to within %s (95 %% radius, column %s), "
            "those of the corridors to within %s, and so the distances between them to within "
            "%s: a difference smaller than that decides nothing about a single zone, and "
            "shares in bands can be wrong by as much. Areas do not shift with places.",
            z[0], column, c[0], both[0]),
        note_text(
            "Vị trí các khu chỉ được biết với sai số %s (bán kính tin cậy 95 %%, cột %s), vị "
            "trí các hành lang %s, nên khoảng cách giữa chúng có sai số %s: chênh lệch nhỏ hơn "
            "mức đó không đủ căn cứ để kết luận về từng khu, tỷ lệ theo dải cũng có thể sai "
            "lệch chừng ấy. Diện tích không đổi khi vị trí xê dịch.",
            z[1], column, c[1], both[1]));
}

static void tell_zones(struct notes *notes, const struct places *zones, const char *column)
{
    char z[2][80];
    for (int vi = 0; vi < 2; vi++)
        places_text(zones, vi, z[vi]);
    notes_add(
        notes,
        note_text("The places of the zones are known only to within %s (95 %% radius, column %s): "
                  "distances and shares in bands can be wrong by as much, and a difference smaller "
                  "than that decides nothing about a single zone. Areas do not shift with places.",
                  z[0], column),
        note_text(
            "Vị trí các khu chỉ được biết với sai số %s (bán kính tin cậy 95 %%, cột %s): "
            "khoảng cách và tỷ lệ theo dải có thể sai lệch chừng ấy, chênh lệch nhỏ hơn mức đó "
            "không đủ căn cứ để kết luận về từng khu. Diện tích không đổi khi vị trí xê dịch.",
            z[1], column));
}

static void tell_unstated(struct notes *notes, const char *column)
{
    notes_add(
        notes,
        note_text("How true the places are is not stated in the data (no column %s): figures "
                  "follow the coordinates as they stand, without regard to errors of place.",
                  column),
        note_text("Dữ liệu không nêu độ chính xác vị trí (không có cột %s): số liệu được tính "
                  "theo đúng tọa độ trong tệp, chưa xét sai số vị trí.",
                  column));
}

static void tell_places_of(struct notes *notes, const struct places *places, const char *en,
                           const char *vi)
{
    char range[2][80];
    for (int v = 0; v < 2; v++)
        places_text(places, v, range[v]);
    notes_add(
        notes,
        note_text("The places of %s are known only to within %s (95 %% radius).", en, range[0]),
        note_text("Vị trí %s chỉ được biết với sai số %s (bán kính tin cậy 95 %%).", vi, range[1]));
}

static void tell_places(struct notes *notes, const char *column, bool has_zones)
{
    const struct model *model = notes->model;
    const struct places *zones = &model->zones.places, *corridors = &model->corridor_places;
    struct places others = model->others;
    if (has_zones && zones->known && corridors->known) {
        tell_both(notes, zones, corridors, column);
    } else if (has_zones) {
        if (zones->known)
            tell_zones(notes, zones, column);
        else
            tell_unstated(notes, column);
        if (corridors->known)
            tell_places_of(notes, corridors, "the corridors", "các hành lang");
    } else {
        places_merge(&others, corridors);
        if (others.known)
            tell_places_of(notes, &others, "what is drawn", "các đối tượng được vẽ");
        else
            tell_unstated(notes, column);
    }
    if (has_zones && zones->known && zones->unknown)
        notes_add(notes,
                  note_text("Of %" PRIu64 " zones it is not stated how true their places are.",
                            zones->unknown),
                  note_text("Có %" PRIu64 " khu không nêu độ chính xác vị trí.", zones->unknown));
}

/* ---- method ---- */

static void tell_method(struct notes *notes, bool has_corridors)
{
    const bool with_bands = notes->model->bands.n > 0;
    const bool straight = notes->job->edges == GEO_EDGES_LONLAT;
    notes_add(
        notes,
        note_text(
            "Areas%s are measured on the WGS 84 ellipsoid at height 0, not in a projection; an "
            "edge between two vertices is %s.",
            with_bands      ? ", distances and bands"
            : has_corridors ? " and distances"
                            : "",
            straight ? "straight in longitude and latitude" : "a geodesic"),
        note_text("Diện tích%s được đo trên ê-líp-xô-ít WGS 84 ở độ cao 0, không đo trên mặt phẳng "
                  "chiếu; cạnh nối hai đỉnh là %s.",
                  with_bands      ? ", khoảng cách và các dải"
                  : has_corridors ? " và khoảng cách"
                                  : "",
                  straight ? "đoạn thẳng theo kinh độ, vĩ độ" : "đường trắc địa"));
    notes_add(
        notes,
        note_text("Errors of the computation: areas at most 1e-9 of the area%s%s. How true the "
                  "coordinates are is another matter, and usually the larger one.",
                  has_corridors ? ", distances 1 µm up to 50 km" : "",
                  with_bands ? ", bands 1 cm times the length of a band's edge inside the zone"
                             : ""),
        note_text(
            "Sai số tính toán: diện tích không quá một phần tỷ%s%s. Độ chính xác của bản thân "
            "tọa độ là chuyện khác và thường lớn hơn nhiều.",
            has_corridors ? ", khoảng cách 1 µm trong phạm vi 50 km" : "",
            with_bands ? ", dải 1 cm nhân với chiều dài ranh giới dải nằm trong khu" : ""));
}

static void tell_part(struct notes *notes, const struct map_layer *layer)
{
    char drawn[2][32], all[2][32];
    for (int l = 0; l < 2; l++) {
        count_text(layer->drawn->n, l ? '.' : ',', drawn[l]);
        count_text(layer->features, l ? '.' : ',', all[l]);
    }
    notes_add(
        notes,
        note_text("%s: %s of %s features are drawn and listed, evenly chosen; all figures are "
                  "of all features.",
                  layer->file, drawn[0], all[0]),
        note_text("%s: chỉ vẽ và liệt kê %s trong %s đối tượng, chọn đều; mọi số liệu đều tính "
                  "trên toàn bộ đối tượng.",
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

bool notes_conclude(struct notes *notes, const struct map_request *request, bool has_corridors)
{
    const size_t before = notes->model->map.notes;
    double ha;
    const bool has_zones = summary_total(notes->model->zones.area, &ha) > 0;
    tell_places(notes, request->accuracy_field ? request->accuracy_field : MAP_ACCURACY, has_zones);
    if (has_zones)
        tell_method(notes, has_corridors);
    else
        notes_add(notes, note_text("There are no zones on this map: nothing is measured."),
                  note_text("Bản đồ này không có khu, cụm nào nên không có số liệu đo."));
    tell_drawn(notes);
    put_first(&notes->model->map, before);
    return !notes->is_full || job_fail(notes->job, GEO_ENOMEM, "out of memory");
}
