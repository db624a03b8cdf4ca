#include "geo/ctx.h"

#include <cpl_conv.h>
#include <cpl_error.h>
#include <gdal.h>
#include <pthread.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/fail.h"
#include "base/handles.h"

/* A PROJ object made from a definition; a list, since a run knows a handful. */
struct made {
    struct made *next;
    PJ *pj;
    geo_pj_maker *make; /* NULL: proj_create() */
    char definition[];
};

struct geo_ctx {
    char message[1024];
    char foreign[768]; /* the first error of PROJ, GEOS or GDAL since geo_foreign_clear() */
    PJ_CONTEXT *proj;
    GEOSContextHandle_t geos;
    struct geod_geodesic earth;
    void *area_table;
    struct made *made;
    bool gdal_failed;
};

static void note_foreign(struct geo_ctx *ctx, const char *text)
{
    if (ctx->foreign[0] || !text[0])
        return;
    size_t n = strlen(text);
    while (n > 0 && (text[n - 1] == '\n' || text[n - 1] == '.'))
        n--;
    snprintf(ctx->foreign, sizeof ctx->foreign, "%.*s", (int)n, text);
    for (char *c = ctx->foreign; *c; c++) /* a sentence is one line */
        if (*c == '\n')
            *c = ' ';
}

static void from_geos(const char *text, void *data)
{
    note_foreign(data, text);
}

static void from_proj(void *data, int level, const char *text)
{
    if (level == PJ_LOG_ERROR)
        note_foreign(data, text);
}

static void CPL_STDCALL from_gdal(CPLErr class, CPLErrorNum number, const char *text)
{
    (void)number;
    struct geo_ctx *ctx = CPLGetErrorHandlerUserData();
    if (class != CE_Failure && class != CE_Fatal)
        return;
    ctx->gdal_failed = true;
    note_foreign(ctx, text);
}

static void register_drivers(void)
{
    GDALAllRegister();
}

struct geo_ctx *geo_ctx_new(void)
{
    static pthread_once_t once = PTHREAD_ONCE_INIT;
    pthread_once(&once, register_drivers);

    struct geo_ctx *ctx = calloc(1, sizeof *ctx);
    if (!ctx)
        return NULL;
    ctx->proj = proj_context_create();
    ctx->geos = GEOS_init_r();
    if (!ctx->proj || !ctx->geos) {
        geo_ctx_free(ctx);
        return NULL;
    }
    proj_log_func(ctx->proj, ctx, from_proj);
    GEOSContext_setErrorMessageHandler_r(ctx->geos, from_geos, ctx);
    geod_init(&ctx->earth, GEO_EARTH_A_M, GEO_EARTH_F);
    return ctx;
}

void geo_ctx_free(struct geo_ctx *ctx)
{
    if (!ctx)
        return;
    while (ctx->made) {
        struct made *next = ctx->made->next;
        proj_destroy(ctx->made->pj);
        free(ctx->made);
        ctx->made = next;
    }
    if (ctx->geos)
        GEOS_finish_r(ctx->geos);
    if (ctx->proj)
        proj_context_destroy(ctx->proj);
    free(ctx->area_table);
    free(ctx);
}

const char *geo_ctx_message(const struct geo_ctx *ctx)
{
    return ctx->message;
}

void geo_ctx_copy_message(struct geo_ctx *to, const struct geo_ctx *from)
{
    if (to != from)
        memcpy(to->message, from->message, sizeof to->message);
}

enum geo_status geo_fail(struct geo_ctx *ctx, enum geo_status status, const char *text, ...)
{
    char sentence[sizeof ctx->message];
    va_list args;
    va_start(args, text);
    vsnprintf(sentence, sizeof sentence, text, args); /* args may point into ctx->message */
    va_end(args);

    size_t n = strlen(sentence);
    memcpy(ctx->message, sentence, n + 1);
    if (n >= 2 && !strcmp(sentence + n - 2, ": "))
        snprintf(ctx->message + n, sizeof ctx->message - n, "%s",
                 ctx->foreign[0] ? ctx->foreign : geo_status_text(status));
    return status;
}

enum geo_status geo_ctx_fail(struct geo_ctx *ctx, enum geo_status status, const char *format, ...)
{
    char sentence[sizeof ctx->message];
    va_list args;
    va_start(args, format);
    vsnprintf(sentence, sizeof sentence, format, args);
    va_end(args);
    return geo_fail(ctx, status, "%s", sentence);
}

enum geo_status geo_no_memory(struct geo_ctx *ctx)
{
    return geo_fail(ctx, GEO_ENOMEM, "%s", geo_status_text(GEO_ENOMEM));
}

PJ_CONTEXT *geo_ctx_proj(struct geo_ctx *ctx)
{
    return ctx->proj;
}

GEOSContextHandle_t geo_ctx_geos(struct geo_ctx *ctx)
{
    return ctx->geos;
}

const struct geod_geodesic *geo_ctx_earth(const struct geo_ctx *ctx)
{
    return &ctx->earth;
}

void **geo_ctx_area_table(struct geo_ctx *ctx)
{
    return &ctx->area_table;
}

static PJ *find_made(const struct geo_ctx *ctx, const char *definition, geo_pj_maker *make)
{
    for (struct made *m = ctx->made; m; m = m->next)
        if (m->make == make && !strcmp(m->definition, definition))
            return m->pj;
    return NULL;
}

/* Takes pj, on failure too. */
static bool keep_made(struct geo_ctx *ctx, const char *definition, geo_pj_maker *make, PJ *pj)
{
    size_t n = strlen(definition) + 1;
    struct made *made = malloc(sizeof *made + n);
    if (!made) {
        proj_destroy(pj);
        return false;
    }
    memcpy(made->definition, definition, n);
    made->pj = pj;
    made->make = make;
    made->next = ctx->made;
    ctx->made = made;
    return true;
}

PJ *geo_ctx_pj(struct geo_ctx *ctx, const char *definition)
{
    PJ *pj = find_made(ctx, definition, NULL);
    if (pj)
        return pj;
    geo_foreign_clear(ctx);
    pj = proj_create(ctx->proj, definition);
    return pj && keep_made(ctx, definition, NULL, pj) ? pj : NULL;
}

enum geo_status geo_ctx_pj_made(struct geo_ctx *ctx, const char *definition, geo_pj_maker *make,
                                PJ **pj)
{
    PJ *made = find_made(ctx, definition, make);
    if (!made) {
        geo_foreign_clear(ctx);
        GEO_TRY(make(ctx, definition, &made));
        if (!keep_made(ctx, definition, make, made))
            return geo_no_memory(ctx);
    }
    *pj = made;
    return GEO_OK;
}

const char *geo_foreign_text(const struct geo_ctx *ctx)
{
    return ctx->foreign;
}

void geo_foreign_clear(struct geo_ctx *ctx)
{
    ctx->foreign[0] = '\0';
}

void geo_gdal_begin(struct geo_ctx *ctx)
{
    geo_foreign_clear(ctx);
    ctx->gdal_failed = false;
    CPLPushErrorHandlerEx(from_gdal, ctx);
}

bool geo_gdal_end(struct geo_ctx *ctx)
{
    CPLPopErrorHandler();
    return ctx->gdal_failed;
}
