/* geo's command line with steps of the test's own: what a stage is called with, and the exit status
 * that comes of it. */
#include "near.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "kit/chain.h"
#include "kit/stage.h"

struct settings {
    struct common common;
    int edges;
    bool fails;
};

static const struct opt options[] = {
    {EDGES_OPTION},
    {FLAG_AT(fails), .name = "fails", .help = "Let the check fail"},
    {INCLUDE_AT(common, struct common, input_options)},
    {INCLUDE_AT(common, struct common, output_options)},
    {INCLUDE_AT(common, struct common, run_options)},
    {.kind = OPT_END},
};

static const struct example examples[] = {{0}};

/* What the stages of a run were called for, in order: c, p, e. */
static char calls[64];

struct state {
    bool fails;
};

static bool check(struct job *job, const void *settings, bool is_last)
{
    (void)job, (void)settings;
    strcat(calls, is_last ? "C" : "c");
    return true;
}

static bool prepare(struct job *job, const void *settings, void *data, struct stage_part *part)
{
    const struct settings *s = settings;
    struct state *state = data;
    (void)part;
    strcat(calls, job->edges == GEO_EDGES_LONLAT ? "l" : "g");
    state->fails = s->fails;
    return true;
}

static void end(struct job *job, void *data)
{
    const struct state *state = data;
    strcat(calls, "e");
    job->failed_check = job->failed_check || state->fails;
}

static const struct stage stage = {.common = offsetof(struct settings, common),
                                   .edges = offsetof(struct settings, edges),
                                   .state_size = sizeof(struct state),
                                   .check = check,
                                   .prepare = prepare,
                                   .end = end};

static int run_alone(const void *settings, int n, char **operand)
{
    (void)settings, (void)operand;
    return 10 + n;
}

#define TOOL(n)                                                                          \
    .name = (n), .brief = "Test", .operands = "LAYER...", .min_operands = 1,             \
    .max_operands = OPERANDS_ANY, .about = "", .options = options, .examples = examples, \
    .settings_size = sizeof(struct settings)

static const struct tool check_tool = {TOOL("geo-check"), .stage = &stage};
static const struct tool alone_tool = {TOOL("geo-alone"), .run = run_alone};
static const struct tool *const steps[] = {&check_tool, &alone_tool, NULL};
static const struct tool geo = {TOOL("geo"), .steps = steps};

/* One point, and one that is skipped for its latitude. */
static char good[] = "/tmp/test_chain.XXXXXX.geojsonl", bad[] = "/tmp/test_chain.XXXXXX.geojsonl";

static bool make_file(char *path, int latitude)
{
    int fd = mkstemps(path, (int)strlen(".geojsonl"));
    FILE *out = fd < 0 ? NULL : fdopen(fd, "w");
    if (!out)
        return false;
    fprintf(out,
            "{\"type\":\"Feature\",\"properties\":{},\"geometry\":"
            "{\"type\":\"Point\",\"coordinates\":[105,%d]}}\n",
            latitude);
    return fclose(out) == 0;
}

static int make_files(void **state)
{
    (void)state;
    return make_file(good, 21) && make_file(bad, 121) ? 0 : 1;
}

static int remove_files(void **state)
{
    (void)state;
    return unlink(good) | unlink(bad);
}

/* Runs a line cut at blanks; GOOD and BAD stand for the files. */
static int run(const char *text)
{
    static char name[] = "geo";
    char copy[256], *argv[32] = {name};
    int argc = 1;
    snprintf(copy, sizeof copy, "%s", text);
    for (char *word = strtok(copy, " "); word; word = strtok(NULL, " "))
        argv[argc++] = !strcmp(word, "GOOD") ? good : !strcmp(word, "BAD") ? bad : word;
    calls[0] = '\0';
    return chain_run(&geo, argc, argv);
}

static void every_stage_is_checked_prepared_and_ended_in_order(void **state)
{
    (void)state;
    assert_int_equal(run("check GOOD -o /dev/null -f geojson"), EXIT_DONE);
    assert_string_equal(calls, "Cge");
    assert_int_equal(run("check GOOD --edges lonlat ! check ! check -o /dev/null -f geojson"),
                     EXIT_DONE);
    assert_string_equal(calls, "ccCllleee");
}

static void a_failed_check_of_any_step_is_1_and_outranks_skipped_features(void **state)
{
    (void)state;
    assert_int_equal(run("check GOOD --fails ! check -o /dev/null -f geojson"), EXIT_CHECK_FAILED);
    assert_int_equal(run("check GOOD ! check --fails -o /dev/null -f geojson"), EXIT_CHECK_FAILED);
    assert_int_equal(run("check BAD -q ! check -o /dev/null -f geojson"), EXIT_SKIPPED);
    assert_int_equal(run("check BAD -q ! check --fails -o /dev/null -f geojson"),
                     EXIT_CHECK_FAILED);
    assert_int_equal(run("check BAD -q --strict --fails -o /dev/null -f geojson"), EXIT_INPUT);
}

static void what_was_prepared_is_ended_when_a_later_stage_fails(void **state)
{
    (void)state;
    assert_int_equal(run("check GOOD --edges lonlat ! check --edges geodesic"), EXIT_USAGE);
    assert_string_equal(calls, "cC");
    assert_int_equal(run("check GOOD ! check -o /missing/x.geojson"), EXIT_OUTPUT);
    assert_string_equal(calls, "cCggee");
}

static void a_tool_without_a_stage_runs_by_itself(void **state)
{
    (void)state;
    assert_int_equal(run("alone a b"), 12);
    assert_int_equal(run("alone a ! check"), EXIT_USAGE);
    assert_int_equal(run("check GOOD ! alone"), EXIT_USAGE);
    assert_string_equal(calls, "");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_stage_is_checked_prepared_and_ended_in_order),
        cmocka_unit_test(a_failed_check_of_any_step_is_1_and_outranks_skipped_features),
        cmocka_unit_test(what_was_prepared_is_ended_when_a_later_stage_fails),
        cmocka_unit_test(a_tool_without_a_stage_runs_by_itself),
    };
    return cmocka_run_group_tests(tests, make_files, remove_files);
}
