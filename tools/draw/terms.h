/* What maps say, in both languages: values of columns that have a meaning, and headings. */
#ifndef DRAW_TERMS_H
#define DRAW_TERMS_H

/* A name in the two languages. Constant, never NULL. */
struct words {
    const char *en, *vi;
};

enum term {
    TERM_ZONE, /* KCN, khu công nghiệp */
    TERM_CLUSTER,
    TERM_OPERATING,
    TERM_BUILDING,
    TERM_PLANNED,
    TERM_PASS,
    TERM_UNCERTAIN,
    TERM_FAIL,
    TERM_NO_RULE,
    TERM_NOT_STATED,
    TERM_NO_VALUE,
    TERM_OTHER,
    TERM_VERDICT,
    TERM_KIND,
    TERM_STATUS,
    TERM_KIND_STATUS,
    TERM_DISTANCE,
    TERM_ZONES, /* industrial ones */
    TERM_AREAS, /* any others */
    TERM_BANDS,
    TERM_CORRIDORS,
    TERM_POINTS,
    TERM_CONTEXT,
    TERMS
};

/* @return the words of a term, in lower case but for headings. */
struct words term_words(enum term term);

/* @return what a value of a column `kind` or `status` means: ZONE to PLANNED; TERMS: nothing that
 * is known. Case and diacritics do not matter: "KCN", "Khu công nghiệp", "đang hoạt động". */
enum term term_of_value(const char *value);

#endif
