#include "steps/findings.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kit/text.h"

static const char *const severity_words[] = {"info", "warning", "error"};

static void release(struct finding *finding)
{
    free(finding->what);
    free(finding->evidence);
    free(finding->remedy);
}

bool findings_add(struct findings *findings, enum finding_severity severity, const char *what,
                  const char *evidence, const char *remedy)
{
    struct finding *grown = reallocarray(findings->at, findings->n + 1, sizeof *grown);
    if (!grown)
        return false;
    findings->at = grown;
    struct finding made = {severity, strdup(what), strdup(evidence), strdup(remedy)};
    if (!made.what || !made.evidence || !made.remedy) {
        release(&made);
        return false;
    }
    size_t at = findings->n++;
    for (; at > 0 && grown[at - 1].severity < severity; at--)
        grown[at] = grown[at - 1];
    grown[at] = made;
    return true;
}

void findings_release(struct findings *findings)
{
    for (size_t i = 0; i < findings->n; i++)
        release(&findings->at[i]);
    free(findings->at);
    *findings = (struct findings){0};
}

/* ---- forms ---- */

static void print_line(const char *name, const char *text)
{
    if (!text[0])
        return;
    printf("      %-10s", name);
    text_print(stdout, text);
    putchar('\n');
}

void findings_print_text(const struct findings *findings)
{
    if (findings->n > 0)
        printf("  findings   %zu\n", findings->n);
    for (size_t i = 0; i < findings->n; i++) {
        const struct finding *finding = &findings->at[i];
        printf("    %-7s  ", severity_words[finding->severity]);
        text_print(stdout, finding->what);
        putchar('\n');
        print_line("evidence", finding->evidence);
        print_line("remedy", finding->remedy);
    }
}

static void print_member(const char *key, const char *text)
{
    printf(",\"%s\":", key);
    text_print_json(stdout, text);
}

void findings_print_json(const struct findings *findings)
{
    fputs("\"findings\":[", stdout);
    for (size_t i = 0; i < findings->n; i++) {
        const struct finding *finding = &findings->at[i];
        printf("%s{\"severity\":\"%s\"", i ? "," : "", severity_words[finding->severity]);
        print_member("what", finding->what);
        print_member("evidence", finding->evidence);
        print_member("remedy", finding->remedy);
        putchar('}');
    }
    putchar(']');
}
