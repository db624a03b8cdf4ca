/* One table says what a tool accepts. The parser, --help, the manual, the shell
 * completions and the tests all read it; nothing is said twice. */
#ifndef KIT_OPT_H
#define KIT_OPT_H

#include <stdbool.h>
#include <stddef.h>

enum opt_kind {
    OPT_END,
    OPT_GROUP,   /* a heading for the entries that follow */
    OPT_INCLUDE, /* the entries of another table, which includes none itself */
    OPT_ABOUT,   /* --help and --version: part of every table, answered by main() */
    OPT_FLAG,    /* bool */
    OPT_CHOICE,  /* int: the index of the word */
    OPT_INT,     /* int; from here to OPT_AREA, numbers with a range */
    OPT_REAL,    /* double */
    OPT_PERCENT, /* double, a fraction: 50% is 0.5 */
    OPT_LENGTH,  /* double, metres: 5km is 5000 */
    OPT_LENGTHS, /* struct opt_lengths: 1km,3km,5km, in the order given */
    OPT_AREA,    /* double, square metres: 20ha is 200000 */
    OPT_TEXT,    /* const char * */
    OPT_TEXTS,   /* struct opt_texts: one entry each time the option is given */
    OPT_FILE,    /* a text that completions take for a file name; never empty */
    OPT_FILES    /* texts likewise */
};

/* At most this many options in a table with all it includes, values in a list, bytes in
 * a long name. */
enum { OPT_MAX = 128, OPT_LIST_MAX = 64, OPT_NAME_MAX = 31 };

/* An INT or CHOICE that has no preset and was not given; REAL, PERCENT, LENGTH and AREA
 * are then NAN, texts NULL, flags false, lists empty. */
enum { OPT_NOT_GIVEN = -1 };

struct opt_lengths {
    size_t n;
    double at_m[OPT_LIST_MAX];
};

struct opt_texts {
    size_t n;
    const char *at[OPT_LIST_MAX + 1]; /* a NULL behind the last */
};

struct opt {
    enum opt_kind kind;
    size_t at;                 /* where the value goes in the tool's struct settings */
    char key;                  /* short name, or 0 */
    const char *name;          /* long name */
    const char *arg;           /* what the value is, in capitals */
    const char *preset;        /* default, as a user would type it; parsed, so it cannot lie */
    double min, max;           /* inclusive range of a number, in the unit of the field */
    const char *const *choice; /* words of a choice, NULL-terminated */
    const char *help;          /* one sentence without its full stop */
    const struct opt *table;   /* what an INCLUDE includes */
};

/* These tie an entry to a field and do not compile when the field has another type.
 * Every tool names its options `struct settings`; a file that defines a table for a
 * struct shared by tools defines OPT_OWNER as that struct before its first #include. */
#ifndef OPT_OWNER
#define OPT_OWNER struct settings
#endif
#define OPT_FIELD(f, T) \
    (offsetof(OPT_OWNER, f) + 0 * sizeof(_Generic(&((OPT_OWNER *)0)->f, T * : 0)))

#define GROUP .kind = OPT_GROUP
#define INCLUDE_AT(f, T, included) .kind = OPT_INCLUDE, .at = OPT_FIELD(f, T), .table = (included)
#define FLAG_AT(f) .kind = OPT_FLAG, .at = OPT_FIELD(f, bool)
#define CHOICE_AT(f) .kind = OPT_CHOICE, .at = OPT_FIELD(f, int)
#define INT_AT(f) .kind = OPT_INT, .at = OPT_FIELD(f, int)
#define REAL_AT(f) .kind = OPT_REAL, .at = OPT_FIELD(f, double)
#define PERCENT_AT(f) .kind = OPT_PERCENT, .at = OPT_FIELD(f, double)
#define LENGTH_AT(f) .kind = OPT_LENGTH, .at = OPT_FIELD(f, double)
#define LENGTHS_AT(f) .kind = OPT_LENGTHS, .at = OPT_FIELD(f, struct opt_lengths)
#define AREA_AT(f) .kind = OPT_AREA, .at = OPT_FIELD(f, double)
#define TEXT_AT(f) .kind = OPT_TEXT, .at = OPT_FIELD(f, const char *)
#define TEXTS_AT(f) .kind = OPT_TEXTS, .at = OPT_FIELD(f, struct opt_texts)
#define FILE_AT(f) .kind = OPT_FILE, .at = OPT_FIELD(f, const char *)
#define FILES_AT(f) .kind = OPT_FILES, .at = OPT_FIELD(f, struct opt_texts)

/* Visits a table with what it includes, headings too, and last the kit's own entries:
 * for (OPT_EACH(e, table)) use(e.entry, e.base + e.entry->at); */
struct opt_each {
    const struct opt *entry; /* NULL at the end */
    size_t base;             /* where the included struct lies in settings */
    const struct opt *back;  /* where the including table goes on, or NULL */
    bool is_about;           /* among the kit's own entries */
};
struct opt_each opt_first(const struct opt *table);
void opt_next(struct opt_each *each);
#define OPT_EACH(e, t)                \
    struct opt_each e = opt_first(t); \
    e.entry;                          \
    opt_next(&e)

/* The forms of --help=FORM; doc.h has a printer for each. */
#define OPT_FORMS(X) X(man) X(json) X(bash) X(zsh) X(fish)

/* @return the entry with the long name name[0..length-1], or NULL. */
const struct opt *opt_find(const struct opt *table, const char *name, size_t length);

/* @return the entry with the short name @p key, or NULL. */
const struct opt *opt_find_key(const struct opt *table, char key);

/* @return the entry whose long name the user may have meant by name[0..length-1]: one
 * that begins so, else the nearest within a few edits, else NULL. */
const struct opt *opt_near_miss(const struct opt *table, const char *name, size_t length);

/* Fills settings with the presets, and marks what has none as not given. */
void opt_preset(const struct opt *table, void *settings);

/* The entries that a line names, each once, in order. */
struct opt_given {
    size_t n;
    const struct opt *at[OPT_MAX];
};

/* @return whether the entry is among those given. */
bool opt_is_given(const struct opt_given *given, const struct opt *entry);

/* Parses argv[1..argc-1] into settings and moves the operands to argv[1..*operands].
 * Words and values are pointed to, not copied: argv must outlive settings.
 * "-", "-5" and "-.5" are operands; options may stand anywhere before "--"; the last one
 * wins; names are never abbreviated. Uses getopt_long(), so one thread at a time.
 * @param[out] given  what the line names, or NULL
 * @return false, with one sentence in message, on the first thing not understood. */
bool opt_parse(const struct opt *table, void *settings, int argc, char **argv, int *operands,
               struct opt_given *given, char *message, size_t size);

/* Copies the field of an entry from one struct to another of the type that its table is for (not
 * one that includes this table). A heading has none. */
void opt_copy(const struct opt *entry, void *to, const void *from);

/* Checks the table itself, as main() does at each start of a debug build.
 * @return false, with what is wrong in message. */
bool opt_lint(const struct opt *table, char *message, size_t size);

#endif
