/* Where bytes go: whole or not at all. */
#include "write_help.h"

#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>

static void nothing_is_seen_before_the_end(void **state)
{
    struct fixture *f = *state;
    const char *path = in_folder(f, "out.geojson");
    add_point(f, 1, 2);
    struct geo_sink *sink = open_sink(f, &(struct geo_write_options){.path = path});
    put_batch(f, sink);
    assert_int_equal(access(path, F_OK), -1);
    assert_non_null(strstr(geo_sink_directory(sink), "/.out.geojson."));
    assert_int_equal(count_entries(geo_sink_directory(sink)), 1);
    assert_ok(f->ctx, geo_sink_finish(f->ctx, sink));
    assert_int_equal(access(path, F_OK), 0);
    assert_int_equal(count_entries(f->folder), 1);
}

static void nothing_is_left_when_abandoned(void **state)
{
    struct fixture *f = *state;
    static const char *const names[] = {"a.geojson", "b.csv", "c.gpkg", "d.shp", "e.fgb", "f.kml"};
    for (size_t i = 0; i < COUNT(names); i++) {
        geo_batch_clear(f->batch);
        add_point(f, 1, 2);
        struct geo_sink *sink =
            open_sink(f, &(struct geo_write_options){.path = in_folder(f, names[i])});
        put_batch(f, sink);
        geo_sink_abandon(f->ctx, sink);
        assert_int_equal(count_entries(f->folder), 0);
    }
    geo_sink_abandon(f->ctx, NULL);
}

static void an_existing_file_is_kept_without_overwrite(void **state)
{
    struct fixture *f = *state;
    const char *path = in_folder(f, "out.geojson");
    char words[600];
    put_file(path, "old");
    snprintf(words, sizeof words, "%s exists: say --overwrite to replace it", path);
    assert_refused(f, &(struct geo_write_options){.path = path}, GEO_EARG, words);
    assert_contents(path, "old");
    put_file(in_folder(f, "lone.dbf"), "old");
    assert_refused(f, &(struct geo_write_options){.path = in_folder(f, "lone.shp")}, GEO_EARG,
                   "lone.dbf exists: say --overwrite");
    assert_int_equal(count_entries(f->folder), 2);
}

static void a_file_that_appears_meanwhile_is_kept(void **state)
{
    struct fixture *f = *state;
    const char *path = in_folder(f, "out.geojson");
    add_point(f, 1, 2);
    struct geo_sink *sink = open_sink(f, &(struct geo_write_options){.path = path});
    put_batch(f, sink);
    put_file(path, "somebody else's");
    assert_int_equal(geo_sink_finish(f->ctx, sink), GEO_EWRITE);
    assert_contents(path, "somebody else's");
    assert_int_equal(count_entries(f->folder), 1);
}

static void overwrite_replaces_the_file_at_the_end(void **state)
{
    struct fixture *f = *state;
    const char *path = in_folder(f, "out.csv");
    put_file(path, "old");
    struct geo_sink *sink =
        open_sink(f, &(struct geo_write_options){.path = path, .overwrite = true});
    put_batch(f, sink);
    assert_contents(path, "old");
    assert_ok(f->ctx, geo_sink_finish(f->ctx, sink));
    assert_contents(path, "wkt\n");
    assert_int_equal(count_entries(f->folder), 1);
}

static void overwrite_takes_the_old_sidecars_away(void **state)
{
    struct fixture *f = *state;
    static const char *const old[] = {"z.shp", "z.dbf", "z.shx", "z.prj", "z.cpg",
                                      "z.qix", "z.sbn", "z.sbx", "z.SBN"};
    for (size_t i = 0; i < COUNT(old); i++)
        put_file(in_folder(f, old[i]), "old");
    put_file(in_folder(f, "z.txt"), "a note");
    add_square(f, 105, 21);
    write_batch(f, &(struct geo_write_options){.path = in_folder(f, "z.shp"), .overwrite = true});
    assert_int_equal(count_entries(f->folder), 6); /* .shp .dbf .shx .prj .cpg and the note */
    assert_int_equal(access(in_folder(f, "z.qix"), F_OK), -1);
    assert_contents(in_folder(f, "z.cpg"), "UTF-8");
    put_file(in_folder(f, "z.gpkg-wal"), "old");
    write_batch(f, &(struct geo_write_options){.path = in_folder(f, "z.gpkg"), .overwrite = true});
    assert_int_equal(access(in_folder(f, "z.gpkg-wal"), F_OK), -1);
    assert_int_equal(access(in_folder(f, "z.gpkg"), F_OK), 0);
}

static void old_members_come_back_when_new_ones_cannot_be_moved(void **state)
{
    struct fixture *f = *state;
    put_file(in_folder(f, "z.shp"), "old shape");
    put_file(in_folder(f, "z.dbf"), "old table");
    add_square(f, 105, 21);
    struct geo_sink *sink =
        open_sink(f, &(struct geo_write_options){.path = in_folder(f, "z.shp"), .overwrite = true});
    put_batch(f, sink);
    assert_int_equal(mkdir(in_folder(f, "z.prj"), 0755), 0); /* a folder is not replaced */
    assert_int_equal(geo_sink_finish(f->ctx, sink), GEO_EWRITE);
    assert_contents(in_folder(f, "z.shp"), "old shape");
    assert_contents(in_folder(f, "z.dbf"), "old table");
    assert_int_equal(count_entries(f->folder), 3);
}

static void links_are_followed(void **state)
{
    struct fixture *f = *state;
    assert_int_equal(mkdir(in_folder(f, "data"), 0755), 0);
    put_file(in_folder(f, "data/real.csv"), "old");
    assert_int_equal(symlink("data/real.csv", in_folder(f, "link.csv")), 0);
    assert_int_equal(symlink("data/none.csv", in_folder(f, "dangling.csv")), 0);
    write_batch(f,
                &(struct geo_write_options){.path = in_folder(f, "link.csv"), .overwrite = true});
    write_batch(f, &(struct geo_write_options){.path = in_folder(f, "dangling.csv")});
    struct stat link;
    assert_int_equal(lstat(in_folder(f, "link.csv"), &link), 0);
    assert_true(S_ISLNK(link.st_mode));
    assert_contents(in_folder(f, "data/real.csv"), "wkt\n");
    assert_contents(in_folder(f, "data/none.csv"), "wkt\n");
    assert_int_equal(count_entries(in_folder(f, "data")), 2);
}

static void files_get_the_mode_of_new_files(void **state)
{
    struct fixture *f = *state;
    static const char *const names[] = {"a.geojson", "b.gpkg", "c.shp", "c.dbf"};
    mode_t before = umask(002);
    for (size_t i = 0; i < 3; i++)
        write_batch(f, &(struct geo_write_options){.path = in_folder(f, names[i])});
    umask(before);
    for (size_t i = 0; i < COUNT(names); i++) {
        struct stat made;
        assert_int_equal(stat(in_folder(f, names[i]), &made), 0);
        assert_int_equal(made.st_mode & 0777, 0664);
    }
}

static void what_is_not_a_file_to_write_is_refused(void **state)
{
    struct fixture *f = *state;
    static const struct {
        const char *path, *format;
        enum geo_status status;
        const char *words;
    } known[] = {
        {".", "geojson", GEO_EARG, "is a folder"},
        {"sub/", "geojson", GEO_EARG, "not the name of a file"},
        {"none/out.geojson", NULL, GEO_EWRITE, "No such file"},
        {"out.xyzzy", NULL, GEO_EARG, "no format is known"},
        {"out", NULL, GEO_EARG, "no format is known"},
        {"out.gpkg", "Nonsense", GEO_EARG, "'Nonsense' is not known"},
        {"out.gpkg", "Memory", GEO_EARG, "cannot be written"},
        {"out.gpkg", "PostgreSQL", GEO_EARG, "cannot be written"},
    };
    for (size_t i = 0; i < COUNT(known); i++)
        assert_refused(f,
                       &(struct geo_write_options){.path = in_folder(f, known[i].path),
                                                   .format = known[i].format},
                       known[i].status, known[i].words);
    assert_refused(f, &(struct geo_write_options){.path = "-", .format = "GPKG"}, GEO_EARG,
                   "is not a file");
    assert_refused(f, &(struct geo_write_options){.path = "/dev/null", .format = "FlatGeobuf"},
                   GEO_EARG, "is not a file");
    assert_int_equal(count_entries(f->folder), 0);
}

static void a_full_device_is_told(void **state)
{
    struct fixture *f = *state;
    static const char *const formats[] = {"geojson", "geojsonl", "csv"};
    for (size_t i = 0; i < COUNT(formats); i++) {
        geo_batch_clear(f->batch);
        add_point(f, 1, 2);
        struct geo_sink *sink =
            open_sink(f, &(struct geo_write_options){.path = "/dev/full", .format = formats[i]});
        assert_ok(f->ctx, geo_sink_encode(f->ctx, sink, f->batch));
        assert_int_equal(geo_sink_emit(f->ctx, sink, f->batch), GEO_EWRITE);
        assert_string_equal(geo_ctx_message(f->ctx), "/dev/full: No space left on device");
        geo_sink_abandon(f->ctx, sink);
    }
    struct geo_sink *empty = open_sink(f, &(struct geo_write_options){.path = "/dev/full"});
    assert_int_equal(geo_sink_finish(f->ctx, empty), GEO_EWRITE);
}

/* Writes many squares with files limited to some bytes; returns the status. */
static enum geo_status write_limited(struct fixture *f, const char *path, rlim_t limit)
{
    struct rlimit old, small;
    struct geo_sink *sink = open_sink(f, &(struct geo_write_options){.path = path});
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
    small = old;
    small.rlim_cur = limit;
    setrlimit(RLIMIT_FSIZE, &small);
    enum geo_status status = GEO_OK;
    for (int i = 0; status == GEO_OK && i < 2; i++) {
        assert_ok(f->ctx, geo_sink_encode(f->ctx, sink, f->batch));
        status = geo_sink_emit(f->ctx, sink, f->batch);
    }
    if (status == GEO_OK)
        status = geo_sink_finish(f->ctx, sink);
    else
        geo_sink_abandon(f->ctx, sink);
    setrlimit(RLIMIT_FSIZE, &old);
    return status;
}

static void a_full_disk_is_told_by_every_format(void **state)
{
    struct fixture *f = *state;
    static const char *const names[] = {"a.geojson", "a.csv", "a.shp",  "a.gpkg", "a.fgb",
                                        "a.kml",     "a.gml", "a.xlsx", "a.tab"};
    void (*before)(int) = signal(SIGXFSZ, SIG_IGN);
    for (size_t i = 0; i < COUNT(names); i++)
        for (rlim_t limit = 1000; limit < 10000; limit *= 4) {
            geo_batch_clear(f->batch);
            size_t n = add_column(f, "n", GEO_TYPE_INT);
            for (int k = 0; k < 500; k++) {
                add_square(f, k % 100, k / 100);
                geo_batch_set_int(f->batch, n, (size_t)k, k);
            }
            enum geo_status status = write_limited(f, in_folder(f, names[i]), limit);
            if (status != GEO_EWRITE)
                fail_msg("%s with %lu bytes: %s", names[i], limit, geo_status_text(status));
            assert_int_equal(count_entries(f->folder), 0);
        }
    signal(SIGXFSZ, before);
}

static void a_cut_stream_ends_unterminated(void **state)
{
    struct fixture *f = *state;
    const char *fifo = in_folder(f, "fifo");
    char got[4096];
    assert_int_equal(mkfifo(fifo, 0600), 0);
    int reader = open(fifo, O_RDONLY | O_NONBLOCK);
    add_point(f, 0.1234567890123456, 2);
    struct geo_sink *sink =
        open_sink(f, &(struct geo_write_options){.path = fifo, .format = "geojsonl"});
    put_batch(f, sink);
    put_batch(f, sink);
    assert_null(geo_sink_directory(sink));
    geo_sink_abandon(f->ctx, sink);
    ssize_t n = read(reader, got, sizeof got - 1);
    assert_true(n > 0 && got[n - 1] == '}');
    got[n] = '\0';
    assert_non_null(strstr(got, "[0.123456789012,2]")); /* 12 decimals between tools */
    assert_ptr_equal(strchr(got, '\n'), strrchr(got, '\n'));
    assert_int_equal(access(fifo, F_OK), 0);
    close(reader);
}

static void a_closed_pipe_is_told_or_kills(void **state)
{
    struct fixture *f = *state;
    for (int ignored = 0; ignored < 2; ignored++) {
        pid_t child = fork();
        if (child == 0) {
            int ends[2];
            struct geo_sink *sink;
            signal(SIGPIPE, ignored ? SIG_IGN : SIG_DFL);
            if (pipe(ends) || dup2(ends[1], STDOUT_FILENO) < 0 || close(ends[0]))
                _exit(100);
            add_point(f, 1, 2);
            if (geo_sink_open(f->ctx, &(struct geo_write_options){0}, &sink) != GEO_OK ||
                geo_sink_encode(f->ctx, sink, f->batch) != GEO_OK)
                _exit(101);
            _exit((int)geo_sink_emit(f->ctx, sink, f->batch));
        }
        int how;
        assert_int_equal(waitpid(child, &how, 0), child);
        if (ignored)
            assert_true(WIFEXITED(how) && WEXITSTATUS(how) == GEO_EPIPE);
        else
            assert_true(WIFSIGNALED(how) && WTERMSIG(how) == SIGPIPE);
    }
}

/* As the shell's >>. */
static void standard_output_is_appended_to(void **state)
{
    struct fixture *f = *state;
    static const char *const names[] = {NULL, "-", "/dev/stdout", "/dev/fd/1"};
    const char *path = in_folder(f, "log");
    for (size_t i = 0; i < COUNT(names); i++) {
        put_file(path, "before\n");
        fflush(stdout);
        int saved = dup(STDOUT_FILENO), file = open(path, O_WRONLY | O_APPEND);
        assert_true(saved >= 0 && file >= 0 && dup2(file, STDOUT_FILENO) >= 0);
        struct geo_sink *sink = NULL;
        enum geo_status status = geo_sink_open(
            f->ctx, &(struct geo_write_options){.path = names[i], .format = "csv"}, &sink);
        if (status == GEO_OK)
            status = geo_sink_finish(f->ctx, sink);
        dup2(saved, STDOUT_FILENO);
        close(saved);
        close(file);
        assert_int_equal(status, GEO_OK);
        assert_contents(path, "before\nwkt\n");
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(nothing_is_seen_before_the_end),
        TEST(nothing_is_left_when_abandoned),
        TEST(an_existing_file_is_kept_without_overwrite),
        TEST(a_file_that_appears_meanwhile_is_kept),
        TEST(overwrite_replaces_the_file_at_the_end),
        TEST(overwrite_takes_the_old_sidecars_away),
        TEST(old_members_come_back_when_new_ones_cannot_be_moved),
        TEST(links_are_followed),
        TEST(files_get_the_mode_of_new_files),
        TEST(what_is_not_a_file_to_write_is_refused),
        TEST(a_full_device_is_told),
        TEST(a_full_disk_is_told_by_every_format),
        TEST(a_cut_stream_ends_unterminated),
        TEST(a_closed_pipe_is_told_or_kills),
        TEST(standard_output_is_appended_to),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
