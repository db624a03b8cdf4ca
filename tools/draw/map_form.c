#include "draw/map_form.h"

#include <string.h>
#include <strings.h>

static bool is_page(const char *path)
{
    const char *dot = path ? strrchr(path, '.') : NULL;
    return dot && (!strcasecmp(dot, ".html") || !strcasecmp(dot, ".htm"));
}

bool map_form_choose(struct job *job, const struct map_form_request *request, struct map_form *form)
{
    const char *path = job->common->output;
    enum paper_kind kind;
    *form = (struct map_form){.is_page = is_page(path),
                              .tiles = {.url = request->tiles, .credit = request->tiles_credit}};
    if (!form->is_page && !paper_kind_of(path, &kind))
        return job_fail(job, GEO_EARG, "%s%sname the map with -o: a .html, .svg, .pdf or .png",
                        path ? path : "no output",
                        path ? " is none of the forms of a map: " : ": ");
    if (!form->is_page && (request->tiles || request->tiles_credit))
        return job_fail(job, GEO_EARG, "--tiles goes with a page (.html): paper has no background");
    if (form->is_page && (request->size || request->dpi != OPT_NOT_GIVEN))
        return job_fail(job, GEO_EARG, "%s goes with paper (.svg, .pdf, .png), not with a page",
                        request->size ? "--size" : "--dpi");
    return form->is_page ? page_tiles_check(job, &form->tiles)
                         : paper_options_read(job, kind, request->size, request->dpi, &form->paper);
}

bool map_form_write(struct job *job, const struct model *model, const struct map_form *form)
{
    return form->is_page ? page_write(job, model, &form->tiles)
                         : paper_write(job, &model->map, &form->paper);
}
