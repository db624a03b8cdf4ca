/* What can be wrong with a table. */
#include <ctype.h>
#include <limits.h>
#include <stdio.h>
#include <string.h>

#include "kit/opt_value.h"

static const char *fault_of_value(const struct opt *o)
{
    if (o->kind != OPT_FLAG && o->kind != OPT_ABOUT && !o->arg)
        return "has no arg";
    if (o->kind == OPT_FLAG && o->arg)
        return "is a flag with an arg";
    if (o->kind == OPT_CHOICE && !o->choice)
        return "has no choice";
    if (!opt_is_number(o->kind))
        return NULL;
    if (!(o->min < o->max))
        return "has no range";
    if (o->kind == OPT_INT && (o->min < INT_MIN || o->max > INT_MAX))
        return "has a range beyond that of int";
    if (o->kind == OPT_INT && !o->preset && o->min <= OPT_NOT_GIVEN)
        return "has no preset and cannot tell -1 from not given";
    return NULL;
}

static const char *fault_of_preset(const struct opt *o)
{
    _Alignas(max_align_t) char field[sizeof(struct opt_texts)];
    char message[256];

    if (!o->preset)
        return NULL;
    if (o->kind == OPT_FLAG || o->kind == OPT_ABOUT || opt_repeats(o->kind))
        return "is of a kind without preset";
    opt_clear(o, field);
    return opt_store(o, field, o->preset, message, sizeof message) ? NULL
                                                                   : "has a preset it would refuse";
}

static const char *fault_of_name(const struct opt *o)
{
    if (!o->name || !islower((unsigned char)*o->name) || strlen(o->name) > OPT_NAME_MAX)
        return "has no name, or one too long or not in lower case";
    if (o->key && !isalpha((unsigned char)o->key))
        return "has a key that is no letter";
    return NULL;
}

static const char *fault_of_help(const struct opt *o)
{
    if (!o->help || !isupper((unsigned char)*o->help))
        return "has no help that begins with a capital";
    return o->help[strlen(o->help) - 1] == '.' ? "has help that ends with a full stop" : NULL;
}

/* Whether an entry before o has its name or key. */
static bool is_taken(const struct opt *table, const struct opt *o)
{
    return opt_find(table, o->name, strlen(o->name)) != o ||
           (o->key && opt_find_key(table, o->key) != o);
}

static const char *fault_of(const struct opt *table, const struct opt *o)
{
    const char *fault = fault_of_help(o);

    if (fault || o->kind == OPT_GROUP)
        return fault;
    if ((fault = fault_of_name(o)) || (fault = fault_of_value(o)) || (fault = fault_of_preset(o)))
        return fault;
    return is_taken(table, o) ? "has the name or key of another" : NULL;
}

/* The walk over a table comes back from one inclusion only. */
static bool nests(const struct opt *table)
{
    for (const struct opt *o = table; o->kind != OPT_END; o++)
        if (o->kind == OPT_INCLUDE)
            for (const struct opt *inner = o->table; inner->kind != OPT_END; inner++)
                if (inner->kind == OPT_INCLUDE)
                    return true;
    return false;
}

bool opt_lint(const struct opt *table, char *message, size_t size)
{
    size_t n = 0;

    if (nests(table)) {
        snprintf(message, size, "an included table includes another");
        return false;
    }
    for (OPT_EACH(e, table)) {
        const char *fault = fault_of(table, e.entry);
        if (fault) {
            snprintf(message, size, "option '%s' %s", e.entry->name ? e.entry->name : "", fault);
            return false;
        }
        n += e.entry->kind != OPT_GROUP;
    }
    if (n > OPT_MAX)
        snprintf(message, size, "%zu options are more than %d", n, OPT_MAX);
    return n <= OPT_MAX;
}
