/* The manual page, in the macros of man(7) that groff and mandoc both take. */
#include <ctype.h>
#include <string.h>

#include "kit/doc.h"
#include "kit/text.h"

/* What roff would take for a command, a hyphen or a typographic quote, and what is not
 * ASCII, is written as an escape. */
static void print_roff_character(FILE *out, int32_t code)
{
    static const struct {
        char plain;
        const char *escape;
    } escapes[] = {{'-', "\\-"},   {'\\', "\\e"},  {'\'', "\\(aq"}, {'`', "\\(ga"},
                   {'^', "\\(ha"}, {'~', "\\(ti"}, {'"', "\\(dq"}};

    for (size_t i = 0; i < sizeof escapes / sizeof *escapes; i++) {
        if (code == escapes[i].plain) {
            fputs(escapes[i].escape, out);
            return;
        }
    }
    if (code < 0x80)
        fputc((int)code, out);
    else
        fprintf(out, "\\[u%04X]", (unsigned)code);
}

/* Running text; an empty line begins a paragraph. */
static void print_roff(FILE *out, const char *text)
{
    bool at_start = true;

    while (*text) {
        int32_t code;
        if (!strncmp(text, "\n\n", 2)) {
            fputs("\n.PP\n", out);
            text += strspn(text, "\n");
            at_start = true;
            continue;
        }
        if (at_start && *text == '.')
            fputs("\\&", out);
        text += text_next(text, &code);
        print_roff_character(out, code);
        at_start = code == '\n';
    }
}

static void print_section(FILE *out, const char *heading, const char *text)
{
    fprintf(out, ".SH %s\n", heading);
    print_roff(out, text);
    fputc('\n', out);
}

static void print_item(FILE *out, const char *tag, const char *text)
{
    fputs(".TP\n\\fB", out);
    print_roff(out, tag);
    fputs("\\fR\n", out);
    print_roff(out, text);
    fputs(".\n", out);
}

static void print_option(FILE *out, const struct opt *o)
{
    char sentence[DOC_SENTENCE];

    fputs(".TP\n", out);
    if (o->key)
        fprintf(out, "\\fB\\-%c\\fR, ", o->key);
    fputs("\\fB\\-\\-", out);
    print_roff(out, o->name);
    fputs("\\fR", out);
    if (o->arg) {
        fputs(o->kind == OPT_ABOUT ? "[=\\fI" : " \\fI", out);
        print_roff(out, o->arg);
        fputs(o->kind == OPT_ABOUT ? "\\fR]" : "\\fR", out);
    }
    fputc('\n', out);
    doc_sentence(sentence, o);
    print_roff(out, sentence);
    fputs(".\n", out);
}

static void print_options(FILE *out, const struct tool *t)
{
    fputs(".SH OPTIONS\n"
          "Options may stand before or after the operands; the last one wins.\n"
          "Their names cannot be abbreviated.\n"
          "A word that begins with a dash and a digit is an operand,\n"
          "and so is everything after \\fB\\-\\-\\fR.\n"
          "Lengths and areas carry their unit: m, km, mm, cm, ft, mi or nmi; m2, ha or km2.\n",
          out);
    for (OPT_EACH(e, t->options)) {
        if (e.entry->kind != OPT_GROUP) {
            print_option(out, e.entry);
            continue;
        }
        fputs(".SS ", out);
        print_roff(out, e.entry->help);
        fputc('\n', out);
    }
}

static void print_steps(FILE *out, const struct tool *const *steps)
{
    char sentence[DOC_SENTENCE];

    fputs(".SH STEPS\n", out);
    for (; *steps; steps++) {
        doc_step_sentence(sentence, *steps);
        print_item(out, doc_step_name(*steps), sentence);
    }
}

static void print_examples(FILE *out, const struct tool *t)
{
    fputs(".SH EXAMPLES\n", out);
    for (const struct example *e = t->examples; e->command; e++) {
        fputs(e == t->examples ? "" : ".PP\n", out);
        print_roff(out, e->effect);
        fputs(":\n.PP\n.RS 4\n.nf\n\\fB", out);
        print_roff(out, e->command);
        fputs("\\fR\n.fi\n.RE\n", out);
    }
}

static void print_exit_status(FILE *out)
{
    fputs(".SH EXIT STATUS\n", out);
    for (const struct doc_exit *e = doc_exits; e->text; e++) {
        char number[12];
        snprintf(number, sizeof number, "%d", e->number);
        print_item(out, number, e->text);
    }
    fputs(".PP\nA failed check outranks skipped features.\n"
          "A closed pipe ends the tool silently.\n",
          out);
}

static void print_environment(FILE *out)
{
    fputs(".SH ENVIRONMENT\n", out);
    print_item(out, "TERM", "If this is dumb or unset, no progress bar is drawn");
    print_item(out, "NO_COLOR", "Always obeyed: nothing is coloured");
    print_item(out, "PROJ_DATA", "Where PROJ finds its database and its grids");
    print_item(out, "GDAL_DATA", "Where GDAL finds its support files");
}

void doc_man(FILE *out, const struct tool *t)
{
    fputs(".TH ", out);
    for (const char *c = t->name; *c; c++)
        fputc(toupper((unsigned char)*c), out);
    /* no date: the page is the same whenever it is built */
    fputs(" 1 \"\" \"geo " GEO_VERSION "\"\n.SH NAME\n", out);
    print_roff(out, t->name);
    fputs(" \\- ", out);
    print_roff(out, t->brief);
    fputs("\n.SH SYNOPSIS\n\\fB", out);
    print_roff(out, t->name);
    fputs(t->steps ? "\\fR " : "\\fR [\\fIOPTION\\fR]... ", out);
    print_roff(out, t->operands);
    fputc('\n', out);
    print_section(out, "DESCRIPTION", t->about);
    if (t->steps)
        print_steps(out, t->steps);
    print_options(out, t);
    if (t->columns && t->columns->name)
        fputs(".SH COLUMNS\n", out);
    for (const struct column *c = t->columns; c && c->name; c++)
        print_item(out, c->name, c->meaning);
    print_examples(out, t);
    if (t->accuracy)
        print_section(out, "ACCURACY", t->accuracy);
    print_exit_status(out);
    print_environment(out);
}
