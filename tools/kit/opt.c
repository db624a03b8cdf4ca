#include "kit/opt.h"

#include <ctype.h>
#include <getopt.h>
#include <stdio.h>
#include <string.h>

#include "kit/near_miss.h"
#include "kit/opt_value.h"

#define FORM_WORD(form) #form,
static const char *const forms[] = {OPT_FORMS(FORM_WORD) NULL};
#undef FORM_WORD

/* Part of every table, after its own entries. */
static const struct opt about[] = {
    {GROUP, .help = "About this tool"},
    {.kind = OPT_ABOUT,
     .key = 'h',
     .name = "help",
     .arg = "FORM",
     .choice = forms,
     .help = "Print this help, or the same in a form for programs"},
    {.kind = OPT_ABOUT,
     .name = "version",
     .help = "Print the versions of the tool and its libraries"},
    {0},
};

/* Steps over the ends of tables to the next entry that a visitor sees. */
static void settle(struct opt_each *each)
{
    for (;;) {
        if (each->entry->kind == OPT_INCLUDE) {
            each->back = each->entry + 1;
            each->base = each->entry->at;
            each->entry = each->entry->table;
        } else if (each->entry->kind != OPT_END) {
            return;
        } else if (each->back) {
            each->entry = each->back;
            each->back = NULL;
            each->base = 0;
        } else if (!each->is_about) {
            each->entry = about;
            each->is_about = true;
        } else {
            each->entry = NULL;
            return;
        }
    }
}

struct opt_each opt_first(const struct opt *table)
{
    struct opt_each each = {.entry = table};

    settle(&each);
    return each;
}

void opt_next(struct opt_each *each)
{
    each->entry++;
    settle(each);
}

const struct opt *opt_find(const struct opt *table, const char *name, size_t length)
{
    for (OPT_EACH(e, table))
        if (e.entry->name && strlen(e.entry->name) == length &&
            !memcmp(e.entry->name, name, length))
            return e.entry;
    return NULL;
}

const struct opt *opt_find_key(const struct opt *table, char key)
{
    for (OPT_EACH(e, table))
        if (key && e.entry->key == key)
            return e.entry;
    return NULL;
}

const struct opt *opt_near_miss(const struct opt *table, const char *name, size_t length)
{
    const struct opt *nearest = NULL;
    struct near_miss miss = near_miss_of(name, length);

    for (OPT_EACH(e, table))
        if (e.entry->kind != OPT_GROUP && near_miss_is(&miss, e.entry->name))
            nearest = e.entry;
    return nearest;
}

void opt_preset(const struct opt *table, void *settings)
{
    for (OPT_EACH(e, table)) {
        void *field = (char *)settings + e.base + e.entry->at;
        char message[256];

        opt_clear(e.entry, field);
        if (e.entry->preset)
            opt_store(e.entry, field, e.entry->preset, message, sizeof message);
    }
}

/* What getopt_long() works with, derived from a table. Its codes for long options begin
 * above every char. */
enum { FIRST_LONG = 256 };

struct parser {
    struct opt_each option[OPT_MAX];
    struct option longs[OPT_MAX + 1];
    char shorts[2 * OPT_MAX + 3];
    int n;
    const struct opt *table;
    void *settings;
    struct opt_given *given; /* or NULL */
    char *message;
    size_t size;
};

static int argument_of(const struct opt *o)
{
    if (o->kind == OPT_FLAG || !o->arg)
        return no_argument;
    return o->kind == OPT_ABOUT ? optional_argument : required_argument;
}

static void prepare(struct parser *p)
{
    char *s = p->shorts;

    *s++ = '+'; /* stop at operands: those that begin with a dash are ours to tell */
    *s++ = ':'; /* tell a missing value from an unknown option */
    for (OPT_EACH(e, p->table)) {
        const struct opt *o = e.entry;
        if (o->kind == OPT_GROUP || p->n == OPT_MAX)
            continue;
        p->longs[p->n] = (struct option){o->name, argument_of(o), NULL, FIRST_LONG + p->n};
        p->option[p->n++] = e;
        if (o->key) {
            *s++ = o->key;
            if (argument_of(o) == required_argument)
                *s++ = ':';
        }
    }
    *s = '\0';
}

static const struct opt_each *by_code(const struct parser *p, int code)
{
    if (code >= FIRST_LONG)
        return &p->option[code - FIRST_LONG];
    for (int i = 0; i < p->n; i++)
        if (p->option[i].entry->key && p->option[i].entry->key == code)
            return &p->option[i];
    return NULL;
}

/* "-5", "-.5" and "-" are operands: coordinates are often negative. */
static bool is_operand(const char *word)
{
    return word[0] != '-' || word[1] == '\0' || isdigit((unsigned char)word[1]) || word[1] == '.';
}

/* getopt_long() takes an abbreviation for the option; a script that uses one breaks
 * when an option is added. */
static bool is_known(const struct parser *p, const char *word)
{
    const char *name = word + 2;
    const size_t length = strcspn(name, "=");

    if (opt_find(p->table, name, length))
        return true;
    const struct opt *meant = opt_near_miss(p->table, name, length);
    snprintf(p->message, p->size, "unknown option '--%.*s'%s%s%s", (int)length, name,
             meant ? "; did you mean --" : "", meant ? meant->name : "", meant ? "?" : "");
    return false;
}

static bool refuse_key(const struct parser *p, const char *word)
{
    if (optopt > 0 && isgraph(optopt))
        snprintf(p->message, p->size, "unknown option '-%c'", optopt);
    else
        snprintf(p->message, p->size, "unknown option '%s'", word);
    return false;
}

bool opt_is_given(const struct opt_given *given, const struct opt *entry)
{
    for (size_t i = 0; i < given->n; i++)
        if (given->at[i] == entry)
            return true;
    return false;
}

static bool take(const struct parser *p, int code, const char *word)
{
    const struct opt_each *e = by_code(p, code == '?' || code == ':' ? optopt : code);

    if (!e)
        return refuse_key(p, word);
    if (code == ':') {
        snprintf(p->message, p->size, "--%s: %s is missing", e->entry->name, e->entry->arg);
        return false;
    }
    if (code == '?') {
        snprintf(p->message, p->size, "--%s takes no value", e->entry->name);
        return false;
    }
    if (p->given && !opt_is_given(p->given, e->entry))
        p->given->at[p->given->n++] = e->entry;
    return opt_store(e->entry, (char *)p->settings + e->base + e->entry->at, optarg, p->message,
                     p->size);
}

bool opt_parse(const struct opt *table, void *settings, int argc, char **argv, int *operands,
               struct opt_given *given, char *message, size_t size)
{
    struct parser p = {
        .table = table, .settings = settings, .given = given, .message = message, .size = size};

    if (given)
        given->n = 0;
    prepare(&p);
    *operands = 0;
    optind = 0; /* forget a line that was given up in the middle of a word */
    getopt_long(1, argv, p.shorts, p.longs, NULL);
    while (optind < argc) {
        char *word = argv[optind];
        if (!strcmp(word, "--")) {
            while (++optind < argc)
                argv[++*operands] = argv[optind];
        } else if (is_operand(word)) {
            argv[++*operands] = word;
            optind++;
        } else if ((word[1] == '-' && !is_known(&p, word)) ||
                   !take(&p, getopt_long(argc, argv, p.shorts, p.longs, NULL), word)) {
            return false;
        }
    }
    return true;
}
