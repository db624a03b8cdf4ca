/* What opt_lint() finds in a table. */
#include "near.h"

#include <stdio.h>

#include "kit/opt.h"

enum { MESSAGE = 256 };

static const char *const modes[] = {"fast", "exact", NULL};

#define VALID .name = "name", .help = "Help"
#define NUMBER .kind = OPT_REAL, .arg = "X", .min = 0, .max = 1
static const struct opt inner[] = {{.kind = OPT_FLAG, .key = 'i', .name = "inner", .help = "In"},
                                   {0}};
static const struct opt good[] = {
    {.kind = OPT_GROUP, .help = "Group"},
    {.kind = OPT_INCLUDE, .table = inner},
    {.kind = OPT_CHOICE,
     .key = 'm',
     .name = "mode",
     .arg = "MODE",
     .choice = modes,
     .preset = "fast",
     .help = "How"},
    {.kind = OPT_INT, .name = "bare", .arg = "N", .min = 0, .max = 9, .help = "Number"},
    {.kind = OPT_INT,
     .name = "signed",
     .arg = "N",
     .min = -9,
     .max = 9,
     .preset = "-9",
     .help = "Number"},
    {.kind = OPT_LENGTHS,
     .name = "bands",
     .arg = "LENGTH,...",
     .min = 0,
     .max = 1e6,
     .preset = "1km,3km",
     .help = "Edges"},
    {.kind = OPT_FILE, .key = 'o', .name = "output", .arg = "FILE", .preset = "-", .help = "File"},
    {0},
};
static const struct opt outer[] = {{.kind = OPT_INCLUDE, .table = inner}, {0}};
#define TABLE(...)       \
    (const struct opt[]) \
    {                    \
        __VA_ARGS__,     \
        {                \
            0            \
        }                \
    }

static const struct {
    const struct opt *table;
    const char *fault;
} faulty[] = {
    {TABLE({.kind = OPT_FLAG, .name = "name"}),
     "option 'name' has no help that begins with a capital"},
    {TABLE({.kind = OPT_FLAG, .name = "name", .help = "help"}),
     "option 'name' has no help that begins with a capital"},
    {TABLE({.kind = OPT_GROUP}), "option '' has no help that begins with a capital"},
    {TABLE({.kind = OPT_FLAG, .name = "name", .help = "Help."}),
     "option 'name' has help that ends with a full stop"},
    {TABLE({.kind = OPT_FLAG, .help = "Help"}),
     "option '' has no name, or one too long or not in lower case"},
    {TABLE({.kind = OPT_FLAG, .name = "name-of-more-than-thirty-one-bytes", .help = "Help"}),
     "option 'name-of-more-than-thirty-one-bytes' has no name, or one too long or not in lower "
     "case"},
    {TABLE({.kind = OPT_FLAG, .key = '5', VALID}), "option 'name' has a key that is no letter"},
    {TABLE({.kind = OPT_FLAG, .arg = "X", VALID}), "option 'name' is a flag with an arg"},
    {TABLE({.kind = OPT_TEXT, VALID}), "option 'name' has no arg"},
    {TABLE({.kind = OPT_CHOICE, .arg = "X", VALID}), "option 'name' has no choice"},
    {TABLE({.kind = OPT_LENGTHS, .arg = "X", VALID}), "option 'name' has no range"},
    {TABLE({NUMBER, VALID, .preset = "2"}), "option 'name' has a preset it would refuse"},
    {TABLE({NUMBER, VALID, .preset = "one"}), "option 'name' has a preset it would refuse"},
    {TABLE({.kind = OPT_CHOICE, .arg = "X", .choice = modes, VALID, .preset = "slow"}),
     "option 'name' has a preset it would refuse"},
    {TABLE({.kind = OPT_FLAG, VALID, .preset = "1"}), "option 'name' is of a kind without preset"},
    {TABLE({.kind = OPT_TEXTS, .arg = "X", VALID, .preset = "1"}),
     "option 'name' is of a kind without preset"},
    {TABLE({.kind = OPT_INT, .arg = "X", .min = 0, .max = 3e9, VALID}),
     "option 'name' has a range beyond that of int"},
    {TABLE({.kind = OPT_INT, .arg = "X", .min = -1, .max = 9, VALID}),
     "option 'name' has no preset and cannot tell -1 from not given"},
    {TABLE({.kind = OPT_FLAG, VALID}, {.kind = OPT_FLAG, VALID}),
     "option 'name' has the name or key of another"},
    {TABLE({.kind = OPT_FLAG, .key = 'i', VALID}, {.kind = OPT_INCLUDE, .table = inner}),
     "option 'inner' has the name or key of another"},
    {TABLE({.kind = OPT_FLAG, .key = 'h', VALID}), "option 'help' has the name or key of another"},
    {TABLE({.kind = OPT_INCLUDE, .table = outer}), "an included table includes another"},
};

static void lint_finds_what_is_wrong_with_a_table(void **state)
{
    char message[MESSAGE] = "";

    (void)state;
    for (size_t i = 0; i < sizeof faulty / sizeof *faulty; i++) {
        assert_false(opt_lint(faulty[i].table, message, sizeof message));
        assert_string_equal(message, faulty[i].fault);
    }
}

static void lint_passes_a_good_table(void **state)
{
    char message[MESSAGE] = "";

    (void)state;
    assert_true(opt_lint(good, message, sizeof message));
    assert_true(opt_lint(outer, message, sizeof message));
    assert_string_equal(message, "");
}

static void lint_counts_the_options(void **state)
{
    static char name[OPT_MAX][16];
    static struct opt many[OPT_MAX + 1];
    char message[MESSAGE] = "";

    (void)state;
    for (int i = 0; i < OPT_MAX; i++) {
        snprintf(name[i], sizeof name[i], "n%d", i);
        many[i] = (struct opt){.kind = OPT_FLAG, .name = name[i], .help = "Help"};
    }
    assert_false(opt_lint(many, message, sizeof message));
    assert_string_equal(message, "130 options are more than 128"); /* with help and version */
    assert_true(opt_lint(many + 2, message, sizeof message));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(lint_finds_what_is_wrong_with_a_table),
        cmocka_unit_test(lint_passes_a_good_table),
        cmocka_unit_test(lint_counts_the_options),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
