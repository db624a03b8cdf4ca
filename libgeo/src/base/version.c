#include <gdal.h>
#include <geos_c.h>
#include <proj.h>
#include <pthread.h>
#include <stdio.h>

#include "geo/ctx.h"

#define LENGTH 256

static char text[LENGTH];

static void compose(void)
{
    snprintf(text, LENGTH, "%s\nGDAL %s\nPROJ %s\nGEOS %s\n", GEO_VERSION,
             GDALVersionInfo("RELEASE_NAME"), proj_info().version, GEOSversion());
}

const char *geo_version_text(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, compose);
    return text;
}
