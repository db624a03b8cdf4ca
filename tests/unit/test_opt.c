/* The option table: what is parsed, what is refused and in which words. */
#include "near.h"

#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define OPT_OWNER struct shared
#include "kit/opt.h"

struct shared {
    bool quiet, verbose;
    const char *output;
    struct opt_texts config;
};

static const struct opt shared_options[] = {
    {GROUP, .help = "Output"},
    {FILE_AT(output), .key = 'o', .name = "output", .arg = "FILE", .help = "Where to"},
    {TEXTS_AT(config), .name = "config", .arg = "KEY=VALUE", .help = "Set"},
    {FLAG_AT(quiet), .key = 'q', .name = "quiet", .help = "Say nothing"},
    {FLAG_AT(verbose), .key = 'v', .name = "verbose", .help = "Say more"},
    {0},
};

#undef OPT_OWNER
#define OPT_OWNER struct settings

struct settings {
    int n, mode, bare_mode, bare_n;
    struct shared shared; /* not the first field: its options need its offset */
    double distance, area, share, factor;
    struct opt_lengths bands;
    struct opt_texts corridors;
    const char *where;
};

static const char *const modes[] = {"fast", "exact", NULL};

static const struct opt table[] = {
    {GROUP, .help = "Measure"},
    {INT_AT(n), .key = 'n', .name = "number", .arg = "N", .min = 1, .max = 9, .preset = "3",
     .help = "How many"},
    {CHOICE_AT(mode), .name = "mode", .arg = "MODE", .choice = modes, .preset = "exact",
     .help = "How"},
    {INCLUDE_AT(shared, struct shared, shared_options)},
    {CHOICE_AT(bare_mode), .name = "bare-mode", .arg = "MODE", .choice = modes, .help = "How"},
    {INT_AT(bare_n), .name = "bare-number", .arg = "N", .min = 0, .max = INT_MAX, .help = "How"},
    {LENGTH_AT(distance), .key = 'd', .name = "distance", .arg = "LENGTH", .min = 0, .max = 1e6,
     .help = "How far"},
    {AREA_AT(area), .name = "min-area", .arg = "AREA", .min = 0, .max = 1e12, .help = "How big"},
    {PERCENT_AT(share), .name = "share", .arg = "PERCENT", .min = 0, .max = 1, .help = "How much"},
    {REAL_AT(factor), .name = "factor", .arg = "FACTOR", .min = -10, .max = 10, .help = "By what"},
    {LENGTHS_AT(bands), .key = 'b', .name = "bands", .arg = "LENGTH,...", .min = 0, .max = 1e6,
     .preset = "1km,3km", .help = "Edges of bands"},
    {FILES_AT(corridors), .key = 'c', .name = "corridors", .arg = "FILE", .help = "Corridors"},
    {TEXT_AT(where), .name = "where", .arg = "FILTER", .help = "Which"},
    {0},
};

enum { MAX_WORDS = 80, MESSAGE = 256 };

/* A command line cut at blanks; "_" is an empty word. */
struct line {
    char text[1024];
    char *argv[MAX_WORDS + 1];
    int argc, operands;
    struct settings settings;
    struct opt_given given;
    char message[MESSAGE];
};

static bool parse(struct line *line, const char *text)
{
    static char tool_name[] = "tool", empty[] = "";

    snprintf(line->text, sizeof line->text, "%s", text);
    line->argc = 0;
    line->argv[line->argc++] = tool_name;
    for (char *w = strtok(line->text, " "); w && line->argc < MAX_WORDS; w = strtok(NULL, " "))
        line->argv[line->argc++] = strcmp(w, "_") ? w : empty;
    line->argv[line->argc] = NULL;
    line->message[0] = '\0';
    memset(&line->settings, 0xA5, sizeof line->settings);
    opt_preset(table, &line->settings);
    return opt_parse(table, &line->settings, line->argc, line->argv, &line->operands, &line->given,
                     line->message, sizeof line->message);
}

static const struct {
    const char *line, *complaint;
} refused[] = {
    {"--numb 4", "unknown option '--numb'; did you mean --number?"},
    {"--n", "unknown option '--n'"},
    {"--dist=5km", "unknown option '--dist'; did you mean --distance?"},
    {"--distacne 5km", "unknown option '--distacne'; did you mean --distance?"},
    {"--oputput x", "unknown option '--oputput'; did you mean --output?"},
    {"--Output x", "unknown option '--Output'; did you mean --output?"},
    {"--wehre x", "unknown option '--wehre'; did you mean --where?"},
    {"--vesion", "unknown option '--vesion'; did you mean --version?"},
    {"--frobnicate", "unknown option '--frobnicate'"},
    {"--=5", "unknown option '--'"},
    {"-x", "unknown option '-x'"},
    {"-qx", "unknown option '-x'"},
    {"-q5", "unknown option '-5'"},
    {"-\xC4\x91", "unknown option '-\xC4\x91'"},
    {"-n", "--number: N is missing"},
    {"--output", "--output: FILE is missing"},
    {"--output=", "--output: the name is empty"},
    {"-c _", "--corridors: the name is empty"},
    {"--quiet=yes", "--quiet takes no value"},
    {"-n 4x", "--number: '4x' is not an integer from 1 to 9"},
    {"-n 10", "--number: '10' is not an integer from 1 to 9"},
    {"-n 2.5", "--number: '2.5' is not an integer from 1 to 9"},
    {"-n 2,5", "--number: '2,5' is not an integer from 1 to 9"},
    {"-n 0x4", "--number: '0x4' is not an integer from 1 to 9"},
    {"-n _", "--number: '' is not an integer from 1 to 9"},
    {"-n=4", "--number: '=4' is not an integer from 1 to 9"},
    {"--factor inf", "--factor: 'inf' is not a number from -10 to 10"},
    {"--factor nan", "--factor: 'nan' is not a number from -10 to 10"},
    {"--factor 1e999", "--factor: '1e999' is not a number from -10 to 10"},
    {"--factor 3,5", "--factor: '3,5': decimals take a point: write 3.5"},
    {"--factor 3,", "--factor: '3,' is not a number from -10 to 10"},
    {"--mode slow", "--mode: 'slow' is none of fast, exact"},
    {"--distance 5", "--distance: '5' has no unit: write 5m or 5km"},
    {"--distance 5furlong",
     "--distance: '5furlong' has the unknown unit 'furlong'; known are m km mm cm ft mi nmi"},
    {"--distance 5KM",
     "--distance: '5KM' has the unknown unit 'KM'; known are m km mm cm ft mi nmi"},
    {"--distance 1,5km", "--distance: '1,5km': decimals take a point: write 1.5km"},
    {"--distance far", "--distance: 'far' is not a length such as 500m or 5km"},
    {"--distance nan", "--distance: 'nan' is not a length such as 500m or 5km"},
    {"--distance 0x10m", "--distance: '0x10m' is not a length such as 500m or 5km"},
    {"--distance -0x10m", "--distance: '-0x10m' is not a length such as 500m or 5km"},
    {"--distance 1000.001km", "--distance: '1000.001km' is not within 0m to 1000km"},
    {"--distance -1m", "--distance: '-1m' is not within 0m to 1000km"},
    {"--distance 1e999m", "--distance: '1e999m' is not within 0m to 1000km"},
    {"--min-area 20", "--min-area: '20' has no unit: write 20m2 or 20ha"},
    {"--min-area 20km", "--min-area: '20km' has the unknown unit 'km'; known are m2 ha km2"},
    {"--min-area -1ha", "--min-area: '-1ha' is not within 0m2 to 1000000km2"},
    {"--share 50", "--share: '50' has no unit: write 50%"},
    {"--share 0.5", "--share: '0.5' has no unit: write 50%, or 0.5% if you mean that"},
    {"--share 150%", "--share: '150%' is not within 0% to 100%"},
    {"--bands 1km,3", "--bands: '3' has no unit: write 3m or 3km"},
    {"--bands 1km,,3km", "--bands: '1km,,3km' has an empty item"},
    {"--bands 1km,", "--bands: '1km,' has an empty item"},
    {"--bands _", "--bands: '' has an empty item"},
    {"--bands 2000km", "--bands: '2000km' is not within 0m to 1000km"},
    {"--help=html", "--help: 'html' is none of man, json, bash, zsh, fish"},
};

static void refuses_what_it_does_not_understand(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        struct line line;
        assert_false(parse(&line, refused[i].line));
        assert_string_equal(line.message, refused[i].complaint);
    }
}

static void fills_settings_from_options_anywhere(void **state)
{
    struct line line;
    const struct settings *s = &line.settings;

    (void)state;
    assert_true(parse(&line, "in.shp -qv -n4 --mode=fast -d 1.5km --min-area=20ha two "
                             "--share 12.5% -oout.geojson --factor -2.5e0 --where="));
    assert_true(s->shared.quiet && s->shared.verbose);
    assert_int_equal(s->n, 4);
    assert_int_equal(s->mode, 0);
    assert_near(s->distance, 1500, 0);
    assert_near(s->area, 200000, 0);
    assert_near(s->share, 0.125, 0);
    assert_near(s->factor, -2.5, 0);
    assert_string_equal(s->shared.output, "out.geojson");
    assert_string_equal(s->where, "");
    assert_int_equal(line.operands, 2);
    assert_string_equal(line.argv[1], "in.shp");
    assert_string_equal(line.argv[2], "two");
}

static void dashes_and_negative_numbers_are_operands(void **state)
{
    static const char *const expected[] = {"-", "-5", "-.5", "-105.5e0", "--odd", "--", "-q"};
    struct line line;

    (void)state;
    assert_true(parse(&line, "- -v -5 -.5 -n 2 -105.5e0 -- --odd -- -q"));
    assert_true(line.settings.shared.verbose);
    assert_false(line.settings.shared.quiet);
    assert_int_equal(line.settings.n, 2);
    assert_int_equal(line.operands, sizeof expected / sizeof *expected);
    for (int i = 0; i < line.operands; i++)
        assert_string_equal(line.argv[i + 1], expected[i]);
}

static void a_value_may_begin_with_a_dash(void **state)
{
    struct line line;

    (void)state;
    assert_true(parse(&line, "-o - --where -q"));
    assert_string_equal(line.settings.shared.output, "-");
    assert_string_equal(line.settings.where, "-q");
    assert_false(line.settings.shared.quiet);
}

/* Unit suffixes by definition: the international foot, mile and nautical mile. */
static const struct {
    const char *line;
    double distance_m;
} lengths[] = {
    {"-d 0m", 0},       {"-d 1km", 1000},   {"-d 1.001km", 1001}, {"-d 0.57km", 570},
    {"-d 25cm", 0.25},  {"-d 1500mm", 1.5}, {"-d 1mi", 1609.344}, {"-d 3nmi", 5556},
    {"-d 10ft", 3.048}, {"-d .5km", 500},   {"-d 1e2km", 100000}, {"-d +5m", 5},
    {"-d 1000km", 1e6}, {"-d 5m -d 7m", 7}, {"-d4.35km", 4350},   {"--distance=4.1km", 4100},
};

static void lengths_are_metres_to_the_last_digit(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof lengths / sizeof *lengths; i++) {
        struct line line;
        assert_true(parse(&line, lengths[i].line));
        assert_near(line.settings.distance, lengths[i].distance_m, 0);
    }
}

static void areas_and_percentages_are_in_the_unit_of_the_field(void **state)
{
    struct line line;

    (void)state;
    assert_true(parse(&line, "--min-area 1.5km2 --share 0.1%"));
    assert_near(line.settings.area, 1.5e6, 0);
    assert_near(line.settings.share, 0.001, 0);
    assert_true(parse(&line, "--share 28.3%"));
    assert_near(line.settings.share, 0.283, 0);
    assert_true(parse(&line, "--min-area 250m2 --share 100%"));
    assert_near(line.settings.area, 250, 0);
    assert_near(line.settings.share, 1, 0);
}

static void a_list_replaces_the_one_before_and_keeps_its_order(void **state)
{
    struct line line;

    (void)state;
    assert_true(parse(&line, "--bands 5km,500m -b 10km,1mi,0m"));
    assert_int_equal(line.settings.bands.n, 3);
    assert_near(line.settings.bands.at_m[0], 10000, 0);
    assert_near(line.settings.bands.at_m[1], 1609.344, 0);
    assert_near(line.settings.bands.at_m[2], 0, 0);
}

static void repeated_texts_are_kept_in_order(void **state)
{
    struct line line;

    (void)state;
    assert_true(parse(&line, "-c a --config K=1 --corridors=b -c c"));
    assert_int_equal(line.settings.corridors.n, 3);
    assert_string_equal(line.settings.corridors.at[0], "a");
    assert_string_equal(line.settings.corridors.at[1], "b");
    assert_string_equal(line.settings.corridors.at[2], "c");
    assert_int_equal(line.settings.shared.config.n, 1);
}

static void lists_end_at_their_room(void **state)
{
    char bands[OPT_LIST_MAX * 3 + 16] = "-b 1m", files[OPT_LIST_MAX * 4 + 16] = "-ca";
    struct line line;

    (void)state;
    for (int i = 1; i < OPT_LIST_MAX; i++) {
        strcat(bands, ",1m");
        strcat(files, " -ca");
    }
    assert_true(parse(&line, bands));
    assert_int_equal(line.settings.bands.n, OPT_LIST_MAX);
    assert_false(parse(&line, strcat(bands, ",1m")));
    assert_string_equal(line.message, "--bands: more than 64 values");
    assert_true(parse(&line, files));
    assert_false(parse(&line, strcat(files, " -ca")));
    assert_string_equal(line.message, "--corridors: given more than 64 times");
}

static void presets_are_what_the_table_says(void **state)
{
    struct line line;
    const struct settings *s = &line.settings;

    (void)state;
    assert_true(parse(&line, ""));
    assert_int_equal(s->n, 3);
    assert_int_equal(s->mode, 1);
    assert_int_equal(s->bands.n, 2);
    assert_near(s->bands.at_m[1], 3000, 0);
    assert_int_equal(line.operands, 0);
}

static void what_has_no_preset_is_marked_as_not_given(void **state)
{
    struct line line;
    const struct settings *s = &line.settings;

    (void)state;
    assert_true(parse(&line, ""));
    assert_int_equal(s->bare_mode, OPT_NOT_GIVEN);
    assert_int_equal(s->bare_n, OPT_NOT_GIVEN);
    assert_true(isnan(s->distance) && isnan(s->area) && isnan(s->share) && isnan(s->factor));
    assert_null(s->where);
    assert_null(s->shared.output);
    assert_int_equal(s->corridors.n + s->shared.config.n, 0);
    assert_false(s->shared.quiet || s->shared.verbose);
}

static void a_refused_value_leaves_the_field_as_it_was(void **state)
{
    struct line line;

    (void)state;
    assert_false(parse(&line, "-b 7km,x"));
    assert_int_equal(line.settings.bands.n, 2);
    assert_false(parse(&line, "-n 99"));
    assert_int_equal(line.settings.n, 3);
}

static void a_line_given_up_within_a_word_does_not_touch_the_next(void **state)
{
    struct line line;

    (void)state;
    assert_false(parse(&line, "-qxv"));
    assert_true(parse(&line, "-q a"));
    assert_true(line.settings.shared.quiet);
    assert_false(line.settings.shared.verbose);
    assert_int_equal(line.operands, 1);
}

static void a_long_word_is_cut_in_the_message(void **state)
{
    char text[1000] = "--";
    struct line line;

    (void)state;
    memset(text + 2, 'x', sizeof text - 3);
    assert_false(parse(&line, text));
    assert_int_equal(strlen(line.message), MESSAGE - 1);
    memcpy(text, "-d 1", 4);
    assert_false(parse(&line, text));
    assert_int_equal(strlen(line.message), MESSAGE - 1);
    memcpy(text, "-b 1", 4);
    assert_false(parse(&line, text));
}

static void every_entry_is_visited_once_and_in_order(void **state)
{
    static const char *const names[] = {
        "number",    "mode",        "output",   "config",   "quiet",  "verbose",
        "bare-mode", "bare-number", "distance", "min-area", "share",  "factor",
        "bands",     "corridors",   "where",    "help",     "version"};
    size_t n = 0;

    (void)state;
    for (OPT_EACH(e, table)) {
        if (!e.entry->name)
            continue;
        assert_true(n < sizeof names / sizeof *names);
        assert_string_equal(e.entry->name, names[n++]);
    }
    assert_int_equal(n, sizeof names / sizeof *names);
}

static void the_entries_that_a_line_names_are_told_once_each_in_order(void **state)
{
    struct line line;

    (void)state;
    assert_true(parse(&line, "-v a -n3 --output x --number=4 -c a -ca"));
    assert_int_equal(line.given.n, 4);
    assert_ptr_equal(line.given.at[0], opt_find_key(table, 'v'));
    assert_ptr_equal(line.given.at[1], opt_find_key(table, 'n'));
    assert_ptr_equal(line.given.at[2], opt_find_key(table, 'o'));
    assert_ptr_equal(line.given.at[3], opt_find_key(table, 'c'));
    assert_true(opt_is_given(&line.given, opt_find_key(shared_options, 'v')));
    assert_false(opt_is_given(&line.given, opt_find_key(shared_options, 'q')));
    assert_true(parse(&line, ""));
    assert_int_equal(line.given.n, 0);
}

static void an_entry_is_copied_and_no_other(void **state)
{
    struct line line, other;

    (void)state;
    assert_true(parse(&line, "-n 5 --mode fast -d 7m -b 1m,2m -c a -c b --where x"));
    assert_true(parse(&other, "-n 6"));
    for (const char *key = "dbc"; *key; key++)
        opt_copy(opt_find_key(table, *key), &other.settings, &line.settings);
    opt_copy(opt_find(table, "mode", 4), &other.settings, &line.settings);
    opt_copy(&table[0], &other.settings, &line.settings); /* a heading has nothing to copy */
    assert_int_equal(other.settings.n, 6);
    assert_int_equal(other.settings.mode, 0);
    assert_near(other.settings.distance, 7, 0);
    assert_near(other.settings.bands.at_m[1], 2, 0);
    assert_int_equal(other.settings.corridors.n, 2);
    assert_string_equal(other.settings.corridors.at[1], "b");
    assert_null(other.settings.where);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(refuses_what_it_does_not_understand),
        cmocka_unit_test(fills_settings_from_options_anywhere),
        cmocka_unit_test(dashes_and_negative_numbers_are_operands),
        cmocka_unit_test(a_value_may_begin_with_a_dash),
        cmocka_unit_test(lengths_are_metres_to_the_last_digit),
        cmocka_unit_test(areas_and_percentages_are_in_the_unit_of_the_field),
        cmocka_unit_test(a_list_replaces_the_one_before_and_keeps_its_order),
        cmocka_unit_test(repeated_texts_are_kept_in_order),
        cmocka_unit_test(lists_end_at_their_room),
        cmocka_unit_test(presets_are_what_the_table_says),
        cmocka_unit_test(what_has_no_preset_is_marked_as_not_given),
        cmocka_unit_test(a_refused_value_leaves_the_field_as_it_was),
        cmocka_unit_test(a_line_given_up_within_a_word_does_not_touch_the_next),
        cmocka_unit_test(a_long_word_is_cut_in_the_message),
        cmocka_unit_test(every_entry_is_visited_once_and_in_order),
        cmocka_unit_test(the_entries_that_a_line_names_are_told_once_each_in_order),
        cmocka_unit_test(an_entry_is_copied_and_no_other),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
