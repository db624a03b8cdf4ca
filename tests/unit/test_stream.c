#include "near.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "geo/stream.h"

/* A file of n points, numbered by their column k; every 500th has a latitude of 100. */
static char path[] = "/tmp/test_stream.XXXXXX.geojsonl";
enum { POINTS = 20000, BAD_EVERY = 500 };

static int make_file(void **state)
{
    (void)state;
    int fd = mkstemps(path, (int)strlen(".geojsonl"));
    FILE *out = fd < 0 ? NULL : fdopen(fd, "w");
    if (!out)
        return 1;
    for (int k = 0; k < POINTS; k++)
        fprintf(out,
                "{\"type\":\"Feature\",\"properties\":{\"k\":%d},\"geometry\":"
                "{\"type\":\"Point\",\"coordinates\":[%d.5,%d]}}\n",
                k, k % 180, k % BAD_EVERY ? k % 80 : 100);
    return fclose(out);
}

static int remove_file(void **state)
{
    (void)state;
    return unlink(path);
}

/* Counts what comes and checks that it comes in order. */
struct counter {
    int64_t next;
    uint64_t features;
};

static enum geo_status count(struct geo_ctx *ctx, void *self, struct geo_batch *batch)
{
    struct counter *counter = self;
    (void)ctx;
    for (size_t i = 0; i < batch->n; i++) {
        assert_true(batch->column[0].value[i].integer == counter->next);
        counter->next++;
        counter->features += !batch->dropped[i];
    }
    return GEO_OK;
}

/* Fails at every feature from k = 10000 on, so that several threads fail at once. */
static enum geo_status fail_late(struct geo_ctx *ctx, void *state, struct geo_batch *batch)
{
    (void)state;
    for (size_t i = 0; i < batch->n; i++)
        if (batch->column[0].value[i].integer >= 10000)
            return geo_batch_filter(ctx, batch, "no such column = 1");
    return GEO_OK;
}

static char last_message[1024]; /* of the last run */

static enum geo_status run(const struct geo_step *step, size_t n, unsigned threads, bool strict,
                           struct counter *counter, struct geo_report *report)
{
    const char *paths[] = {path};
    struct geo_read_options read = {0};
    struct geo_stream_options options = {.threads = threads, .strict = strict};
    struct geo_consumer consumer = {counter, count};
    struct geo_source *source;
    struct geo_ctx *ctx = geo_ctx_new();
    assert_non_null(ctx);
    *counter = (struct counter){0};
    assert_ok(ctx, geo_source_open(ctx, paths, 1, &read, &source));
    enum geo_status status = geo_stream_run(ctx, source, step, n, &consumer, &options, report);
    snprintf(last_message, sizeof last_message, "%s", geo_ctx_message(ctx));
    if (status != GEO_OK)
        assert_true(strlen(last_message) > 0);
    geo_source_close(ctx, source);
    geo_ctx_free(ctx);
    return status;
}

static void batches_come_in_order_and_bad_features_are_counted(void **state)
{
    (void)state;
    struct geo_step step[] = {geo_step_to_wgs84(), geo_step_repair()};
    for (unsigned threads = 1; threads <= 9; threads += 4) {
        struct counter counter;
        struct geo_report report;
        assert_int_equal(run(step, 2, threads, false, &counter, &report), GEO_OK);
        assert_int_equal(counter.next, POINTS);
        assert_int_equal(counter.features, POINTS - POINTS / BAD_EVERY);
        assert_int_equal(report.skipped, POINTS / BAD_EVERY);
        assert_int_equal(report.written, counter.features);
        assert_int_equal(report.fate_count, 1);
        assert_int_equal(report.fate[0].count, POINTS / BAD_EVERY);
        for (size_t k = 0; k < report.fate[0].listed; k++)
            assert_int_equal(report.fate[0].fid[k], k * BAD_EVERY);
        geo_report_release(&report);
    }
}

static void a_failure_stops_the_run_and_keeps_its_message(void **state)
{
    (void)state;
    struct geo_step step = {.apply = fail_late};
    for (unsigned threads = 1; threads <= 8; threads *= 2) {
        struct counter counter;
        struct geo_report report;
        assert_int_equal(run(&step, 1, threads, false, &counter, &report), GEO_EARG);
        assert_true(counter.next <= 10000);
        assert_true(counter.next > 10000 - 1024); /* all batches before the failure came */
        geo_report_release(&report);
    }
}

/* Every batch from one on fails, that one before all others. */
static enum geo_status fail_from(struct geo_ctx *ctx, void *state, struct geo_batch *batch)
{
    const uint64_t *first = state;
    if (batch->seq < *first)
        return GEO_OK;
    if (batch->seq > *first)
        usleep(5000);
    return geo_batch_filter(ctx, batch, batch->seq > *first ? "later = 1" : "first = 1");
}

static void of_many_failures_the_first_in_the_input_is_told(void **state)
{
    (void)state;
    for (uint64_t first = 0; first < 18; first++) {
        struct geo_step step = {.plan = &first, .apply = fail_from};
        struct counter counter;
        struct geo_report report;
        assert_int_equal(run(&step, 1, 3, false, &counter, &report), GEO_EARG);
        assert_non_null(strstr(last_message, "first"));
        geo_report_release(&report);
    }
}

/* Steps of which the second fails as it starts, once there is a state. */
static enum geo_status start_well(struct geo_ctx *ctx, const void *plan, void **state)
{
    (void)ctx;
    memcpy(state, &plan, sizeof plan);
    return GEO_OK;
}

static enum geo_status start_badly(struct geo_ctx *ctx, const void *plan, void **state)
{
    (void)start_well(ctx, plan, state);
    return geo_ctx_fail(ctx, GEO_EDEFECT, "no start");
}

static void count_stop(void *state)
{
    ++*(int *)state;
}

static void what_has_begun_to_start_is_stopped(void **state)
{
    (void)state;
    int stopped[3] = {0};
    const struct geo_step step[] = {
        {.plan = &stopped[0], .start = start_well, .apply = fail_late, .stop = count_stop},
        {.plan = &stopped[1], .start = start_badly, .apply = fail_late, .stop = count_stop},
        {.plan = &stopped[2], .start = start_well, .apply = fail_late, .stop = count_stop}};
    struct counter counter;
    struct geo_report report;
    assert_int_equal(run(step, 3, 1, false, &counter, &report), GEO_EDEFECT);
    assert_int_equal(stopped[0], 1);
    assert_int_equal(stopped[1], 1);
    assert_int_equal(stopped[2], 0);
    geo_report_release(&report);
}

static void strict_stops_at_the_first_bad_feature(void **state)
{
    (void)state;
    struct geo_step step = geo_step_to_wgs84();
    struct counter counter;
    struct geo_report report;
    assert_int_equal(run(&step, 1, 4, true, &counter, &report), GEO_EREAD);
    assert_int_equal(counter.next, 0);
    geo_report_release(&report);
}

/* Says of every batch, on the input as a whole, that seven columns are renamed. */
static enum geo_status rename_seven(struct geo_ctx *ctx, void *state, struct geo_batch *batch)
{
    (void)state;
    for (int c = 0; c < 7; c++)
        assert_ok(ctx, geo_batch_note(ctx, batch, GEO_NOTE_INFO, -1, "column renamed", "%d", c));
    return GEO_OK;
}

static void each_note_on_the_input_is_told_once(void **state)
{
    (void)state;
    struct geo_step step = {.apply = rename_seven};
    struct counter counter;
    struct geo_report report;
    assert_int_equal(run(&step, 1, 2, false, &counter, &report), GEO_OK);
    assert_int_equal(report.fate_count, 7);
    for (size_t f = 0; f < 7; f++) {
        assert_int_equal(report.fate[f].count, 1);
        assert_int_equal(report.fate[f].detail[0][0], '0' + (int)f);
    }
    geo_report_release(&report);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(batches_come_in_order_and_bad_features_are_counted),
        cmocka_unit_test(a_failure_stops_the_run_and_keeps_its_message),
        cmocka_unit_test(of_many_failures_the_first_in_the_input_is_told),
        cmocka_unit_test(what_has_begun_to_start_is_stopped),
        cmocka_unit_test(each_note_on_the_input_is_told_once),
        cmocka_unit_test(strict_stops_at_the_first_bad_feature)};
    return cmocka_run_group_tests(tests, make_file, remove_file);
}
