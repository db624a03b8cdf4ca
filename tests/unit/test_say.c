/* Messages and progress. */
#include "near.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kit/progress.h"
#include "kit/say.h"

/* A say that writes to memory. */
struct heard {
    struct say say;
    char *text;
    size_t size;
};

static void listen(struct heard *h, enum say_level level)
{
    *h = (struct heard){.say = {.name = "geo-area", .level = level}};
    h->say.out = open_memstream(&h->text, &h->size);
    assert_non_null(h->say.out);
}

/* Compares all that was said. */
static void assert_heard(struct heard *h, const char *expected)
{
    assert_int_equal(fclose(h->say.out), 0);
    assert_string_equal(h->text, expected);
    free(h->text);
}

static const struct {
    enum say_level level;
    const char *heard;
} levels[] = {
    {SAY_QUIET, "geo-area: e 1\n"},
    {SAY_NORMAL, "geo-area: e 1\ngeo-area: n 2\n"},
    {SAY_VERBOSE, "geo-area: e 1\ngeo-area: n 2\ngeo-area: d 3\n"},
};

static void each_level_says_what_the_one_below_says_and_more(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof levels / sizeof *levels; i++) {
        struct heard h;
        listen(&h, levels[i].level);
        say_error(&h.say, "e %d", 1);
        say_note(&h.say, "n %d", 2);
        say_detail(&h.say, "d %d", 3);
        assert_heard(&h, levels[i].heard);
    }
}

static void a_message_is_one_line_without_control_characters(void **state)
{
    struct heard h;

    (void)state;
    listen(&h, SAY_NORMAL);
    say_error(&h.say, "%s", "a\nb\x1B[2Jc \xC4\xA9");
    assert_heard(&h, "geo-area: a b [2Jc \xC4\xA9\n");
}

static void a_message_that_is_too_long_is_cut_and_still_a_line(void **state)
{
    struct heard h;
    char text[20000];

    (void)state;
    memset(text, 'x', sizeof text - 1);
    text[sizeof text - 1] = '\0';
    listen(&h, SAY_NORMAL);
    say_error(&h.say, "%s", text);
    fflush(h.say.out);
    assert_int_equal(h.size, 8191);
    assert_int_equal(h.text[h.size - 1], '\n');
    fclose(h.say.out);
    free(h.text);
}

static const struct {
    struct progress_state state;
    int columns;
    const char *text;
} bars[] = {
    {{0, 0, 0}, 79, "0 features, 0/s, 0:00"},
    {{450000, 1000000, 0.375},
     79,
     " 45% [#########           ] 450000 of 1000000 features, 1.2M/s, 0:00 left"},
    {{1, 4, 60}, 79, " 25% [#####               ] 1 of 4 features, 0/s, 3:00 left"},
    {{10, 10, 2}, 79, "100% [####################] 10 of 10 features, 5/s, 0:00 left"},
    {{0, 10, 2}, 79, "  0% [                    ] 0 of 10 features, 0/s, 0:00 left"},
    {{11, 10, 2}, 79, "11 features, 6/s, 0:02"}, /* the total was an estimate */
    {{123456, 0, 4000}, 79, "123456 features, 31/s, 1:06:40"},
    {{99994, 0, 2}, 79, "99994 features, 50k/s, 0:02"},
    {{450000, 1000000, 0.375}, 20, " 45% [#########     "},
    {{1, UINT64_MAX, 1e-9},
     79,
     "  0% [                    ] 1 of 18446744073709551615 features, 1000.0M/s, 99:5"},
};

static void a_bar_shows_count_rate_and_what_is_left(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof bars / sizeof *bars; i++) {
        char text[128];
        progress_bar_text(text, sizeof text, &bars[i].state, bars[i].columns);
        assert_string_equal(text, bars[i].text);
    }
}

static const struct {
    struct progress_state state;
    bool is_end;
    const char *text;
} objects[] = {
    {{450, 1000, 0.5},
     false,
     "{\"done\": 450, \"total\": 1000, \"elapsed_s\": 0.500, \"per_s\": 900, \"left_s\": 0.611, "
     "\"end\": false}"},
    {{450, 0, 0.5},
     true,
     "{\"done\": 450, \"total\": null, \"elapsed_s\": 0.500, \"per_s\": 900, \"left_s\": null, "
     "\"end\": true}"},
    {{0, 1000, 0},
     false,
     "{\"done\": 0, \"total\": 1000, \"elapsed_s\": 0.000, \"per_s\": 0, \"left_s\": null, "
     "\"end\": false}"},
};

static void json_progress_is_one_object(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof objects / sizeof *objects; i++) {
        char text[256];
        progress_json_text(text, sizeof text, &objects[i].state, objects[i].is_end);
        assert_string_equal(text, objects[i].text);
    }
}

static const struct {
    enum progress_style asked;
    enum say_level level;
    bool is_terminal, into_pipe;
    const char *term;
    enum progress_style style;
} styles[] = {
    {PROGRESS_AUTO, SAY_NORMAL, true, false, "xterm", PROGRESS_BAR},
    {PROGRESS_AUTO, SAY_VERBOSE, true, false, "xterm", PROGRESS_BAR},
    {PROGRESS_AUTO, SAY_QUIET, true, false, "xterm", PROGRESS_NONE},
    {PROGRESS_AUTO, SAY_NORMAL, false, false, "xterm", PROGRESS_NONE},
    {PROGRESS_AUTO, SAY_NORMAL, true, true, "xterm", PROGRESS_NONE},
    {PROGRESS_AUTO, SAY_NORMAL, true, false, "dumb", PROGRESS_NONE},
    {PROGRESS_AUTO, SAY_NORMAL, true, false, "", PROGRESS_NONE},
    {PROGRESS_AUTO, SAY_NORMAL, true, false, NULL, PROGRESS_NONE},
    {PROGRESS_BAR, SAY_QUIET, false, true, NULL, PROGRESS_BAR},
    {PROGRESS_JSON, SAY_QUIET, false, true, NULL, PROGRESS_JSON},
    {PROGRESS_NONE, SAY_NORMAL, true, false, "xterm", PROGRESS_NONE},
};

static void a_bar_of_its_own_accord_needs_a_terminal_that_is_watched(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof styles / sizeof *styles; i++)
        assert_int_equal(progress_resolve(styles[i].asked, styles[i].level, styles[i].is_terminal,
                                          styles[i].into_pipe, styles[i].term),
                         styles[i].style);
}

/* A progress whose next drawing is due at once, or never within a test. */
static struct progress due(struct heard *h, enum progress_style style, bool at_once)
{
    struct progress p = progress_begin(&h->say, style);

    p.due_s = at_once ? 0 : (double)INFINITY;
    return p;
}

static void a_message_takes_the_bar_off_its_line(void **state)
{
    struct heard h;
    char expected[256];

    (void)state;
    listen(&h, SAY_NORMAL);
    struct progress p = due(&h, PROGRESS_BAR, true);
    progress_show(&p, 0, 0);
    say_note(&h.say, "feature 7");
    progress_end(&p, 1, 0);
    snprintf(expected, sizeof expected, "\r0 features, 0/s, 0:00\r%21s\rgeo-area: feature 7\n", "");
    assert_heard(&h, expected);
}

static void a_shorter_bar_covers_the_longer_one_and_the_end_wipes_it(void **state)
{
    struct heard h;
    char expected[256];

    (void)state;
    listen(&h, SAY_NORMAL);
    struct progress p = due(&h, PROGRESS_BAR, true);
    progress_show(&p, 0, 10);
    p.due_s = 0;
    progress_show(&p, 0, 0);
    progress_end(&p, 0, 0);
    snprintf(expected, sizeof expected,
             "\r  0%% [%20s] 0 of 10 features, 0/s, 0:00 left"
             "\r%-60s\r%21s\r",
             "", "0 features, 0/s, 0:00", "");
    assert_heard(&h, expected);
}

static void nothing_is_drawn_before_it_is_due(void **state)
{
    struct heard h;

    (void)state;
    listen(&h, SAY_NORMAL);
    struct progress p = due(&h, PROGRESS_BAR, false);
    progress_show(&p, 5, 10);
    progress_end(&p, 10, 10);
    assert_heard(&h, "");
}

static void a_drawing_puts_the_next_one_off(void **state)
{
    struct heard h;

    (void)state;
    listen(&h, SAY_NORMAL);
    struct progress p = due(&h, PROGRESS_JSON, true);
    const double begun_s = p.begun_s;
    progress_show(&p, 5, 10);
    assert_true(p.due_s >= begun_s + 0.1);
    fclose(h.say.out);
    free(h.text);
}

static void a_bar_of_its_own_accord_waits_a_second_and_one_asked_for_does_not(void **state)
{
    struct heard h;

    (void)state;
    listen(&h, SAY_NORMAL);
    const struct progress by_itself = progress_begin(&h.say, PROGRESS_AUTO);
    const struct progress asked_for = progress_begin(&h.say, PROGRESS_BAR);
    assert_near(by_itself.due_s - by_itself.begun_s, 1, 1e-6);
    assert_near(asked_for.due_s - asked_for.begun_s, 0, 0);
    assert_heard(&h, "");
}

static void json_progress_ends_with_an_object_that_says_so(void **state)
{
    struct heard h;

    (void)state;
    listen(&h, SAY_QUIET);
    struct progress p = due(&h, PROGRESS_JSON, false);
    progress_end(&p, 10, 10);
    fflush(h.say.out);
    assert_non_null(strstr(h.text, "{\"done\": 10, \"total\": 10, "));
    assert_string_equal(h.text + h.size - strlen("\"end\": true}\n"), "\"end\": true}\n");
    fclose(h.say.out);
    free(h.text);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_level_says_what_the_one_below_says_and_more),
        cmocka_unit_test(a_message_is_one_line_without_control_characters),
        cmocka_unit_test(a_message_that_is_too_long_is_cut_and_still_a_line),
        cmocka_unit_test(a_bar_shows_count_rate_and_what_is_left),
        cmocka_unit_test(json_progress_is_one_object),
        cmocka_unit_test(a_bar_of_its_own_accord_needs_a_terminal_that_is_watched),
        cmocka_unit_test(a_message_takes_the_bar_off_its_line),
        cmocka_unit_test(a_shorter_bar_covers_the_longer_one_and_the_end_wipes_it),
        cmocka_unit_test(nothing_is_drawn_before_it_is_due),
        cmocka_unit_test(a_drawing_puts_the_next_one_off),
        cmocka_unit_test(a_bar_of_its_own_accord_waits_a_second_and_one_asked_for_does_not),
        cmocka_unit_test(json_progress_ends_with_an_object_that_says_so),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
