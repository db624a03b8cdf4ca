#include "geo/status.h"

#include <stdbool.h>

#define TEXT(name, scope, code, text) [GEO_##name] = text,
static const char *const texts[] = {GEO_STATUS_LIST(TEXT)};

#define SCOPE(name, scope, code, text) [GEO_##name] = GEO_SCOPE_##scope,
static const enum geo_scope scopes[] = {GEO_STATUS_LIST(SCOPE)};

#define CODE(name, scope, code, text) [GEO_##name] = code,
static const int codes[] = {GEO_STATUS_LIST(CODE)};

static bool is_known(enum geo_status status)
{
    return (unsigned)status < GEO_STATUS_COUNT;
}

const char *geo_status_text(enum geo_status status)
{
    return is_known(status) ? texts[status] : "unknown status";
}

enum geo_scope geo_status_scope(enum geo_status status)
{
    return is_known(status) ? scopes[status] : GEO_SCOPE_RUN;
}

int geo_status_exit(enum geo_status status)
{
    return is_known(status) ? codes[status] : codes[GEO_EDEFECT];
}
