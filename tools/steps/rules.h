/* The rules of geo-check: what must hold of a feature. */
#ifndef STEPS_RULES_H
#define STEPS_RULES_H

#include "kit/job.h"

enum rule_what { RULE_DISTANCE, RULE_SHARE, RULE_AREA, RULE_OVERLAP, RULE_COUNT };
enum rule_op { RULE_AT_MOST, RULE_AT_LEAST, RULE_BELOW, RULE_ABOVE, RULE_EQUAL };

struct rule {
    char *id;        /* as written */
    char column[64]; /* the id in lower-case ASCII: the column of the measured value */
    enum rule_what what;
    enum rule_op op;
    double within_m; /* of a share or count */
    double limit;    /* metres, square metres, a share from 0 to 1, or a number */
    double unit;     /* of the value as it is shown, in these: 1000 for km, 0.01 for % */
    bool is_share;   /* an overlap in % of the feature */
    char *where;     /* which features it concerns, an attribute filter; NULL: all */
    char *path;      /* of its layer; NULL: the corridors, or none for an area */
    char *need;      /* "distance <= 3 km, interchanges.shp": what the table says */
    char *text, *source;
};

struct rules {
    struct rule *rule;
    size_t n;
};

/* The rules that stand on the command line. NAN: not given. */
struct rule_options {
    double within_m, beyond_m, share, min_area_m2, max_area_m2;
    const char *path; /* of a file of rules */
};
extern const struct opt rule_options[];

/* Gathers the rules of the command line, then those of the file. rules_release() frees them, on
 * failure too. */
bool rules_gather(struct job *job, const struct rule_options *options, struct rules *rules);

void rules_release(struct rules *rules);

/* Appends a copy of a rule whose texts are the caller's; fills column and need. NULL: no memory. */
struct rule *rules_add(struct rules *rules, const struct rule *rule, const char *unit);

/* Appends the rules of a file (columns id, what, where, op, value, unit, layer, text, source); a
 * layer is found from its folder. A message names line and column of what is wrong. */
bool rules_read(struct job *job, const char *path, struct rules *rules);

/* @return "<=" and so on. */
const char *rule_op_text(enum rule_op op);

/* @return whether a rule measures to a layer. */
bool rule_has_layer(const struct rule *rule);

#endif
