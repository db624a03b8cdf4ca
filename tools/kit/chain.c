#include "kit/chain.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "kit/doc.h"
#include "kit/line.h"
#include "kit/near_miss.h"
#include "kit/stage.h"

/* One step as typed: argv[0] is its name. */
struct segment {
    const struct tool *tool;
    char name[64]; /* "geo: area", before messages on it */
    char help[64]; /* "geo help area" */
    int argc;
    char **argv;
    struct line line;
};

struct chain {
    const struct tool *geo;
    struct say say;
    char help[64]; /* "geo --help" */
    struct segment segment[JOB_STEPS_MAX];
    size_t n;
};

__attribute__((format(printf, 2, 3))) static int refuse(struct chain *chain, const char *format,
                                                        ...)
{
    char text[512];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    say_error(&chain->say, "%s (see %s)", text, chain->help);
    return EXIT_USAGE;
}

/* A message on one step. */
__attribute__((format(printf, 3, 4))) static int refuse_step(struct chain *chain,
                                                             const struct segment *segment,
                                                             const char *format, ...)
{
    struct say say = chain->say;
    char text[512];
    va_list args;

    va_start(args, format);
    vsnprintf(text, sizeof text, format, args);
    va_end(args);
    say.name = segment->name;
    say_error(&say, "%s", text);
    return EXIT_USAGE;
}

/* ---- the words ---- */

/* The tool of a step; NULL with a message if there is none. */
static const struct tool *find_step(struct chain *chain, const char *name)
{
    struct near_miss miss = near_miss_of(name, strlen(name));
    const char *meant = NULL;

    for (const struct tool *const *t = chain->geo->steps; *t; t++) {
        const char *known = doc_step_name(*t);
        if (!strcmp(known, name))
            return *t;
        if (near_miss_is(&miss, known))
            meant = known;
    }
    refuse(chain, "unknown step '%s'%s%s%s", name, meant ? "; did you mean " : "",
           meant ? meant : "", meant ? "?" : "");
    return NULL;
}

/* Takes words[0..n-1] as the next step. */
static int add_step(struct chain *chain, int n, char **words, bool is_last)
{
    struct segment *segment = &chain->segment[chain->n];

    if (n == 0 && chain->n == 0)
        return refuse(chain, "no step stands before the first !");
    if (n == 0)
        return refuse(chain, "no step stands %s", is_last ? "after the last !" : "between two !");
    if (chain->n == JOB_STEPS_MAX)
        return refuse(chain, "more than %d steps", JOB_STEPS_MAX);
    *segment = (struct segment){.tool = find_step(chain, words[0]), .argc = n, .argv = words};
    if (!segment->tool)
        return EXIT_USAGE;
    snprintf(segment->name, sizeof segment->name, "%s: %s", chain->geo->name, words[0]);
    snprintf(segment->help, sizeof segment->help, "%s help %s", chain->geo->name, words[0]);
    chain->n++;
    return EXIT_DONE;
}

static int split(struct chain *chain, int argc, char **argv)
{
    int code = EXIT_DONE, begin = 1;

    for (int i = 1; i <= argc && code == EXIT_DONE; i++) {
        const bool is_last = i == argc;
        if (!is_last && strcmp(argv[i], "!"))
            continue;
        code = add_step(chain, i - begin, argv + begin, is_last);
        begin = i + 1;
    }
    for (size_t s = 0; code == EXIT_DONE && chain->n > 1 && s < chain->n; s++)
        if (!chain->segment[s].tool->stage)
            code =
                refuse_step(chain, &chain->segment[s], "not a step of a chain: run it by itself");
    return code;
}

/* ---- the options ---- */

static bool is_in(const struct opt *table, const struct opt *entry)
{
    return opt_find(table, entry->name, strlen(entry->name)) == entry && entry->kind != OPT_ABOUT;
}

/* "--where", "-s (--src-crs)" */
static const char *shown(const struct opt *entry, char text[64])
{
    if (entry->key)
        snprintf(text, 64, "-%c (--%s)", entry->key, entry->name);
    else
        snprintf(text, 64, "--%s", entry->name);
    return text;
}

static int check_place(struct chain *chain, size_t s, const struct opt *entry)
{
    const struct segment *segment = &chain->segment[s];
    char text[64];

    if (s > 0 && is_in(input_options, entry))
        return refuse_step(chain, segment, "%s belongs to the first step", shown(entry, text));
    if (s + 1 < chain->n && is_in(output_options, entry))
        return refuse_step(chain, segment, "%s belongs to the last step", shown(entry, text));
    for (size_t before = 0; before < s && is_in(run_options, entry); before++)
        if (opt_is_given(&chain->segment[before].line.given, entry))
            return refuse_step(chain, segment, "%s holds for all steps: give it once",
                               shown(entry, text));
    return EXIT_DONE;
}

/* A word that was meant to begin a step: a step's name where an operand stands and no file has that
 * name, or a word with the ! stuck to it. NULL: none. */
static const char *find_stuck(const struct chain *chain, const struct segment *segment)
{
    for (int i = 1; i < segment->argc; i++) {
        const char *word = segment->argv[i];
        size_t length = strlen(word);
        if (access(word, F_OK) == 0 || word[0] == '-' || segment->argv[i - 1][0] == '-')
            continue;
        if (length > 1 && (word[0] == '!' || word[length - 1] == '!'))
            return word;
        for (const struct tool *const *t = chain->geo->steps; i > 1 && *t; t++)
            if (!strcmp(doc_step_name(*t), word))
                return word;
    }
    return NULL;
}

static int parse(struct chain *chain, size_t s)
{
    struct segment *segment = &chain->segment[s];
    struct say say = chain->say;
    const char *stuck = find_stuck(chain, segment);
    say.name = segment->name;
    if (stuck)
        return refuse_step(chain, segment,
                           "'%s' is no file: is a ! missing there, with blanks round it?", stuck);

    int code = line_parse(&segment->line, segment->tool, segment->argc, segment->argv, &say,
                          segment->help);
    for (size_t i = 0; code == EXIT_DONE && i < segment->line.given.n; i++)
        code = check_place(chain, s, segment->line.given.at[i]);
    if (code == EXIT_DONE && s == 0)
        return line_check_operands(&segment->line, segment->tool, segment->argv, &say,
                                   segment->help);
    if (code == EXIT_DONE && segment->line.operands > 0)
        return refuse_step(chain, segment,
                           "unexpected operand '%s': the features come from the step before",
                           segment->argv[1]);
    return code;
}

/* ---- the run ---- */

static void copy_table(const struct opt *table, struct common *to, const struct common *from,
                       const struct opt_given *given)
{
    for (OPT_EACH(e, table))
        if (!e.is_about && opt_is_given(given, e.entry))
            opt_copy(e.entry, to, from);
}

static int run(struct chain *chain)
{
    struct staged staged[JOB_STEPS_MAX] = {0};

    for (size_t s = 0; s < chain->n; s++)
        staged[s] = (struct staged){.tool = chain->segment[s].tool,
                                    .name = chain->segment[s].name,
                                    .settings = chain->segment[s].line.settings};
    struct common common = *stage_common(&staged[0]);
    for (size_t s = 1; s < chain->n; s++) {
        const struct opt_given *given = &chain->segment[s].line.given;
        copy_table(output_options, &common, stage_common(&staged[s]), given);
        copy_table(run_options, &common, stage_common(&staged[s]), given);
    }
    return stage_run(chain->geo->name, &common, staged, chain->n, chain->segment[0].line.operands,
                     chain->segment[0].argv + 1);
}

static int run_steps(struct chain *chain)
{
    size_t parsed = 0;
    int code = EXIT_DONE;

    for (; parsed < chain->n && code == EXIT_DONE; parsed++)
        code = parse(chain, parsed);
    if (code == EXIT_DONE)
        code = run(chain);
    while (parsed > 0)
        line_release(&chain->segment[--parsed].line);
    return code;
}

/* ---- the whole line ---- */

/* "help", "help area". */
static int help(struct chain *chain, int argc, char **argv)
{
    if (argc > 3)
        return refuse(chain, "help is on one step: %s help STEP", chain->geo->name);
    const struct tool *t = argc < 3 ? chain->geo : find_step(chain, argv[2]);
    if (!t)
        return EXIT_USAGE;
    doc_help(stdout, t);
    return EXIT_DONE;
}

int chain_run(const struct tool *t, int argc, char **argv)
{
    struct chain chain = {.geo = t, .say = {.out = stderr, .name = t->name, .level = SAY_NORMAL}};
    struct line line = {0};

    snprintf(chain.help, sizeof chain.help, "%s --help", t->name);
    if (argc > 1 && argv[1][0] == '-') {
        if (line_asks(t, argc, argv))
            return EXIT_DONE;
        int code = line_parse(&line, t, argc, argv, &chain.say, chain.help);
        line_release(&line);
        if (code != EXIT_DONE)
            return code;
    }
    if (argc < 2)
        return refuse(&chain, "no step: %s %s", t->name, t->operands);
    if (!strcmp(argv[1], "help"))
        return help(&chain, argc, argv);
    int code = split(&chain, argc, argv);
    if (code != EXIT_DONE)
        return code;
    for (size_t s = 0; s < chain.n; s++)
        if (line_asks(chain.segment[s].tool, chain.segment[s].argc, chain.segment[s].argv))
            return EXIT_DONE;
    if (!chain.segment[0].tool->stage)
        return line_run(chain.segment[0].tool, argc - 1, argv + 1);
    return run_steps(&chain);
}
