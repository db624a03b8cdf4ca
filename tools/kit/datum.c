#include "kit/datum.h"

#include <math.h>
#include <stdio.h>
#include <string.h>

/* The codes at the end of an operation's text, "… to WGS 84 (2) (EPSG:6960)": projections, which are
 * exact, have none. The whole text where there is no code, or where it names several operations. */
static const char *codes_of(const char *text)
{
    const char *codes = text + strlen(text);
    if (strstr(text, "; "))
        return text;
    while (codes > text && codes[-1] == ')') {
        const char *open = codes - 1;
        while (open > text && *open != '(')
            open--;
        if (open == text || !memchr(open, ':', (size_t)(codes - open)))
            break;
        codes = open;
        while (codes > text && codes[-1] == ' ')
            codes--;
    }
    return *codes ? codes + strspn(codes, " ") : text;
}

struct datum datum_of(const struct geo_origin *origin)
{
    struct geo_origin_info info = geo_origin_info(origin);
    struct datum datum = {.accuracy_m = info.accuracy_m < 0 ? INFINITY : info.accuracy_m};
    if (datum.accuracy_m > 0)
        snprintf(datum.shift, sizeof datum.shift, "%s", codes_of(info.operation));
    return datum;
}

bool datum_is_same(const struct datum *a, const struct datum *b)
{
    return !a->is_mixed && !b->is_mixed && !strcmp(a->shift, b->shift);
}

struct datum datum_of_source(const struct geo_source *source)
{
    struct datum all = {0};
    for (size_t i = 0; i < geo_source_inputs(source); i++) {
        struct datum one = datum_of(geo_source_input(source, i));
        if (i == 0) {
            all = one;
            continue;
        }
        all.is_mixed = !datum_is_same(&all, &one);
        all.accuracy_m = fmax(all.accuracy_m, one.accuracy_m);
    }
    return all;
}
