#include "steps/check.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "steps/rows.h"
#include "steps/try.h"

/* What one thread has. */
struct state {
    struct check_worker worker;
    uint8_t *concerned; /* for each rule, then each feature: does its filter take it? */
    size_t concerned_room;
    uint8_t *kept; /* what is dropped of a batch, while filters drop more */
    size_t kept_room;
    uint8_t *doubt; /* of each feature, what is to be said of it */
    size_t doubt_room;
    struct rows_order order;

    /* Of a batch: how it came to WGS 84, its columns. */
    struct datum datum;
    struct places {
        size_t accuracy;                     /* SIZE_MAX: none */
        size_t verdict, margin, rule, value; /* value: of the first rule */
    } at;
};

enum { NOT_MEASURED = 1, NOT_PLACED = 2 };

static void stop(void *data)
{
    struct state *s = data;
    struct check_worker *w = &s->worker;
    for (size_t l = 0; l < w->plan->layer_count; l++) {
        geo_near_query_free(w->near ? w->near[l] : NULL);
        geo_within_query_free(w->within ? w->within[l] : NULL);
        geo_within_query_free(w->land ? w->land[l] : NULL);
        geo_within_query_free(w->rim ? w->rim[l] : NULL);
    }
    free(w->near);
    free(w->within);
    free(w->land);
    free(w->rim);
    free(w->found);
    free(s->concerned);
    free(s->kept);
    free(s->doubt);
    rows_release(&s->order);
    free(s);
}

static enum geo_status start(struct geo_ctx *ctx, const void *plan, void **state)
{
    struct state *s = *state = calloc(1, sizeof *s);
    if (!s)
        return GEO_ENOMEM;
    struct check_worker *w = &s->worker;
    w->plan = plan;
    const size_t n = w->plan->layer_count + 1;
    w->near = calloc(n, sizeof *w->near);
    w->within = calloc(n, sizeof *w->within);
    w->land = calloc(n, sizeof *w->land);
    w->rim = calloc(n, sizeof *w->rim);
    if (!w->near || !w->within || !w->land || !w->rim)
        return GEO_ENOMEM;
    for (size_t l = 0; l < w->plan->layer_count; l++) {
        const struct check_layer *layer = &w->plan->layer[l];
        TRY(geo_near_query_new(ctx, layer->index, &w->near[l]));
        TRY(geo_within_query_new(ctx, layer->index, &w->within[l]));
        if (!layer->land)
            continue;
        TRY(geo_within_query_new(ctx, layer->land_index, &w->land[l]));
        TRY(geo_within_query_new(ctx, layer->rim_index, &w->rim[l]));
    }
    return GEO_OK;
}

static void reset(struct check_worker *w)
{
    for (size_t l = 0; l < w->plan->layer_count; l++) {
        geo_near_query_reset(w->near[l]);
        geo_within_query_reset(w->within[l]);
        if (!w->land[l])
            continue;
        geo_within_query_reset(w->land[l]);
        geo_within_query_reset(w->rim[l]);
    }
}

static bool reserve(void **items, size_t size, size_t wanted, size_t *room)
{
    if (wanted <= *room)
        return true;
    void *grown = reallocarray(*items, wanted, size);
    if (!grown)
        return false;
    *items = grown;
    *room = wanted;
    return true;
}

static enum geo_status make_room(struct state *s, size_t features)
{
    void *concerned = s->concerned, *kept = s->kept, *doubt = s->doubt;
    bool done = reserve(&concerned, 1, features * s->worker.plan->rules.n, &s->concerned_room);
    s->concerned = concerned;
    done = done && reserve(&kept, 1, features, &s->kept_room);
    s->kept = kept;
    done = done && reserve(&doubt, 1, features, &s->doubt_room);
    s->doubt = doubt;
    return done ? GEO_OK : GEO_ENOMEM;
}

/* ---- which features a rule concerns ---- */

static enum geo_status filter(struct geo_ctx *ctx, struct state *s, struct geo_batch *batch)
{
    const struct rules *rules = &s->worker.plan->rules;
    memset(s->concerned, 1, batch->n * rules->n);
    memcpy(s->kept, batch->dropped, batch->n);
    for (size_t r = 0; r < rules->n; r++) {
        const struct rule *rule = &rules->rule[r];
        if (!rule->where)
            continue;
        enum geo_status status = geo_batch_filter(ctx, batch, rule->where);
        for (size_t i = 0; i < batch->n; i++)
            s->concerned[r * batch->n + i] = !batch->dropped[i];
        memcpy(batch->dropped, s->kept, batch->n);
        if (status == GEO_EARG)
            return geo_ctx_fail(ctx, status, "rule '%s', where: %s", rule->id,
                                geo_ctx_message(ctx));
        TRY(status);
    }
    return GEO_OK;
}

/* ---- columns ---- */

static enum geo_status find_accuracy(struct geo_ctx *ctx, const struct check_plan *plan,
                                     const struct geo_batch *batch, size_t *column)
{
    const char *field = plan->accuracy.field;
    *column = field ? geo_batch_find_column(batch, field) : SIZE_MAX;
    if (!field || *column != SIZE_MAX || batch->n == 0)
        return GEO_OK;
    return geo_ctx_fail(ctx, GEO_EARG,
                        "--accuracy-field: the features have no column '%s' (--select leaves out "
                        "what it does not name); --accuracy LENGTH needs none",
                        field);
}

static enum geo_status add_columns(struct geo_ctx *ctx, const struct check_plan *plan,
                                   struct geo_batch *batch, struct places *at)
{
    TRY(geo_batch_add_result(ctx, batch, "verdict", GEO_TYPE_TEXT, &at->verdict));
    TRY(geo_batch_add_result(ctx, batch, "margin_m", GEO_TYPE_REAL, &at->margin));
    TRY(geo_batch_add_result(ctx, batch, "rule", GEO_TYPE_TEXT, &at->rule));
    at->value = batch->column_count;
    for (size_t r = 0; r < plan->rules.n; r++) {
        const struct rule *rule = &plan->rules.rule[r];
        enum geo_type type = rule->what == RULE_COUNT ? GEO_TYPE_INT : GEO_TYPE_REAL;
        TRY(geo_batch_add_result(ctx, batch, rule->column, type, NULL));
    }
    return GEO_OK;
}

static enum geo_status set_text(struct geo_ctx *ctx, struct geo_batch *batch, size_t column,
                                size_t i, const char *text)
{
    return geo_batch_set_text(ctx, batch, column, i, GEO_TYPE_TEXT, text, strlen(text));
}

static void set_value(struct geo_batch *batch, size_t column, size_t i, const struct rule *rule,
                      double value)
{
    if (rule->what != RULE_COUNT)
        geo_batch_set_real(batch, column, i, value / rule->unit);
    else if (isfinite(value))
        geo_batch_set_int(batch, column, i, (int64_t)value);
}

/* ---- a feature ---- */

/* The graver verdict decides; of equal ones the smaller margin, one without a margin last; of equal
 * ones the rule that comes first. */
static bool decides(const struct finding *finding, const struct finding *before)
{
    if (finding->verdict != before->verdict)
        return finding->verdict > before->verdict;
    return finding->margin_m < before->margin_m ||
           (isnan(before->margin_m) && !isnan(finding->margin_m));
}

static void tally(const struct check_plan *plan, size_t r, enum verdict verdict)
{
    atomic_fetch_add_explicit(&plan->tally[r].of[verdict], 1, memory_order_relaxed);
}

/* Findings of all rules first, so that a feature that cannot be measured leaves no trace. */
static enum geo_status check_feature(struct geo_ctx *ctx, struct state *s, struct geo_batch *batch,
                                     const struct check_feature *f)
{
    const struct check_plan *plan = s->worker.plan;
    const struct places *at = &s->at;
    struct finding worst = {VERDICT_NONE, NAN, NAN}, finding;
    size_t decisive = 0;
    bool is_measured = true;
    for (size_t r = 0; r < plan->rules.n; r++) {
        if (!s->concerned[r * batch->n + f->i])
            continue;
        TRY(check_measure(ctx, &s->worker, r, f, &finding));
        set_value(batch, at->value + r, f->i, &plan->rules.rule[r], finding.value);
        is_measured = is_measured && !isnan(finding.value);
        s->concerned[r * batch->n + f->i] = (uint8_t)finding.verdict;
        if (decides(&finding, &worst)) {
            worst = finding;
            decisive = r;
        }
    }
    for (size_t r = 0; r < plan->rules.n; r++)
        tally(plan, r, (enum verdict)s->concerned[r * batch->n + f->i]);
    tally(plan, plan->rules.n, worst.verdict);
    if (worst.verdict == VERDICT_NONE)
        return GEO_OK;
    geo_batch_set_real(batch, at->margin, f->i, worst.margin_m);
    TRY(set_text(ctx, batch, at->verdict, f->i, verdict_text(worst.verdict)));
    TRY(set_text(ctx, batch, at->rule, f->i, plan->rules.rule[decisive].id));
    s->doubt[f->i] = (uint8_t)((is_measured ? 0 : NOT_MEASURED) |
                               (isinf(f->accuracy_m) && plan->layer_count ? NOT_PLACED : 0));
    return GEO_OK;
}

/* In input order, whatever the order of measuring was. */
static enum geo_status note_doubts(struct geo_ctx *ctx, const struct state *s,
                                   struct geo_batch *batch)
{
    for (size_t i = 0; i < batch->n; i++) {
        if (batch->dropped[i])
            continue;
        if (s->doubt[i] & NOT_MEASURED)
            TRY(geo_batch_note(ctx, batch, GEO_NOTE_INFO, batch->fid[i],
                               "no shape that its rules can measure: uncertain", NULL));
        if (s->doubt[i] & NOT_PLACED)
            TRY(geo_batch_note(ctx, batch, GEO_NOTE_INFO, batch->fid[i],
                               "its accuracy is not known: what hangs on its place is uncertain",
                               "%s", s->worker.plan->accuracy.field));
    }
    return GEO_OK;
}

/* ---- a batch ---- */

static enum geo_status measure(struct geo_ctx *ctx, void *state, struct geo_batch *batch, size_t i)
{
    struct state *s = state;
    const struct accuracy_options *o = &s->worker.plan->accuracy;
    const double all_m = isnan(o->of_all_m) && !o->field ? 0 : o->of_all_m;
    const struct check_feature f = {.batch = batch,
                                    .i = i,
                                    .accuracy_m = accuracy_of(batch, s->at.accuracy, i, all_m),
                                    .datum = &s->datum};
    return check_feature(ctx, s, batch, &f);
}

static enum geo_status apply(struct geo_ctx *ctx, void *data, struct geo_batch *batch)
{
    struct state *s = data;
    const struct check_plan *plan = s->worker.plan;
    reset(&s->worker);
    TRY(make_room(s, batch->n));
    TRY(filter(ctx, s, batch));
    TRY(find_accuracy(ctx, plan, batch, &s->at.accuracy));
    TRY(add_columns(ctx, plan, batch, &s->at));
    memset(s->doubt, 0, batch->n);
    s->datum = batch->origin ? datum_of(batch->origin) : plan->datum;
    TRY(rows_measure(ctx, batch, &s->order, "cannot be measured", measure, s));
    return note_doubts(ctx, s, batch);
}

struct geo_step check_step(struct check_plan *plan)
{
    return (struct geo_step){.plan = plan, .start = start, .apply = apply, .stop = stop};
}
