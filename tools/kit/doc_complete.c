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

static void print_bash_function(FILE *out, const struct tool *t)
{
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
    fputs("' -- \"$cur\")\n    fi\n}\n", out);
}

/* Names of steps where one begins; after it, what its own tool offers. */
static void print_bash_chain(FILE *out, const struct tool *t)
{
    for (const struct tool *const *step = t->steps; *step; step++)
        print_bash_function(out, *step);
    print_function_name(out, t);
    fputs("()\n{\n"
          "    local i step=\n"
          "    for ((i = 1; i < COMP_CWORD; i++)); do\n"
          "        if [[ ${COMP_WORDS[i]} == '!' ]]; then\n"
          "            step=\n"
          "        elif [[ -z $step ]]; then\n"
          "            step=${COMP_WORDS[i]}\n"
          "        fi\n"
          "    done\n"
          "    COMPREPLY=()\n"
          "    case $step in\n",
          out);
    for (const struct tool *const *step = t->steps; *step; step++) {
        fprintf(out, "    %s) ", doc_step_name(*step));
        print_function_name(out, *step);
        fputs(" ;;\n", out);
    }
    fputs("    '' | help)\n"
          "        compopt +o default\n"
          "        mapfile -t COMPREPLY < <(compgen -W '",
          out);
    for (const struct tool *const *step = t->steps; *step; step++)
        fprintf(out, "%s ", doc_step_name(*step));
    fputs("help' -- \"${COMP_WORDS[COMP_CWORD]}\")\n        ;;\n    esac\n}\n", out);
}

void doc_bash(FILE *out, const struct tool *t)
{
    fprintf(out, "# bash completion for %s\n", t->name);
    if (t->steps)
        print_bash_chain(out, t);
    else
        print_bash_function(out, t);
    fputs("complete -o default -F ", out);
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

static void print_zsh_arguments(FILE *out, const struct tool *t)
{
    fputs("_arguments -s -S \\\n", out);
    for (OPT_EACH(e, t->options))
        if (e.entry->kind != OPT_GROUP)
            print_zsh_option(out, e.entry);
    fputs("    '*:file:_files'\n", out);
}

static void print_zsh_chain(FILE *out, const struct tool *t)
{
    for (const struct tool *const *step = t->steps; *step; step++) {
        print_function_name(out, *step);
        fputs("() {\n", out);
        print_zsh_arguments(out, *step);
        fputs("}\n", out);
    }
    fputs("local -i i at=0\n"
          "for ((i = 2; i < CURRENT; i++)); do\n"
          "    if [[ $words[i] == '!' ]]; then\n"
          "        at=0\n"
          "    elif ((at == 0)); then\n"
          "        at=i\n"
          "    fi\n"
          "done\n"
          "local step=${words[at]-}\n"
          "if ((at == 0)) || [[ $step == help ]]; then\n"
          "    local -a steps=(help",
          out);
    for (const struct tool *const *step = t->steps; *step; step++) {
        fprintf(out, "\n        '%s:", doc_step_name(*step));
        print_quoted(out, (*step)->brief, "'\\''", ":\\");
        fputc('\'', out);
    }
    fputs(")\n"
          "    _describe step steps\n"
          "    return\n"
          "fi\n"
          "words=(\"${(@)words[at,-1]}\")\n"
          "((CURRENT -= at - 1))\n"
          "case $step in\n",
          out);
    for (const struct tool *const *step = t->steps; *step; step++) {
        fprintf(out, "%s) ", doc_step_name(*step));
        print_function_name(out, *step);
        fputs(" ;;\n", out);
    }
    fputs("esac\n", out);
}

void doc_zsh(FILE *out, const struct tool *t)
{
    fprintf(out, "#compdef %s\n", t->name);
    if (t->steps)
        print_zsh_chain(out, t);
    else
        print_zsh_arguments(out, t);
}

/* What a command offers of the options of t; within one of its steps only, or NULL. */
static void print_fish_options(FILE *out, const char *command, const char *step,
                               const struct tool *t)
{
    for (OPT_EACH(e, t->options)) {
        const struct opt *o = e.entry;
        if (o->kind == OPT_GROUP)
            continue;
        fprintf(out, "complete -c %s", command);
        if (step)
            fprintf(out, " -n '__%s_in %s'", command, step);
        fprintf(out, " -l %s", o->name);
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

static void print_fish_chain(FILE *out, const struct tool *t)
{
    fprintf(out,
            "function __%s_in\n"
            "    set -l at\n"
            "    for word in (commandline -opc)[2..-1]\n"
            "        if test \"$word\" = '!'\n"
            "            set at\n"
            "        else if test -z \"$at\"\n"
            "            set at $word\n"
            "        end\n"
            "    end\n"
            "    test \"$at\" = \"$argv[1]\"\n"
            "end\n",
            t->name);
    for (const struct tool *const *step = t->steps; *step; step++) {
        fprintf(out, "complete -c %s -n '__%s_in \"\" || __%s_in help' -fa %s -d '", t->name,
                t->name, t->name, doc_step_name(*step));
        print_quoted(out, (*step)->brief, "\\'", "\\");
        fputs("'\n", out);
        print_fish_options(out, t->name, doc_step_name(*step), *step);
    }
}

void doc_fish(FILE *out, const struct tool *t)
{
    if (t->steps)
        print_fish_chain(out, t);
    else
        print_fish_options(out, t->name, NULL, t);
}
