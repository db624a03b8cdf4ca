/* What a tool says about itself: help, manual, JSON, completions. */
#include "near.h"

#include <ctype.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kit/doc.h"
#include "kit/text.h"

struct settings {
    bool quiet, list;
    int unit, digits;
    const char *output;
    struct opt_texts corridors;
    double distance;
};

static const char *const units[] = {"m2", "ha", NULL};

static const struct opt options[] = {
    {GROUP, .help = "Measure - it's"},
    {CHOICE_AT(unit), .key = 'u', .name = "unit", .arg = "UNIT", .choice = units, .preset = "ha",
     .help = "Unit of the area"},
    {LENGTH_AT(distance), .name = "max-distance", .arg = "LENGTH", .min = 0, .max = 5e4,
     .preset = "5km", .help = "Leave out what's further away [or \\ too far: far away]"},
    {INT_AT(digits), .key = 'd', .name = "digits", .arg = "N", .min = 0, .max = 12,
     .help = "Digits after the point"},
    {FILES_AT(corridors), .key = 'c', .name = "corridors", .arg = "FILE", .help = "Corridors"},
    {GROUP, .help = "Output"},
    {FILE_AT(output), .key = 'o', .name = "output", .arg = "FILE", .help = "Where to"},
    {FLAG_AT(quiet), .key = 'q', .name = "quiet", .help = "Say nothing"},
    {FLAG_AT(list), .key = 'L', .name = "list-everything-that-there-is", .help = "List"},
    {0},
};

static const struct column columns[] = {
    {"area_ha", "area on the ellipsoid, holes subtracted and parts added up, in hectares"},
    {"perim_m", "perimeter in metres"},
    {0},
};

static const struct example examples[] = {
    {"printf '%s\\n' .x | geo-sample -", "Read \"x\" from standard input"},
    {"geo-sample b.shp --unit ha", "Read a layer"},
    {0},
};

static const struct tool sample = {
    .name = "geo-sample",
    .brief = "Area of zones",
    .operands = "FILE...",
    .min_operands = 1,
    .max_operands = OPERANDS_ANY,
    .about = "Reads V\xC4\xA9nh Ph\xC3\xBA"
             "c.\n.dot\n'quote' ~^`\n\nSecond \\n paragraph.",
    .accuracy = "Within 1e-9.",
    .columns = columns,
    .options = options,
    .examples = examples,
    .settings_size = sizeof(struct settings),
};

/* The same without what a tool may lack. */
static const struct tool bare = {
    .name = "geo",
    .brief = "Nothing",
    .operands = "",
    .about = "Does nothing.",
    .options = &options[sizeof options / sizeof *options - 1],
    .examples = &examples[sizeof examples / sizeof *examples - 1],
};

/* The caller frees. */
static char *printed(doc_printer *print, const struct tool *t)
{
    char *text;
    size_t size;
    FILE *out = open_memstream(&text, &size);

    assert_non_null(out);
    print(out, t);
    assert_int_equal(fclose(out), 0);
    return text;
}

static void assert_contains(const char *text, const char *part)
{
    if (strstr(text, part))
        return;
    print_error("%s\n---- is not in ----\n%s\n", part, text);
    fail();
}

static const char help[] =
    "Usage: geo-sample [OPTION]... FILE...\n"
    "Area of zones.\n"
    "\n"
    "Examples:\n"
    "  printf '%s\\n' .x | geo-sample -\n"
    "      Read \"x\" from standard input\n"
    "  geo-sample b.shp --unit ha\n"
    "      Read a layer\n"
    "\n"
    "Measure - it's:\n"
    "  -u, --unit UNIT             Unit of the area: m2, ha (default: ha)\n"
    "      --max-distance LENGTH   Leave out what's further away [or \\ too far: far\n"
    "                              away] (default: 5km)\n"
    "  -d, --digits N              Digits after the point\n"
    "  -c, --corridors FILE        Corridors\n"
    "\n"
    "Output:\n"
    "  -o, --output FILE           Where to\n"
    "  -q, --quiet                 Say nothing\n"
    "  -L, --list-everything-that-there-is\n"
    "                              List\n"
    "\n"
    "About this tool:\n"
    "  -h, --help[=FORM]           Print this help, or the same in a form for\n"
    "                              programs: man, json, bash, zsh, fish\n"
    "      --version               Print the versions of the tool and its libraries\n"
    "\n"
    "Columns added:\n"
    "  area_ha       area on the ellipsoid, holes subtracted and parts added up, in\n"
    "                hectares\n"
    "  perim_m       perimeter in metres\n"
    "\n"
    "Exit status:\n"
    "    0  done, and every check passed\n"
    "    1  a check failed\n"
    "    2  wrong usage\n"
    "    3  input cannot be read\n"
    "    4  the coordinate reference system is missing, ambiguous or unsuitable\n"
    "    5  text cannot be decoded\n"
    "    6  output cannot be written\n"
    "    7  done, but features were skipped; standard error says how many and why\n"
    "   70  a defect of the program itself\n"
    "  130  interrupted\n"
    "\n"
    "Manual: geo-sample --help=man | man -l -\n";

static void help_begins_with_examples_and_fits_80_columns(void **state)
{
    char *text = printed(doc_help, &sample);

    (void)state;
    assert_string_equal(text, help);
    for (const char *line = strtok(text, "\n"); line; line = strtok(NULL, "\n"))
        assert_true(text_width(line) <= 80);
    free(text);
}

/* 16 columns stand before each meaning. */
#define WORD_62 "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
#define WORD_63 WORD_62 "a"

static void lines_break_before_the_word_that_does_not_fit(void **state)
{
    static const struct column wide[] = {
        {"x", WORD_63 "aaaa"}, {"y", WORD_63 " b"}, {"z", "b " WORD_63 " b"}, {0}};
    struct tool t = bare;

    (void)state;
    t.columns = wide;
    char *text = printed(doc_help, &t);
    assert_contains(text, "\n  x             " WORD_63 "aaaa\n"
                          "  y             " WORD_63 "\n                b\n"
                          "  z             b\n                " WORD_63 "\n                b\n");
    free(text);
}

static void a_line_may_fill_its_80_columns(void **state)
{
    static const struct column full[] = {{"x", WORD_62 " b"}, {"yyyyyyyyyyyyy", "c"}, {0}};
    struct tool t = bare;

    (void)state;
    t.columns = full;
    char *text = printed(doc_help, &t);
    assert_contains(text, "\n  x             " WORD_62 " b\n  yyyyyyyyyyyyy\n                c\n");
    free(text);
}

static const char *const in_manual[] = {
    ".TH GEO-SAMPLE 1 ",
    ".SH NAME\ngeo\\-sample \\- Area of zones\n",
    ".SH SYNOPSIS\n\\fBgeo\\-sample\\fR [\\fIOPTION\\fR]... FILE...\n",
    "Reads V\\[u0129]nh Ph\\[u00FA]c.\n\\&.dot\n\\(aqquote\\(aq \\(ti\\(ha\\(ga\n.PP\nSecond \\en para",
    ".SS Measure \\- it\\(aqs\n",
    ".TP\n\\fB\\-u\\fR, \\fB\\-\\-unit\\fR \\fIUNIT\\fR\nUnit of the area: m2, ha (default: ha).\n",
    ".TP\n\\fB\\-\\-max\\-distance\\fR \\fILENGTH\\fR\nLeave out what\\(aqs further",
    "\\fB\\-\\-help\\fR[=\\fIFORM\\fR]\n",
    ".SH COLUMNS\n.TP\n\\fBarea_ha\\fR\n",
    (".SH EXAMPLES\nRead \\(dqx\\(dq from standard input:\n.PP\n.RS 4\n.nf\n"
     "\\fBprintf \\(aq%s\\en\\(aq .x | geo\\-sample \\-\\fR\n.fi\n.RE\n.PP\nRead a layer:\n"),
    ".SH ACCURACY\nWithin 1e\\-9.\n",
    ".SH EXIT STATUS\n.TP\n\\fB0\\fR\ndone, and every check passed.\n",
    ".TP\n\\fB130\\fR\ninterrupted.\n",
    ".SH ENVIRONMENT\n",
};

static void the_manual_has_its_sections_in_order(void **state)
{
    char *text = printed(doc_man, &sample);
    const char *at = text;

    (void)state;
    for (size_t i = 0; i < sizeof in_manual / sizeof *in_manual; i++) {
        assert_contains(at, in_manual[i]);
        at = strstr(at, in_manual[i]);
    }
    for (const char *c = text; *c; c++)
        assert_true(isprint((unsigned char)*c) || *c == '\n'); /* ASCII, whoever formats it */
    free(text);
}

static void a_manual_without_columns_or_numbers_has_no_empty_sections(void **state)
{
    char *text = printed(doc_man, &bare);

    (void)state;
    assert_null(strstr(text, ".SH COLUMNS"));
    assert_null(strstr(text, ".SH ACCURACY"));
    assert_contains(text, ".SH EXIT STATUS");
    free(text);
}

static const char *const in_json[] = {
    "{\n  \"name\": \"geo-sample\", \"version\": \"",
    "\", \"brief\": \"Area of zones\", \"operands\": \"FILE...\",\n  \"min_operands\": 1,\n",
    ("{\"name\": \"unit\", \"kind\": \"choice\", \"key\": \"u\", \"arg\": \"UNIT\", "
     "\"default\": \"ha\", \"choices\": [\"m2\", \"ha\"], \"group\": \"Measure - it's\", "
     "\"help\": \"Unit of the area\"},\n"),
    ("{\"name\": \"max-distance\", \"kind\": \"length\", \"arg\": \"LENGTH\", \"default\": \"5km\", "
     "\"min\": 0, \"max\": 50000, \"group\": \"Measure - it's\", "
     "\"help\": \"Leave out what's further away [or \\\\ too far: far away]\"},\n"),
    "{\"name\": \"corridors\", \"kind\": \"files\", \"key\": \"c\", ",
    "{\"name\": \"quiet\", \"kind\": \"flag\", \"key\": \"q\", \"group\": \"Output\", ",
    "{\"name\": \"version\", \"kind\": \"about\", ",
    "\"columns\": [\n    {\"name\": \"area_ha\", \"meaning\": \"area on",
    ("\"examples\": [\n    {\"command\": \"printf '%s\\\\n' .x | geo-sample -\", "
     "\"effect\": \"Read \\\"x\\\" from standard input\"},\n"),
    "\"exit_status\": [\n    {\"number\": 0, \"meaning\": \"done, and every check passed\"},\n",
    "{\"number\": 130, \"meaning\": \"interrupted\"}\n  ]\n}\n",
};

static void json_tells_all_that_the_tables_hold(void **state)
{
    char *text = printed(doc_json, &sample);
    const char *at = text;

    (void)state;
    for (size_t i = 0; i < sizeof in_json / sizeof *in_json; i++) {
        assert_contains(at, in_json[i]);
        at = strstr(at, in_json[i]);
    }
    free(text);
    text = printed(doc_json, &bare);
    assert_contains(text, "\"min_operands\": 0, \"max_operands\": 0,\n");
    assert_contains(text, "\"columns\": [\n  ],\n  \"examples\": [\n  ],\n");
    free(text);
}

static const struct {
    doc_printer *print;
    const char *part;
} completions[] = {
    {doc_bash, "\n_geo_sample()\n{\n"},
    {doc_bash,
     "    -u | --unit) mapfile -t COMPREPLY < <(compgen -W 'm2 ha' -- \"$cur\"); return ;;\n"},
    {doc_bash, "    --max-distance) compopt +o default; return ;;\n"},
    {doc_bash, "    -o | --output) return ;;\n"},
    {doc_bash, " --quiet --list-everything-that-there-is --help --version' -- \"$cur\")\n"},
    {doc_bash, "complete -o default -F _geo_sample geo-sample\n"},
    {doc_zsh, "#compdef geo-sample\n"},
    {doc_zsh, "    '(-u --unit)'{-u+,--unit=}'[Unit of the area]:UNIT:(m2 ha)' \\\n"},
    {doc_zsh,
     "    --max-distance='[Leave out what'\\''s further away \\[or \\\\ too far\\: far away\\]]"
     ":LENGTH: ' \\\n"},
    {doc_zsh, "    '*'{-c+,--corridors=}'[Corridors]:FILE:_files' \\\n"},
    {doc_zsh, "    '(-q --quiet)'{-q,--quiet}'[Say nothing]' \\\n"},
    {doc_zsh, "    '(- *)'{-h,--help}'["},
    {doc_zsh, "    '*:file:_files'\n"},
    {doc_fish, "complete -c geo-sample -l unit -s u -xa 'm2 ha' -d 'Unit of the area'\n"},
    {doc_fish, "complete -c geo-sample -l max-distance -x -d "
               "'Leave out what\\'s further away [or \\\\ too far: far away]'\n"},
    {doc_fish, "complete -c geo-sample -l output -s o -rF -d 'Where to'\n"},
    {doc_fish, "complete -c geo-sample -l quiet -s q -d 'Say nothing'\n"},
};

static void completions_offer_options_words_and_files(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof completions / sizeof *completions; i++) {
        char *text = printed(completions[i].print, &sample);
        assert_contains(text, completions[i].part);
        free(text);
    }
}

/* Command lines cut at blanks, and the document that each asks for. */
static const struct {
    const char *line;
    doc_printer *print;
} asked[] = {
    {"-h", doc_help},
    {"--help", doc_help},
    {"--bogus -d x a b c -h", doc_help},
    {"-o -h", doc_help},
    {"-qh", doc_help},
    {"-qLh", doc_help},
    {"--help=man", doc_man},
    {"--help=json x", doc_json},
    {"--help=bash", doc_bash},
    {"--help=zsh", doc_zsh},
    {"--help=fish", doc_fish},
    {"--help=html -h", doc_help},
    {"--help=html", NULL},
    {"--help=", NULL},
    {"--helpful", NULL},
    {"--hel", NULL},
    {"-- -h", NULL},
    {"-oh", NULL}, /* a file named h */
    {"-xh", NULL},
    {"h", NULL},
    {"-", NULL},
    {"-5h", NULL},
    {"", NULL},
};

static int split(char *line, char **argv)
{
    static char name[] = "geo-sample";
    int argc = 0;

    argv[argc++] = name;
    for (char *w = strtok(line, " "); w; w = strtok(NULL, " "))
        argv[argc++] = w;
    return argc;
}

static void a_document_is_asked_for_by_any_word_before_the_end_of_options(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof asked / sizeof *asked; i++) {
        char line[64], *argv[16];
        snprintf(line, sizeof line, "%s", asked[i].line);
        const int argc = split(line, argv);
        assert_ptr_equal(doc_asked(&sample, argc, argv), asked[i].print);
    }
}

static void the_version_is_asked_for_by_its_whole_word(void **state)
{
    char yes[] = "--bogus --version", cut[] = "--versio", after[] = "-- --version", *argv[16];

    (void)state;
    assert_true(doc_has_word("--version", split(yes, argv), argv));
    assert_false(doc_has_word("--version", split(cut, argv), argv));
    assert_false(doc_has_word("--version", split(after, argv), argv));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(help_begins_with_examples_and_fits_80_columns),
        cmocka_unit_test(lines_break_before_the_word_that_does_not_fit),
        cmocka_unit_test(a_line_may_fill_its_80_columns),
        cmocka_unit_test(the_manual_has_its_sections_in_order),
        cmocka_unit_test(a_manual_without_columns_or_numbers_has_no_empty_sections),
        cmocka_unit_test(json_tells_all_that_the_tables_hold),
        cmocka_unit_test(completions_offer_options_words_and_files),
        cmocka_unit_test(a_document_is_asked_for_by_any_word_before_the_end_of_options),
        cmocka_unit_test(the_version_is_asked_for_by_its_whole_word),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
