/* What GDAL does not say of a MapInfo table: that its shapes are gone. */
#include <cpl_vsi.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "base/fail.h"
#include "read/ogr.h"

/* Whether the table has a member in lower or upper case. */
static bool has_member(const char *path, size_t base, const char *lower, const char *upper)
{
    const char *const ends[] = {lower, upper};
    for (size_t i = 0; i < 2; i++) {
        VSIStatBufL found;
        char *member = NULL;
        if (asprintf(&member, "%.*s.%s", (int)base, path, ends[i]) < 0)
            return false;
        int missing = VSIStatL(member, &found);
        free(member);
        if (!missing)
            return true;
    }
    return false;
}

enum geo_status geo_mapinfo_check(struct geo_ctx *ctx, const struct geo_ogr *ogr)
{
    const char *path = GDALGetDescription(ogr->dataset), *dot = strrchr(path, '.');
    if (!dot || strcasecmp(dot, ".tab"))
        return GEO_OK;
    size_t base = (size_t)(dot - path);
    if (!has_member(path, base, "id", "ID") || has_member(path, base, "map", "MAP"))
        return GEO_OK; /* a table without shapes has neither */
    return geo_fail(ctx, GEO_EREAD, "%s: %.*s.map is missing: its .id says that there are shapes",
                    ogr->name, (int)base, path);
}
