#include "read/verdict_text.h"

#include <inttypes.h>
#include <math.h>
#include <stdio.h>
#include <string.h>

#include "read/text_notes.h"

void geo_write_evidence(const struct geo_reading *reading, char *text, size_t room)
{
    if (isnan(reading->confidence))
        geo_say(text, room, "libuchardet says so of the whole and of its parts; it reads '%s'",
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

/* "TCVN (0.62: 'Phú Thọ') or VISCII (0.31: '…')", of the readings from first on. */
static void write_readings(const struct geo_verdict *verdict, size_t first, char *list, size_t room)
{
    size_t used = 0;
    list[0] = '\0';
    for (size_t i = first; i < verdict->n; i++) {
        const struct geo_reading *reading = &verdict->reading[i];
        geo_say(list + used, room - used, "%s%s (", i > first ? " or " : "", reading->encoding);
        used = strlen(list);
        if (!isnan(reading->confidence))
            geo_say(list + used, room - used, "%.3f: ", floor(reading->confidence * 1e3) / 1e3);
        used = strlen(list);
        geo_say(list + used, room - used, "'%s')", reading->text);
        used = strlen(list);
    }
}

void geo_write_field(const struct geo_ogr *ogr, int field, char *text, size_t room)
{
    const char *name =
        OGR_Fld_GetNameRef(OGR_FD_GetFieldDefn(OGR_L_GetLayerDefn(ogr->layer), field));
    if (geo_is_plain_text(name, strlen(name)))
        geo_say(text, room, "'%s'", name);
    else
        geo_say(text, room, "%d", field + 1);
}

/* "feature 3 (field 'ten')", "field 'ten'", "name of a field" */
static void write_place(const struct geo_ogr *ogr, const struct geo_sample_cell *cell,
                        bool is_by_columns, char *text, size_t room)
{
    char field[80];
    if (cell->column == GEO_SAMPLE_NAMES) {
        geo_say(text, room, "a field's name");
        return;
    }
    geo_write_field(ogr, cell->column, field, sizeof field);
    if (is_by_columns)
        geo_say(text, room, "field %s", field);
    else
        geo_say(text, room, "feature %" PRId64 " (field %s)", cell->fid, field);
}

void geo_write_rest(const struct geo_ogr *ogr, const struct geo_sample *sample,
                    const struct geo_verdict *verdict, char *text, size_t room)
{
    const struct geo_rest *rest = &verdict->rest;
    char place[120];
    geo_say(text, room, "%" PRIu64 " row%s", rest->rows, rest->rows == 1 ? "" : "s");
    size_t used = strlen(text);
    for (size_t i = 0; i < rest->shown; i++) {
        write_place(ogr, &sample->cell[rest->cell[i]], rest->is_by_columns, place, sizeof place);
        geo_say(text + used, room - used, "%s%s", i ? ", " : " in ", place);
        used = strlen(text);
    }
    if (rest->texts > rest->shown && !rest->is_by_columns)
        geo_say(text + used, room - used, " …");
    used = strlen(text);
    if (rest->reading.encoding[0])
        geo_say(text + used, room - used, " read%s as %s ('%s')", rest->rows == 1 ? "s" : "",
                rest->reading.encoding, rest->reading.text);
}

/* ---- faults ---- */

static void write_ambiguous(const char *option, const struct geo_verdict *verdict,
                            struct geo_text_finding *finding)
{
    char list[sizeof finding->evidence - 16];
    write_readings(verdict, 0, list, sizeof list);
    geo_say(finding->what, sizeof finding->what, "its text states no encoding");
    if (verdict->n)
        geo_say(finding->evidence, sizeof finding->evidence, "it may be %s", list);
    else
        geo_say(finding->evidence, sizeof finding->evidence, "it is not UTF-8, and shows no other");
    geo_say(finding->remedy, sizeof finding->remedy,
            verdict->n ? "say which with %s, for example %s %s"
                       : "say which with %s, for example %s CP1252, and see what it reads%.0s",
            option, option, verdict->n ? verdict->reading[0].encoding : "");
}

/* Most is UTF-8, which nothing else is by chance: the rest can be taken apart. */
static void write_beside_utf8(const char *option, const struct geo_verdict *verdict,
                              struct geo_text_finding *finding)
{
    if (verdict->rest.reading.encoding[0])
        geo_say(finding->remedy, sizeof finding->remedy,
                "geo-export --fix text takes each for what it is");
    else
        geo_say(finding->remedy, sizeof finding->remedy,
                "geo-export --fix text %s %s takes what is not UTF-8 for that, or the encoding "
                "that is right",
                option, verdict->n > 1 ? verdict->reading[1].encoding : "CP1252");
}

static void write_mixed(const struct geo_ogr *ogr, const struct geo_sample *sample,
                        const struct geo_verdict *verdict, struct geo_text_finding *finding)
{
    const struct geo_reading *first = &verdict->reading[0];
    const char *option = ogr->encoding_option, *second = verdict->rest.reading.encoding;
    char rest[500], list[200] = "";
    geo_write_rest(ogr, sample, verdict, rest, sizeof rest);
    if (!second[0] && verdict->n > 1)
        write_readings(verdict, 1, list, sizeof list);
    bool is_utf8 = verdict->n && !strcmp(first->encoding, "UTF-8");
    geo_say(finding->what, sizeof finding->what, "its text is in more than one encoding");
    if (verdict->n)
        geo_say(finding->evidence, sizeof finding->evidence, "%s ('%s'), but %s%s%s",
                first->encoding, first->text, rest,
                second[0]             ? ""
                : is_utf8 && !list[0] ? " are not"
                : list[0]             ? " may be "
                                      : "",
                list);
    else
        geo_say(finding->evidence, sizeof finding->evidence,
                "%s, and the others as no encoding of Vietnamese", rest);
    if (is_utf8)
        write_beside_utf8(option, verdict, finding);
    else if (verdict->rest.is_by_columns)
        geo_say(finding->remedy, sizeof finding->remedy,
                "read the fields of each by themselves with --select and %s", option);
    else
        geo_say(finding->remedy, sizeof finding->remedy,
                "read the rows of each by themselves with --where and %s, or put them right where "
                "they were made",
                option);
}

void geo_write_fault(const struct geo_ogr *ogr, const struct geo_sample *sample,
                     const struct geo_verdict *verdict, struct geo_text_finding *finding)
{
    if (verdict->certainty == GEO_TEXT_MIXED)
        write_mixed(ogr, sample, verdict, finding);
    else
        write_ambiguous(ogr->encoding_option, verdict, finding);
}
