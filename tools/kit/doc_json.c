/* What a front-end needs to know to draw a form and to read the outcome. */
#include "kit/doc.h"
#include "kit/opt_value.h"
#include "kit/text.h"

static const char *const kinds[] = {
    [OPT_ABOUT] = "about",   [OPT_FLAG] = "flag",       [OPT_CHOICE] = "choice",
    [OPT_INT] = "integer",   [OPT_REAL] = "real",       [OPT_PERCENT] = "percent",
    [OPT_LENGTH] = "length", [OPT_LENGTHS] = "lengths", [OPT_AREA] = "area",
    [OPT_TEXT] = "text",     [OPT_TEXTS] = "texts",     [OPT_FILE] = "file",
    [OPT_FILES] = "files",
};

/* Every object begins with a member that is always there, so each other one is led by
 * its comma. */
static void print_member(FILE *out, const char *name, const char *text)
{
    if (!text)
        return;
    fprintf(out, ", \"%s\": ", name);
    text_print_json(out, text);
}

static void print_option(FILE *out, const struct opt *o, const char *group)
{
    const char key[] = {o->key, '\0'};

    fputs("{\"name\": ", out);
    text_print_json(out, o->name);
    print_member(out, "kind", kinds[o->kind]);
    print_member(out, "key", o->key ? key : NULL);
    print_member(out, "arg", o->arg);
    print_member(out, "default", o->preset);
    if (opt_is_number(o->kind))
        fprintf(out, ", \"min\": %.17g, \"max\": %.17g", o->min, o->max);
    for (int i = 0; o->choice && o->choice[i]; i++) {
        fputs(i ? ", " : ", \"choices\": [", out);
        text_print_json(out, o->choice[i]);
        fputs(o->choice[i + 1] ? "" : "]", out);
    }
    print_member(out, "group", group);
    print_member(out, "help", o->help);
    fputc('}', out);
}

static void print_options(FILE *out, const struct opt *table)
{
    const char *group = NULL, *before = "\n    ";

    fputs(",\n  \"options\": [", out);
    for (OPT_EACH(e, table)) {
        if (e.entry->kind == OPT_GROUP) {
            group = e.entry->help;
            continue;
        }
        fputs(before, out);
        print_option(out, e.entry, group);
        before = ",\n    ";
    }
    fputs("\n  ]", out);
}

static void print_pair(FILE *out, const char *name_1, const char *text_1, const char *name_2,
                       const char *text_2)
{
    fprintf(out, "{\"%s\": ", name_1);
    text_print_json(out, text_1);
    print_member(out, name_2, text_2);
    fputc('}', out);
}

static void print_steps(FILE *out, const struct tool *const *steps)
{
    fputs(",\n  \"steps\": [", out);
    for (const struct tool *const *step = steps; *step; step++) {
        fputs(step == steps ? "\n    {\"name\": " : ",\n    {\"name\": ", out);
        text_print_json(out, doc_step_name(*step));
        print_member(out, "tool", (*step)->name);
        print_member(out, "brief", (*step)->brief);
        fprintf(out, ", \"chains\": %s}", (*step)->stage ? "true" : "false");
    }
    fputs("\n  ]", out);
}

static void print_columns(FILE *out, const struct column *columns)
{
    fputs(",\n  \"columns\": [", out);
    for (const struct column *c = columns; c && c->name; c++) {
        fputs(c == columns ? "\n    " : ",\n    ", out);
        print_pair(out, "name", c->name, "meaning", c->meaning);
    }
    fputs("\n  ]", out);
}

static void print_examples(FILE *out, const struct example *examples)
{
    fputs(",\n  \"examples\": [", out);
    for (const struct example *e = examples; e->command; e++) {
        fputs(e == examples ? "\n    " : ",\n    ", out);
        print_pair(out, "command", e->command, "effect", e->effect);
    }
    fputs("\n  ]", out);
}

static void print_exits(FILE *out)
{
    fputs(",\n  \"exit_status\": [", out);
    for (const struct doc_exit *e = doc_exits; e->text; e++) {
        fprintf(out, "%s{\"number\": %d", e == doc_exits ? "\n    " : ",\n    ", e->number);
        print_member(out, "meaning", e->text);
        fputc('}', out);
    }
    fputs("\n  ]", out);
}

void doc_json(FILE *out, const struct tool *t)
{
    fputs("{\n  \"name\": ", out);
    text_print_json(out, t->name);
    print_member(out, "version", GEO_VERSION);
    print_member(out, "brief", t->brief);
    print_member(out, "operands", t->operands);
    fprintf(out, ",\n  \"min_operands\": %d", t->min_operands);
    if (t->max_operands != OPERANDS_ANY)
        fprintf(out, ", \"max_operands\": %d", t->max_operands);
    if (t->steps)
        print_steps(out, t->steps);
    print_options(out, t->options);
    print_columns(out, t->columns);
    print_examples(out, t->examples);
    print_exits(out);
    fputs("\n}\n", out);
}
