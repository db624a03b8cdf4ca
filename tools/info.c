/* geo-info: what is in this layer, and what is wrong with it? */
#include "kit/job.h"
#include "kit/job_report.h"
#include "kit/tool.h"
#include "steps/info_crs.h"
#include "steps/info_print.h"
#include "steps/info_text.h"
#include "steps/reference.h"

struct settings {
    struct common common;
    struct reference_options reference;
    bool json;
};

static const struct opt options[] = {
    {GROUP, .help = "Form"},
    {FLAG_AT(json), .name = "json", .help = "Print a JSON array with one object for each layer"},
    {INCLUDE_AT(reference, struct reference_options, reference_options)},
    {INCLUDE_AT(common, struct common, input_options)},
    {INCLUDE_AT(common, struct common, run_options)},
    {.kind = OPT_END},
};

static const struct example examples[] = {
    {"geo-info zones.shp", "What the layer holds: features, CRS, extent, text, fields, defects"},
    {"geo-info zones.shp clusters.shp --json | jq '.[].features'", "The same for programs"},
    {"geo-info province.shp --reference zones.shp",
     "Which CRS puts the layer where another of the same place lies"},
    {0},
};

/* Where the report of a layer goes: its numbers into the table, its reasons to standard error. */
struct teller {
    struct info *info;
    struct say *say;
};

static void tell(void *data, const struct geo_report *report)
{
    const struct teller *teller = data;
    teller->info->repaired = report->repaired;
    teller->info->skipped = report->skipped;
    job_report(teller->say, report);
}

/* What is unfit in any of the layers. */
struct unfit {
    bool crs, text;
};

/* The finding that makes a CRS unfit, as every other tool says it. */
static void tell_unfit(struct say *say, const char *name, const struct findings *findings)
{
    size_t i = 0;
    while (findings->at[i].severity != FINDING_ERROR)
        i++;
    const struct finding *worst = &findings->at[i];
    say_error(say, "%s: %s%s%s%s%s%s", name, worst->what, worst->evidence[0] ? " (" : "",
              worst->evidence, worst->evidence[0] ? ")" : "", worst->remedy[0] ? ": " : "",
              worst->remedy);
}

/* With the layer read: judges it and prints. */
static bool print(struct job *job, struct info *info, const struct settings *s, bool is_first,
                  struct unfit *unfit)
{
    const struct geo_origin *input = geo_source_input(job->source, 0);
    struct geo_origin_info origin = geo_origin_info(input);
    bool is_this;
    if (!job_try(job, info_judge_crs(job->ctx, info, &s->reference, input, &is_this)))
        return false;
    if (is_this)
        tell_unfit(&job->say, origin.name, &info->findings);
    if (!job_try(job, info_add_text(&info->findings, input)))
        return false;
    if (s->json)
        info_print_json(info, &origin, is_first);
    else
        info_print_text(info, &origin, is_first);
    if (origin.text_fault[0])
        say_error(&job->say, "%s: %s", origin.name, origin.text_fault);
    unfit->crs = unfit->crs || is_this;
    unfit->text = unfit->text || origin.text_fault[0];
    return true;
}

/* Reads one layer and prints what it holds; also how its features fared, as far as that is not
 * told by the numbers. */
static bool describe(struct job *job, char *operand, const struct settings *s, bool is_first,
                     struct unfit *unfit)
{
    struct info info;
    info_init(&info);
    struct geo_step raw = info_step(&info);
    struct geo_consumer consumer = info_consumer(&info);
    job->before = &raw;
    job->tell = tell;
    job->tell_data = &(struct teller){&info, &job->say};
    job->any_crs = job->any_text = true;
    bool done = !s->reference.path || reference_rank(job, &s->reference, operand, &info.ranking);
    done = done && job_open(job, 1, &operand, OPT_NOT_GIVEN) && !job_is_dry(job);
    if (done) {
        job->is_raw = geo_origin_info(geo_source_input(job->source, 0)).crs_fault[0];
        info.is_raw = job->is_raw;
        done = job_gather(job, NULL, 0, &consumer) && print(job, &info, s, is_first, unfit);
    }
    job_close(job);
    info_release(&info);
    return done;
}

extern const struct tool info_tool;

static int run(const void *settings, int n, char **operand)
{
    const struct settings *s = settings;
    struct job job;
    struct unfit unfit = {false, false};
    bool done = job_begin(&job, info_tool.name, &s->common) && reference_check(&job, &s->reference);
    for (int i = 0; done && i < n; i++)
        done = describe(&job, operand[i], s, i == 0, &unfit);
    if (done && s->json)
        info_print_json_end();
    int code = job_end(&job);
    if (code != EXIT_DONE && code != EXIT_SKIPPED)
        return code;
    if (unfit.crs || unfit.text)
        return unfit.crs ? EXIT_CRS : EXIT_ENCODING;
    return EXIT_DONE; /* nothing is written that could lack what is skipped */
}

const struct tool info_tool = {
    .name = "geo-info",
    .brief = "Show what a layer holds: features, CRS, extent, text, fields, defects",
    .operands = "LAYER...",
    .min_operands = 1,
    .max_operands = OPERANDS_ANY,
    .about = "Reads each layer whole and prints its driver, features by type, CRS and the "
             "transformation to WGS 84 with its accuracy, extent, text encoding, fields with type "
             "and range or first values, and how many geometries are invalid, empty, null or "
             "repeated.\n\n"
             "Invalid geometries are those that the other tools mend or skip. Repeated ones are "
             "vertex for vertex the same; finding them takes 16 to 32 bytes of memory a feature.",
    .options = options,
    .examples = examples,
    .settings_size = sizeof(struct settings),
    .run = run,
};
