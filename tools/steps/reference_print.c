#include "steps/reference_print.h"

#include <math.h>
#include <stdio.h>

#include "kit/text.h"

enum { SHOWN_AS_GOOD = 8, SHOWN_OTHERS = 3, IN_JSON = 40 };

static void print_line(const struct geo_crs_hypothesis *hypothesis, int width)
{
    char off[REFERENCE_LENGTH_BYTES], option[REFERENCE_OPTION_BYTES];
    reference_length(hypothesis->off_m, off);
    reference_option(hypothesis, option);
    printf("    %9s  ", off);
    text_print(stdout, hypothesis->name);
    printf("%*s  ", width - (int)text_width(hypothesis->name), "");
    text_print(stdout, option);
    puts(hypothesis->is_stated ? "  (as stated)" : "");
}

static int width_of(const struct geo_ranking *ranking, size_t first, size_t n)
{
    size_t widest = 0;
    for (size_t i = first; i < first + n; i++) {
        size_t width = text_width(ranking->hypothesis[i].name);
        widest = width > widest ? width : widest;
    }
    return (int)widest;
}

static void print_some(const struct geo_ranking *ranking, size_t first, size_t n)
{
    int width = width_of(ranking, first, n);
    for (size_t i = first; i < first + n; i++)
        print_line(&ranking->hypothesis[i], width);
}

/* What would tell those apart that are as good. */
static void print_advice(const struct geo_ranking *ranking)
{
    double apart_m = reference_apart_m(ranking);
    char apart[REFERENCE_LENGTH_BYTES], needed[REFERENCE_LENGTH_BYTES];
    reference_length(apart_m, apart);
    reference_length(apart_m / 2, needed);
    if (isfinite(apart_m))
        printf(
            "    what would tell them apart, from %s on: outlines that the layer shares, true to "
            "%s\n",
            apart, needed);
    else
        puts("    they lie within 1 m of each other, as true as VN-2000 is known: take the first");
}

void reference_print_text(const struct geo_ranking *ranking)
{
    char accuracy[REFERENCE_LENGTH_BYTES];
    size_t good = ranking->as_good, others = ranking->n - good;
    size_t shown = good < SHOWN_AS_GOOD ? good : SHOWN_AS_GOOD;
    reference_length(ranking->accuracy_m, accuracy);
    if (ranking->is_apart) {
        puts("  reference  lies elsewhere");
        return;
    }
    if (ranking->is_shared)
        printf("  reference  its accuracy is taken as %s; off it by\n", accuracy);
    else
        puts("  reference  shares no outlines with the layer; off its outlines by");
    print_some(ranking, 0, shown);
    if (good > shown)
        printf("    and %zu more that are as good\n", good - shown);
    if (good > 1) {
        printf("    these %zu cannot be told apart by this reference\n", good);
        if (ranking->is_shared)
            print_advice(ranking);
    }
    if (others > 0)
        puts("    worse");
    print_some(ranking, good, others < SHOWN_OTHERS ? others : SHOWN_OTHERS);
}

void reference_print_json(const struct geo_ranking *ranking)
{
    char option[REFERENCE_OPTION_BYTES];
    printf("\"reference\":{\"accuracy_m\":%.6g,\"chance_m\":%.6g,\"overlaps\":%s,"
           "\"shares_outlines\":%s,\"as_good\":%zu,\"hypotheses\":[",
           ranking->accuracy_m, ranking->chance_m, ranking->is_apart ? "false" : "true",
           ranking->is_shared ? "true" : "false", ranking->as_good);
    for (size_t i = 0; i < ranking->n && i < IN_JSON; i++) {
        const struct geo_crs_hypothesis *hypothesis = &ranking->hypothesis[i];
        reference_option(hypothesis, option);
        printf("%s{\"name\":", i ? "," : "");
        text_print_json(stdout, hypothesis->name);
        fputs(",\"option\":", stdout);
        text_print_json(stdout, option);
        printf(",\"off_m\":%.6g,\"apart_m\":%.6g,\"as_good\":%s,\"stated\":%s}", hypothesis->off_m,
               hypothesis->apart_m, hypothesis->is_as_good ? "true" : "false",
               hypothesis->is_stated ? "true" : "false");
    }
    fputs("]}", stdout);
}
