#include "near.h"

#include <stdio.h>
#include <string.h>

#include "geo/batch.h"

static int setup(void **state)
{
    return !(*state = geo_ctx_new());
}

static int teardown(void **state)
{
    geo_ctx_free(*state);
    return 0;
}

/* A feature with one line of n vertices. */
static void add_line(struct geo_ctx *ctx, struct geo_batch *batch, size_t n, int64_t fid)
{
    struct geo_lonlat *vertex;
    assert_ok(ctx, geo_batch_add_vertices(ctx, batch, n, &vertex));
    for (size_t i = 0; i < n; i++)
        vertex[i] = (struct geo_lonlat){(double)fid, (double)i};
    assert_ok(ctx, geo_batch_end_ring(ctx, batch));
    assert_ok(ctx, geo_batch_end_part(ctx, batch, GEO_KIND_LINE));
    assert_ok(ctx, geo_batch_end_feature(ctx, batch, GEO_SHAPE_LINE, fid));
}

static void starts_bound_features_parts_rings_and_vertices(void **state)
{
    struct geo_batch *batch = geo_batch_new();
    assert_non_null(batch);
    for (int f = 0; f < 1000; f++)
        add_line(*state, batch, (size_t)f % 7 + 2, f);
    assert_int_equal(batch->n, 1000);
    for (size_t f = 0; f < batch->n; f++) {
        size_t ring = batch->ring_start[batch->part_start[f]];
        assert_int_equal(batch->part_start[f + 1] - batch->part_start[f], 1);
        assert_int_equal(batch->vertex_start[ring + 1] - batch->vertex_start[ring], f % 7 + 2);
        assert_near(batch->vertex[batch->vertex_start[ring]].lon, (double)f, 0);
    }
    geo_batch_free(batch);
}

static void cells_hold_what_was_set_and_are_null_before(void **state)
{
    struct geo_ctx *ctx = *state;
    struct geo_batch *batch = geo_batch_new();
    size_t text, number, late;
    char out[32];
    assert_ok(ctx, geo_batch_add_column(ctx, batch, "tên", GEO_TYPE_TEXT, &text));
    assert_ok(ctx, geo_batch_add_column(ctx, batch, "n", GEO_TYPE_INT, &number));
    for (int f = 0; f < 100; f++) {
        add_line(ctx, batch, 2, f);
        assert_int_equal(batch->column[text].cell_type[f], GEO_TYPE_NULL);
        geo_batch_set_int(batch, number, (size_t)f, INT64_MAX - f);
    }
    assert_ok(
        ctx, geo_batch_set_text(ctx, batch, text, 99, GEO_TYPE_TEXT, "Sông Lô", strlen("Sông Lô")));
    assert_ok(ctx, geo_batch_add_column(ctx, batch, "late", GEO_TYPE_REAL, &late));
    assert_int_equal(batch->column[late].cell_type[50], GEO_TYPE_NULL);
    geo_batch_set_real(batch, late, 50, NAN);
    assert_int_equal(batch->column[late].cell_type[50], GEO_TYPE_NULL);

    assert_int_equal(geo_batch_cell_text(batch, &batch->column[text], 99, out, sizeof out), 9);
    assert_string_equal(out, "Sông Lô");
    geo_batch_cell_text(batch, &batch->column[text], 99, out, 3); /* ô takes two bytes */
    assert_string_equal(out, "S");
    geo_batch_cell_text(batch, &batch->column[number], 0, out, sizeof out);
    assert_string_equal(out, "9223372036854775807");
    geo_batch_free(batch);
}

static void a_column_of_the_same_name_makes_way(void **state)
{
    struct geo_ctx *ctx = *state;
    struct geo_batch *batch = geo_batch_new();
    for (int k = 0; k < 3; k++)
        assert_ok(ctx, geo_batch_add_column(ctx, batch, "area_ha", GEO_TYPE_REAL, NULL));
    assert_int_equal(geo_batch_find_column(batch, "area_ha"), 2);
    assert_int_equal(geo_batch_find_column(batch, "area_ha_in"), 0);
    assert_int_equal(geo_batch_find_column(batch, "area_ha_in2"), 1);
    assert_int_equal(batch->note_count, 2);
    assert_string_equal(batch->note[0].detail, "area_ha -> area_ha_in");
    geo_batch_free(batch);
}

static void a_result_makes_names_of_any_case_give_way(void **state)
{
    struct geo_ctx *ctx = *state;
    struct geo_batch *batch = geo_batch_new();
    size_t at;
    assert_ok(ctx, geo_batch_add_column(ctx, batch, "AREA_HA", GEO_TYPE_REAL, NULL));
    assert_ok(ctx, geo_batch_add_column(ctx, batch, "area_ha", GEO_TYPE_REAL, NULL));
    assert_ok(ctx, geo_batch_add_result(ctx, batch, "area_ha", GEO_TYPE_REAL, &at));
    assert_int_equal(at, 2);
    assert_string_equal(batch->column[0].name, "AREA_HA_in");
    assert_string_equal(batch->column[1].name, "area_ha_in");
    geo_batch_free(batch);
}

static void a_copy_has_geometry_cells_and_id(void **state)
{
    struct geo_ctx *ctx = *state;
    struct geo_batch *from = geo_batch_new(), *to = geo_batch_new();
    size_t at;
    assert_ok(ctx, geo_batch_add_column(ctx, from, "name", GEO_TYPE_TEXT, &at));
    assert_ok(ctx, geo_batch_want_id(ctx, from));
    add_line(ctx, from, 3, 7);
    assert_ok(ctx, geo_batch_set_text(ctx, from, at, 0, GEO_TYPE_TEXT, "KCN", 3));
    from->id.value[0].integer = 42;
    from->id.cell_type[0] = GEO_TYPE_INT;

    assert_ok(ctx, geo_batch_copy_columns(ctx, to, from));
    assert_ok(ctx, geo_batch_copy_feature(ctx, to, from, 0, true, GEO_SHAPE_NULL));
    assert_ok(ctx, geo_batch_copy_feature(ctx, to, from, 0, false, GEO_SHAPE_NULL));
    geo_batch_free(from);
    assert_int_equal(to->n, 2);
    assert_int_equal(to->vertex_count, 3);
    assert_int_equal(to->shape[0], GEO_SHAPE_LINE);
    assert_int_equal(to->shape[1], GEO_SHAPE_NULL);
    assert_int_equal(to->id.value[1].integer, 42);
    assert_memory_equal(to->text + to->column[0].value[1].text.at, "KCN", 3);
    geo_batch_free(to);
}

static void types_widen_to_what_holds_both(void **state)
{
    (void)state;
    assert_int_equal(geo_type_widen(GEO_TYPE_INT, GEO_TYPE_REAL), GEO_TYPE_REAL);
    assert_int_equal(geo_type_widen(GEO_TYPE_NULL, GEO_TYPE_DATE), GEO_TYPE_DATE);
    assert_int_equal(geo_type_widen(GEO_TYPE_BOOL, GEO_TYPE_INT), GEO_TYPE_TEXT);
    for (int t = GEO_TYPE_NULL; t <= GEO_TYPE_JSON; t++)
        assert_int_equal(geo_type_of_name(geo_type_name((enum geo_type)t)), t);
}

static void every_status_has_a_text_a_reach_and_an_exit_status(void **state)
{
    (void)state;
    for (int s = 0; s < GEO_STATUS_COUNT; s++) {
        assert_true(strlen(geo_status_text((enum geo_status)s)) > 3);
        bool stops = geo_status_scope((enum geo_status)s) == GEO_SCOPE_RUN;
        bool skips = geo_status_scope((enum geo_status)s) == GEO_SCOPE_FEATURE;
        int code = geo_status_exit((enum geo_status)s);
        assert_true(skips ? code == 7 : stops ? code >= 2 : code == 0);
    }
    assert_int_equal(geo_status_exit(GEO_STATUS_COUNT), 70);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(starts_bound_features_parts_rings_and_vertices, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(cells_hold_what_was_set_and_are_null_before, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_column_of_the_same_name_makes_way, setup, teardown),
        cmocka_unit_test_setup_teardown(a_result_makes_names_of_any_case_give_way, setup, teardown),
        cmocka_unit_test_setup_teardown(a_copy_has_geometry_cells_and_id, setup, teardown),
        cmocka_unit_test(types_widen_to_what_holds_both),
        cmocka_unit_test(every_status_has_a_text_a_reach_and_an_exit_status)};
    return cmocka_run_group_tests(tests, NULL, NULL);
}
