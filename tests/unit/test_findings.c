/* Findings are printed as people and as programs read them. */
#include "near.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "steps/findings.h"

/* What print() writes to standard output. */
static void capture(void (*print)(const struct findings *), const struct findings *findings,
                    char *text, size_t room)
{
    FILE *file = tmpfile();
    int was = dup(STDOUT_FILENO);
    assert_non_null(file);
    fflush(stdout);
    assert_true(dup2(fileno(file), STDOUT_FILENO) >= 0);
    print(findings);
    fflush(stdout);
    assert_true(dup2(was, STDOUT_FILENO) >= 0);
    close(was);
    rewind(file);
    size_t n = fread(text, 1, room - 1, file);
    text[n] = '\0';
    fclose(file);
}

static void no_findings_are_an_empty_array_and_no_lines(void **state)
{
    struct findings none = {0};
    char text[64];
    (void)state;
    capture(findings_print_text, &none, text, sizeof text);
    assert_string_equal(text, "");
    capture(findings_print_json, &none, text, sizeof text);
    assert_string_equal(text, "\"findings\":[]");
    findings_release(&none);
}

static void findings_have_severity_evidence_and_remedy(void **state)
{
    struct findings some = {0};
    char text[512];
    (void)state;
    assert_true(findings_add(&some, FINDING_ERROR, "no \"CRS\"", "no .prj", "-s EPSG:5897"));
    assert_true(findings_add(&some, FINDING_INFO, "noted", "seen\n", ""));
    capture(findings_print_text, &some, text, sizeof text);
    assert_string_equal(text, "  findings   2\n"
                              "    error    no \"CRS\"\n"
                              "      evidence  no .prj\n"
                              "      remedy    -s EPSG:5897\n"
                              "    info     noted\n"
                              "      evidence  seen \n");
    capture(findings_print_json, &some, text, sizeof text);
    assert_string_equal(text,
                        "\"findings\":[{\"severity\":\"error\",\"what\":\"no \\\"CRS\\\"\","
                        "\"evidence\":\"no .prj\",\"remedy\":\"-s EPSG:5897\"},"
                        "{\"severity\":\"info\",\"what\":\"noted\",\"evidence\":\"seen\\u000a\","
                        "\"remedy\":\"\"}]");
    findings_release(&some);
    assert_int_equal(some.n, 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(no_findings_are_an_empty_array_and_no_lines),
        cmocka_unit_test(findings_have_severity_evidence_and_remedy),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
