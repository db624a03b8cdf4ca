/* Completions: what a shell offers after the tool's name. */
#include <string.h>

#include "kit/doc.h"
#include "kit/opt_value.h"

/* What may follow an option. */
enum follows { NOTHING, WORDS, FILE_NAME, OTHER };

static enum follows follows(const struct opt *o)
{
    if (o->choice && o->kind != OPT_ABOUT)
        return WORDS;
    if (opt_is_file(o->kind))
        return FILE_NAME;
    return o->arg && o->kind != OPT_ABOUT ? OTHER : NOTHING;
}

static void print_choices(FILE *out, const struct opt *o)
{
    char words[DOC_SENTENCE];

    opt_choices(o, " ", words, sizeof words);
    fputs(words, out);
}

/* Text between single quotes: `quote` for each one in it, a backslash before each of
 * `special`. */
static void print_quoted(FILE *out, const char *text, const char *quote, const char *special)
{
    for (; *text; text++) {
        if (*text == '\'') {
            fputs(quote, out);
            continue;
        }
        if (strchr(special, *text))
            fputc('\\', out);
        fputc(*text, out);
    }
}

static void print_bash_case(FILE *out, const struct opt *o)
{
    if (follows(o) == NOTHING)
        return;
    fputs("    ", out);
    if (o->key)
        fprintf(out, "-%c | ", o->key);
    fprintf(out, "--%s) ", o->name);
    if (follows(o) == WORDS) {
        fputs("mapfile -t COMPREPLY < <(compgen -W '", out);
        print_choices(out, o);
        fputs("' -- \"$cur\"); ", out);
    } else if (follows(o) == OTHER) {
        fputs("compopt +o default; ", out);
    }
    fputs("return ;;\n", out);
}

static void print_function_name(FILE *out, const struct tool *t)
{
    fputc('_', out);
    for (const char *c = t->name; *c; c++)
        fputc(*c == '-' ? '_' : *c, out);
}

void doc_bash(FILE *out, const struct tool *t)
{
    fprintf(out, "# bash completion for %s\n", t->name);
    print_function_name(out, t);
    fputs("()\n{\n"
          "    local cur=${COMP_WORDS[COMP_CWORD]} prev=${COMP_WORDS[COMP_CWORD - 1]}\n"
          "    if [[ $cur == = ]]; then\n"
          "        cur=\n"
          "    elif [[ $prev == = ]]; then\n"
          "        prev=${COMP_WORDS[COMP_CWORD - 2]}\n"
          "    fi\n"
          "    COMPREPLY=()\n"
          "    case $prev in\n",
          out);
    for (OPT_EACH(e, t->options))
        if (e.entry->kind != OPT_GROUP)
            print_bash_case(out, e.entry);
    fputs("    esac\n"
          "    if [[ $cur == -* ]]; then\n"
          "        mapfile -t COMPREPLY < <(compgen -W '",
          out);
    for (OPT_EACH(e, t->options))
        if (e.entry->kind != OPT_GROUP)
            fprintf(out, " --%s", e.entry->name);
    fputs("' -- \"$cur\")\n    fi\n}\ncomplete -o default -F ", out);
    print_function_name(out, t);
    fprintf(out, " %s\n", t->name);
}

/* The names of an option in a specification of _arguments, and what they exclude. */
static void print_zsh_names(FILE *out, const struct opt *o)
{
    const bool has_value = follows(o) != NOTHING;

    if (opt_repeats(o->kind))
        fputs("'*'", out);
    else if (o->kind == OPT_ABOUT)
        fputs("'(- *)'", out);
    else if (o->key)
        fprintf(out, "'(-%c --%s)'", o->key, o->name);
    if (o->key)
        fprintf(out, "{-%c%s,--%s%s}", o->key, has_value ? "+" : "", o->name, has_value ? "=" : "");
    else
        fprintf(out, "--%s%s", o->name, has_value ? "=" : "");
}

static void print_zsh_option(FILE *out, const struct opt *o)
{
    fputs("    ", out);
    print_zsh_names(out, o);
    fputs("'[", out);
    print_quoted(out, o->help, "'\\''", "[]:\\");
    fputc(']', out);
    if (follows(o) != NOTHING)
        fprintf(out, ":%s:", o->arg);
    if (follows(o) == WORDS) {
        fputc('(', out);
        print_choices(out, o);
        fputc(')', out);
    }
    fputs(follows(o) == FILE_NAME ? "_files" : follows(o) == OTHER ? " " : "", out);
    fputs("' \\\n", out);
}

void doc_zsh(FILE *out, const struct tool *t)
{
    fprintf(out, "#compdef %s\n_arguments -s -S \\\n", t->name);
    for (OPT_EACH(e, t->options))
        if (e.entry->kind != OPT_GROUP)
            print_zsh_option(out, e.entry);
    fputs("    '*:file:_files'\n", out);
}

void doc_fish(FILE *out, const struct tool *t)
{
    for (OPT_EACH(e, t->options)) {
        const struct opt *o = e.entry;
        if (o->kind == OPT_GROUP)
            continue;
        fprintf(out, "complete -c %s -l %s", t->name, o->name);
        if (o->key)
            fprintf(out, " -s %c", o->key);
        if (follows(o) == WORDS) {
            fputs(" -xa '", out);
            print_choices(out, o);
            fputc('\'', out);
        } else if (follows(o) != NOTHING) {
            fputs(follows(o) == FILE_NAME ? " -rF" : " -x", out);
        }
        fputs(" -d '", out);
        print_quoted(out, o->help, "\\'", "\\");
        fputs("'\n", out);
    }
}
