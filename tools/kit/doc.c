#include "kit/doc.h"

#include <string.h>

#include "kit/opt_value.h"
#include "kit/text.h"

enum { LINE_WIDTH = 80, OPTION_COLUMN = 30, NAME_COLUMN = 16, EXIT_COLUMN = 7 };

void doc_sentence(char text[DOC_SENTENCE], const struct opt *o)
{
    char choices[DOC_SENTENCE / 2] = "";

    if (o->choice)
        opt_choices(o, ", ", choices, sizeof choices);
    snprintf(text, DOC_SENTENCE, "%s%s%s%s%s%s", o->help, o->choice ? ": " : "", choices,
             o->preset ? " (default: " : "", o->preset ? o->preset : "", o->preset ? ")" : "");
}

const char *doc_step_name(const struct tool *t)
{
    const char *dash = strchr(t->name, '-');

    return dash ? dash + 1 : t->name;
}

void doc_step_sentence(char text[DOC_SENTENCE], const struct tool *t)
{
    snprintf(text, DOC_SENTENCE, "%s%s", t->brief, t->stage ? "" : " (by itself only)");
}

/* Writes the words of text from the column where the cursor stands, breaking lines. */
static void print_wrapped(FILE *out, const char *text, size_t indent)
{
    size_t column = indent;

    for (const char *word = text + strspn(text, " "); *word; word += strspn(word, " ")) {
        char one[LINE_WIDTH * 4];
        const size_t length = strcspn(word, " ");
        snprintf(one, sizeof one, "%.*s", (int)length, word);
        const size_t width = text_width(one);

        if (column > indent && column + 1 + width > LINE_WIDTH) {
            fprintf(out, "\n%*s", (int)indent, "");
            column = indent;
        } else if (column > indent) {
            fputc(' ', out);
            column++;
        }
        fputs(one, out);
        column += width;
        word += length;
    }
    fputc('\n', out);
}

/* A name at the left, its text in a column at the right, on the next line if need be. */
static void print_entry(FILE *out, const char *name, const char *text, size_t indent)
{
    const size_t width = text_width(name);

    fputs(name, out);
    if (width + 2 > indent)
        fprintf(out, "\n%*s", (int)indent, "");
    else
        fprintf(out, "%*s", (int)(indent - width), "");
    print_wrapped(out, text, indent);
}

static void print_option(FILE *out, const struct opt *o)
{
    const bool is_optional = o->kind == OPT_ABOUT;
    char name[160], sentence[DOC_SENTENCE];

    snprintf(name, sizeof name, "  %c%c%c --%s%s%s%s", o->key ? '-' : ' ', o->key ? o->key : ' ',
             o->key ? ',' : ' ', o->name,
             !o->arg       ? ""
             : is_optional ? "[="
                           : " ",
             o->arg ? o->arg : "", o->arg && is_optional ? "]" : "");
    doc_sentence(sentence, o);
    print_entry(out, name, sentence, OPTION_COLUMN);
}

#define EXIT_LINE(name, number, text) {number, text},
const struct doc_exit doc_exits[] = {EXITS(EXIT_LINE){0, NULL}};
#undef EXIT_LINE

static void print_paragraphs(FILE *out, const char *text)
{
    for (const char *end; *text; text = end + strspn(end, "\n")) {
        char paragraph[2048];
        end = strstr(text, "\n\n");
        end = end ? end : text + strlen(text);
        snprintf(paragraph, sizeof paragraph, "%.*s", (int)(end - text), text);
        fputc('\n', out);
        print_wrapped(out, paragraph, 0);
    }
}

/* How steps are put together is no option: the help has to say it in words. */
static void print_steps(FILE *out, const struct tool *t)
{
    char name[160], sentence[DOC_SENTENCE];

    print_paragraphs(out, t->about);
    fputs("\nSteps:\n", out);
    for (const struct tool *const *step = t->steps; *step; step++) {
        snprintf(name, sizeof name, "  %s", doc_step_name(*step));
        doc_step_sentence(sentence, *step);
        print_entry(out, name, sentence, NAME_COLUMN);
    }
}

void doc_help(FILE *out, const struct tool *t)
{
    char name[160];

    fprintf(out, "Usage: %s %s%s\n%s.\n\nExamples:\n", t->name, t->steps ? "" : "[OPTION]... ",
            t->operands, t->brief);
    for (const struct example *e = t->examples; e->command; e++)
        fprintf(out, "  %s\n      %s\n", e->command, e->effect);
    if (t->steps)
        print_steps(out, t);
    for (OPT_EACH(e, t->options)) {
        if (e.entry->kind == OPT_GROUP)
            fprintf(out, "\n%s:\n", e.entry->help);
        else
            print_option(out, e.entry);
    }
    if (t->columns && t->columns->name)
        fputs("\nColumns added:\n", out);
    for (const struct column *c = t->columns; c && c->name; c++) {
        snprintf(name, sizeof name, "  %s", c->name);
        print_entry(out, name, c->meaning, NAME_COLUMN);
    }
    fputs("\nExit status:\n", out);
    for (const struct doc_exit *e = doc_exits; e->text; e++) {
        snprintf(name, sizeof name, "  %3d", e->number);
        print_entry(out, name, e->text, EXIT_COLUMN);
    }
    fprintf(out, "\nManual: %s --help=man | man -l -\n", t->name);
}

#define FORM_PRINTER(form) {#form, doc_##form},
static const struct {
    const char *form;
    doc_printer *print;
} printers[] = {OPT_FORMS(FORM_PRINTER)};
#undef FORM_PRINTER

static doc_printer *find_form(const char *form)
{
    for (size_t i = 0; i < sizeof printers / sizeof *printers; i++)
        if (!strcmp(form, printers[i].form))
            return printers[i].print;
    return NULL;
}

/* Whether a word is -h, or flags with an h among them. */
static bool has_help_key(const struct opt *table, const char *word)
{
    if (*word != '-')
        return false;
    while (*++word) {
        const struct opt *o = opt_find_key(table, *word);
        if (!o || o->kind != OPT_FLAG)
            return o && o->kind == OPT_ABOUT;
    }
    return false;
}

doc_printer *doc_asked(const struct tool *t, int argc, char **argv)
{
    static const char with_form[] = "--help=";
    doc_printer *asked = NULL;

    for (int i = 1; i < argc && strcmp(argv[i], "--") && !asked; i++) {
        if (!strcmp(argv[i], "--help") || has_help_key(t->options, argv[i]))
            asked = doc_help;
        else if (!strncmp(argv[i], with_form, sizeof with_form - 1))
            asked = find_form(argv[i] + sizeof with_form - 1);
    }
    return asked;
}

bool doc_has_word(const char *word, int argc, char **argv)
{
    for (int i = 1; i < argc && strcmp(argv[i], "--"); i++)
        if (!strcmp(argv[i], word))
            return true;
    return false;
}
