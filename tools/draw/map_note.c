#include "draw/map_note.h"

#include <inttypes.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "draw/fate_words.h"
#include "kit/job_report.h"

/* ---- the list ---- */

static bool no_memory(struct notes *notes)
{
    return job_fail(notes->job, GEO_ENOMEM, "out of memory");
}

void notes_add(struct notes *notes, char *en, char *vi)
{
    struct map *map = &notes->model->map;
    struct map_note *grown =
        en && vi ? reallocarray(map->note, map->notes + 1, sizeof *grown) : NULL;
    if (!grown) {
        free(en);
        free(vi);
        notes->is_full = true;
        return;
    }
    map->note = grown;
    grown[map->notes++] = (struct map_note){en, vi};
}

char *note_text(const char *format, ...)
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
        notes_add(notes, note_text("%s: %s.", name, note),
                  note_text("%s: ghi chú khi đọc tệp (tiếng Anh): %s.", name, note));
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
    *input = (struct map_input){.file = file_of(info->name),
                                .crs = strdup(info->crs),
                                .operation = strdup(info->operation),
                                .accuracy_m = info->operation[0] ? info->accuracy_m : 0};
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

static bool is_renaming(const struct geo_fate *fate)
{
    return !strcmp(fate->what, "column of the input renamed");
}

/* Of what is not measured, it need not be said why not. */
static bool matters(const struct geo_fate *fate, enum role role)
{
    return strcmp(fate->what, "points and lines have no area: their bands are null") &&
           (role == ROLE_ZONES || !is_renaming(fate));
}

/* All columns that made way for ours, as one note. */
static void tell_renamed(struct notes *notes, const char *file, size_t n)
{
    char *list = NULL;
    size_t size;
    FILE *out = open_memstream(&list, &size);
    if (!out) {
        notes->is_full = true;
        return;
    }
    for (size_t f = 0; f < n; f++)
        if (is_renaming(&notes->fate[f]))
            fprintf(out, "%s%s", ftell(out) > 0 ? ", " : "", notes->fate[f].detail[0]);
    if (fclose(out) != 0)
        notes->is_full = true;
    else if (*list)
        notes_add(notes,
                  note_text("%s: columns of these names were measured anew; those of the input are "
                            "kept under other names: %s.",
                            file, list),
                  note_text("%s: các cột trùng tên đã được đo lại; cột có sẵn được giữ dưới tên "
                            "khác: %s.",
                            file, list));
    free(list);
}

static void tell_fate(struct notes *notes, const char *file, const struct geo_fate *fate)
{
    const char *vi = fate_in_vietnamese(fate->what);
    if (fate->fid[0] < 0)
        notes_add(
            notes,
            note_text("%s: %s%s%s.", file, fate->what, fate->detail[0][0] ? ": " : "",
                      fate->detail[0]),
            note_text("%s: %s%s%s.", file, vi, fate->detail[0][0] ? ": " : "", fate->detail[0]));
    else if (fate->kind == GEO_NOTE_SKIPPED)
        notes_add(notes,
                  note_text("%s: %" PRIu64 " feature%s left out: %s.", file, fate->count,
                            fate->count == 1 ? "" : "s", fate->what),
                  note_text("%s: bỏ qua %" PRIu64 " đối tượng: %s.", file, fate->count, vi));
    else
        notes_add(notes,
                  note_text("%s: %" PRIu64 " feature%s: %s.", file, fate->count,
                            fate->count == 1 ? "" : "s", fate->what),
                  note_text("%s: %" PRIu64 " đối tượng: %s.", file, fate->count, vi));
}

bool notes_settle(struct notes *notes, enum role role, uint64_t features, uint64_t shapeless)
{
    struct geo_report report = {.fate = notes->fate};
    struct map_input *input = &notes->model->input[notes->model->inputs - 1];
    input->features = features;
    for (size_t f = 0; f < notes->fates; f++)
        if (matters(&notes->fate[f], role))
            notes->fate[report.fate_count++] = notes->fate[f];
    job_report(&notes->job->say, &report);
    for (size_t f = 0; f < report.fate_count; f++)
        if (!is_renaming(&notes->fate[f]))
            tell_fate(notes, input->file, &notes->fate[f]);
    tell_renamed(notes, input->file, report.fate_count);
    if (shapeless > 0)
        notes_add(notes,
                  note_text("%s: %" PRIu64
                            " feature%s without a shape: listed and counted, but not "
                            "drawn.",
                            input->file, shapeless, shapeless == 1 ? "" : "s"),
                  note_text("%s: %" PRIu64 " đối tượng không có hình: được liệt kê và tính vào số "
                            "liệu, nhưng không vẽ được.",
                            input->file, shapeless));
    notes->fates = 0;
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
