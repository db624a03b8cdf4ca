#include "kit/progress.h"

#include <inttypes.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { TEXT_SIZE = 256, BAR_WIDTH = 20, USUAL_COLUMNS = 80 };
static const double quiet_start_s = 1, interval_s = 0.1;

const char *const progress_styles[] = {"auto", "none", "json", "bar", NULL};

static double rate(const struct progress_state *s)
{
    return s->elapsed_s > 0 ? (double)s->done / s->elapsed_s : 0;
}

/* A total may be an estimate: one that is passed is no total. */
static bool has_total(const struct progress_state *s)
{
    return s->total > 0 && s->done <= s->total;
}

static bool time_left(const struct progress_state *s, double *left_s)
{
    if (!has_total(s) || rate(s) <= 0)
        return false;
    *left_s = (double)(s->total - s->done) / rate(s);
    return true;
}

static void format_rate(char *text, size_t size, double per_s)
{
    if (per_s >= 999.5e3)
        snprintf(text, size, "%.1fM/s", per_s / 1e6);
    else if (per_s >= 9999.5)
        snprintf(text, size, "%.0fk/s", per_s / 1e3);
    else
        snprintf(text, size, "%.0f/s", per_s);
}

static void format_time(char *text, size_t size, double time_s)
{
    const double longest_s = 359999; /* 99:59:59 */
    const int s = (int)(time_s < longest_s ? time_s + 0.5 : longest_s);

    if (s < 3600)
        snprintf(text, size, "%d:%02d", s / 60, s % 60);
    else
        snprintf(text, size, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
}

void progress_bar_text(char *text, size_t size, const struct progress_state *state, int columns)
{
    char speed[32], clock[32], whole[TEXT_SIZE];
    double left_s;

    format_rate(speed, sizeof speed, rate(state));
    if (has_total(state)) {
        const double share = (double)state->done / (double)state->total;
        char bar[BAR_WIDTH + 1] = "";
        memset(bar, '#', (size_t)(share * BAR_WIDTH));
        format_time(clock, sizeof clock, time_left(state, &left_s) ? left_s : 0);
        snprintf(whole, sizeof whole,
                 "%3d%% [%-*s] %" PRIu64 " of %" PRIu64 " features, %s, %s left",
                 (int)(share * 100), BAR_WIDTH, bar, state->done, state->total, speed, clock);
    } else {
        format_time(clock, sizeof clock, state->elapsed_s);
        snprintf(whole, sizeof whole, "%" PRIu64 " features, %s, %s", state->done, speed, clock);
    }
    snprintf(text, size, "%.*s", columns, whole);
}

void progress_json_text(char *text, size_t size, const struct progress_state *state, bool is_end)
{
    char total[32] = "null", left[32] = "null";
    double left_s;

    if (state->total > 0)
        snprintf(total, sizeof total, "%" PRIu64, state->total);
    if (time_left(state, &left_s))
        snprintf(left, sizeof left, "%.3f", left_s);
    snprintf(text, size,
             "{\"done\": %" PRIu64 ", \"total\": %s, \"elapsed_s\": %.3f, \"per_s\": %.0f, "
             "\"left_s\": %s, \"end\": %s}",
             state->done, total, state->elapsed_s, rate(state), left, is_end ? "true" : "false");
}

enum progress_style progress_resolve(enum progress_style style, enum say_level level,
                                     bool is_terminal, bool into_pipe, const char *term)
{
    if (style != PROGRESS_AUTO)
        return style;
    if (level == SAY_QUIET || !is_terminal || into_pipe || !term || !*term || !strcmp(term, "dumb"))
        return PROGRESS_NONE;
    return PROGRESS_BAR;
}

static double now_s(void)
{
    struct timespec now;

    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec + (double)now.tv_nsec * 1e-9;
}

static bool is_pipe(int fd)
{
    struct stat status;

    return fstat(fd, &status) == 0 && S_ISFIFO(status.st_mode);
}

struct progress progress_begin(struct say *say, enum progress_style style)
{
    struct progress p = {.say = say, .begun_s = now_s()};

    p.style = progress_resolve(style, say->level, isatty(fileno(say->out)), is_pipe(STDOUT_FILENO),
                               getenv("TERM"));
    p.due_s = p.begun_s + (style == PROGRESS_AUTO ? quiet_start_s : 0);
    return p;
}

/* The last column stays free: some terminals wrap when it is written. */
static int columns_of(FILE *terminal)
{
    struct winsize window;

    if (ioctl(fileno(terminal), TIOCGWINSZ, &window) < 0 || window.ws_col < 2)
        return USUAL_COLUMNS - 1;
    return window.ws_col - 1;
}

static void draw(struct say *say, const struct progress_state *state)
{
    char text[TEXT_SIZE];

    progress_bar_text(text, sizeof text, state, columns_of(say->out));
    const int width = (int)strlen(text);
    fprintf(say->out, "\r%-*s", say->drawn, text);
    say->drawn = width;
}

static void write_json(struct say *say, const struct progress_state *state, bool is_end)
{
    char text[TEXT_SIZE];

    progress_json_text(text, sizeof text, state, is_end);
    fprintf(say->out, "%s\n", text);
}

void progress_show(struct progress *p, uint64_t done, uint64_t total)
{
    if (p->style == PROGRESS_NONE)
        return;
    const double now = now_s();
    if (now < p->due_s)
        return;
    const struct progress_state state = {done, total, now - p->begun_s};
    if (p->style == PROGRESS_JSON)
        write_json(p->say, &state, false);
    else
        draw(p->say, &state);
    p->due_s = now + interval_s;
}

void progress_end(struct progress *p, uint64_t done, uint64_t total)
{
    const struct progress_state state = {done, total, now_s() - p->begun_s};

    say_wipe(p->say);
    if (p->style == PROGRESS_JSON)
        write_json(p->say, &state, true);
}
