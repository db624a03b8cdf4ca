/* What is wrong with a layer: what geo-info prints, for people and for programs. */
#ifndef STEPS_FINDINGS_H
#define STEPS_FINDINGS_H

#include <stdbool.h>
#include <stddef.h>

/* INFO: worth knowing; WARNING: likely wrong, but the layer can be used; ERROR: it cannot be used
 * as it is. */
enum finding_severity { FINDING_INFO, FINDING_WARNING, FINDING_ERROR };

struct finding {
    enum finding_severity severity;
    char *what;     /* the fault in plain words: "VN-2000 without its datum shift" */
    char *evidence; /* what shows it, with numbers: "TOWGS84 is 0,0,0,0,0,0,0 in its .prj" */
    char *remedy;   /* what to type: "geo-export --fix crs"; "" if there is none */
};

/* Zero is none. */
struct findings {
    struct finding *at;
    size_t n;
};

/* Adds a finding behind those that are as bad; the texts are copied. Returns false if out of memory. */
bool findings_add(struct findings *findings, enum finding_severity severity, const char *what,
                  const char *evidence, const char *remedy);

void findings_release(struct findings *findings);

/* Print to standard output: lines as geo-info indents them, nothing if there are none; the member
 * "findings" with its array, without a comma before or after. */
void findings_print_text(const struct findings *findings);
void findings_print_json(const struct findings *findings);

#endif
