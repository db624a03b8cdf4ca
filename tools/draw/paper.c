#define OPT_OWNER struct common
#include "draw/paper.h"

#include <errno.h>
#include <math.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include <cairo-pdf.h>
#include <cairo-svg.h>

#include "draw/paper_sheet.h"
#include "kit/job_target.h"

/* ---- options ---- */

enum {
    SIDE_MIN = 300,          /* pixels: less has no room for a legend */
    SIDE_MAX = 20000,        /* Cairo's pictures end at 32767 */
    PICTURE_MAX = 100000000, /* pixels of a PNG, which is held in memory: 400 MB */
    DPI_MIN = 30,
    DPI_MAX = 1200
};

bool paper_kind_of(const char *path, enum paper_kind *kind)
{
    static const char *const names[] = {
        [PAPER_SVG] = ".svg", [PAPER_PDF] = ".pdf", [PAPER_PNG] = ".png"};
    const char *dot = path ? strrchr(path, '.') : NULL;
    for (int k = PAPER_SVG; dot && k <= PAPER_PNG; k++) {
        if (strcasecmp(dot, names[k]) != 0)
            continue;
        *kind = (enum paper_kind)k;
        return true;
    }
    return false;
}

static bool read_size(struct job *job, const char *size, struct paper_options *o)
{
    int end = 0;
    o->size = PAPER_A4;
    if (!size || !strcasecmp(size, "A4"))
        return true;
    o->size = PAPER_A3;
    if (!strcasecmp(size, "A3"))
        return true;
    o->size = PAPER_PIXELS;
    bool is_pair = sscanf(size, "%5dx%5d%n", &o->width, &o->height, &end) == 2 && !size[end];
    if (!is_pair)
        return job_fail(job, GEO_EARG, "--size: '%s' is none of A4, A3, WIDTHxHEIGHT in pixels",
                        size);
    if (fmin(o->width, o->height) < SIDE_MIN || fmax(o->width, o->height) > SIDE_MAX)
        return job_fail(job, GEO_EARG, "--size: %s is not from %dx%d to %dx%d pixels", size,
                        SIDE_MIN, SIDE_MIN, SIDE_MAX, SIDE_MAX);
    return true;
}

/* Points of a sheet that lies. */
static void measure_sheet(const struct paper_options *o, double *width, double *height)
{
    double points_a_mm = 72 / 25.4;
    *width =
        o->size == PAPER_PIXELS ? o->width * 0.75 : (o->size == PAPER_A3 ? 420 : 297) * points_a_mm;
    *height = o->size == PAPER_PIXELS ? o->height * 0.75
                                      : (o->size == PAPER_A3 ? 297 : 210) * points_a_mm;
}

static double pixels_a_point(const struct paper_options *o)
{
    return (o->size == PAPER_PIXELS ? 96 : o->dpi) / 72;
}

bool paper_options_read(struct job *job, enum paper_kind kind, const char *size, int dpi,
                        struct paper_options *options)
{
    struct paper_options o = {.kind = kind, .dpi = dpi == OPT_NOT_GIVEN ? PAPER_DPI : dpi};
    double width, height;
    if (!read_size(job, size, &o))
        return false;
    if (dpi != OPT_NOT_GIVEN && (kind != PAPER_PNG || o.size == PAPER_PIXELS))
        return job_fail(job, GEO_EARG, "--dpi goes with a .png of --size A4 or A3");
    if (o.dpi < DPI_MIN || o.dpi > DPI_MAX)
        return job_fail(job, GEO_EARG, "--dpi: %d is not from %d to %d", dpi, DPI_MIN, DPI_MAX);
    measure_sheet(&o, &width, &height);
    if (kind == PAPER_PNG && width * height * pow(pixels_a_point(&o), 2) > PICTURE_MAX)
        return job_fail(
            job, GEO_EARG,
            "a picture of more than %d million pixels: choose a smaller --dpi or --size, "
            "or write .pdf or .svg",
            PICTURE_MAX / 1000000);
    *options = o;
    return true;
}

/* ---- writing ---- */

struct target {
    const struct map *map;
    const struct paper_options *options;
};

static cairo_status_t write_bytes(void *out, const unsigned char *bytes, unsigned n)
{
    return fwrite(bytes, 1, n, out) == n ? CAIRO_STATUS_SUCCESS : CAIRO_STATUS_WRITE_ERROR;
}

/* Nothing that changes from run to run goes into the file. */
static cairo_surface_t *make_pdf(const struct sheet *sheet, FILE *out)
{
    cairo_surface_t *pdf =
        cairo_pdf_surface_create_for_stream(write_bytes, out, sheet->width, sheet->height);
    if (cairo_surface_status(pdf) != CAIRO_STATUS_SUCCESS)
        return pdf;
    cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_CREATE_DATE, NULL);
    cairo_pdf_surface_set_metadata(pdf, CAIRO_PDF_METADATA_CREATOR, "geo-map " GEO_VERSION);
    return pdf;
}

static cairo_surface_t *make_svg(const struct sheet *sheet, FILE *out)
{
    bool is_pixels = !sheet->is_paper;
    double units = is_pixels ? 96.0 / 72 : 1;
    cairo_surface_t *svg = cairo_svg_surface_create_for_stream(
        write_bytes, out, sheet->width * units, sheet->height * units);
    cairo_svg_surface_set_document_unit(svg, is_pixels ? CAIRO_SVG_UNIT_PX : CAIRO_SVG_UNIT_PT);
    return svg;
}

static cairo_surface_t *make_surface(const struct sheet *sheet, const struct paper_options *options,
                                     FILE *out)
{
    double scale = pixels_a_point(options);
    if (options->kind == PAPER_PDF)
        return make_pdf(sheet, out);
    if (options->kind == PAPER_SVG)
        return make_svg(sheet, out);
    return cairo_image_surface_create(CAIRO_FORMAT_RGB24, (int)lround(sheet->width * scale),
                                      (int)lround(sheet->height * scale));
}

static void draw_frames(struct sheet *sheet)
{
    const struct area *all[] = {&sheet->plan.neat, &sheet->plan.frame};
    for (int k = 0; k < 2; k++) {
        cairo_rectangle(sheet->cr, all[k]->x, all[k]->y, all[k]->width, all[k]->height);
        cairo_set_dash(sheet->cr, NULL, 0, 0);
        cairo_set_line_join(sheet->cr, CAIRO_LINE_JOIN_MITER);
        cairo_set_line_width(sheet->cr, (k ? 0.9 : 0.5) * sheet->unit);
        set_colour(sheet->cr, PALETTE_INK, 1);
        cairo_stroke(sheet->cr);
    }
}

static bool draw(struct sheet *sheet)
{
    cairo_rectangle(sheet->cr, 0, 0, sheet->width, sheet->height);
    set_colour(sheet->cr, PALETTE_PAPER, 1);
    cairo_fill(sheet->cr);
    if (!sheet_draw_graticule(sheet) || !sheet_draw_shapes(sheet) || !sheet_draw_labels(sheet) ||
        !sheet_draw_legend(sheet))
        return false;
    sheet_draw_degrees(sheet);
    sheet_draw_scale(sheet);
    sheet_draw_texts(sheet);
    draw_frames(sheet);
    return true;
}

static bool judge(struct job *job, cairo_status_t status)
{
    if (status == CAIRO_STATUS_SUCCESS || status == CAIRO_STATUS_WRITE_ERROR)
        return status == CAIRO_STATUS_SUCCESS; /* the caller says which write and why */
    if (status == CAIRO_STATUS_NO_MEMORY)
        return job_fail(job, GEO_ENOMEM, "out of memory");
    return job_fail(job, GEO_EDEFECT, "the map cannot be drawn: %s",
                    cairo_status_to_string(status));
}

static double units_a_point(const struct sheet *sheet, const struct paper_options *options)
{
    if (options->kind == PAPER_PNG)
        return pixels_a_point(options);
    return options->kind == PAPER_SVG && !sheet->is_paper ? 96.0 / 72 : 1;
}

static bool draw_surface(struct sheet *sheet, const struct paper_options *options, FILE *out)
{
    cairo_surface_t *surface = make_surface(sheet, options, out);
    double scale = units_a_point(sheet, options);
    sheet->cr = cairo_create(surface);
    cairo_scale(sheet->cr, scale, scale);
    bool done = draw(sheet) && judge(sheet->job, cairo_status(sheet->cr));
    cairo_destroy(sheet->cr);
    if (done && options->kind == PAPER_PNG)
        done = judge(sheet->job, cairo_surface_write_to_png_stream(surface, write_bytes, out));
    cairo_surface_finish(surface);
    done = done && judge(sheet->job, cairo_surface_status(surface));
    cairo_surface_destroy(surface);
    return done;
}

static bool fill(struct job *job, FILE *out, void *data)
{
    const struct target *target = data;
    struct sheet sheet = {
        .job = job, .map = target->map, .is_paper = target->options->size != PAPER_PIXELS};
    measure_sheet(target->options, &sheet.width, &sheet.height);
    bool done = (view_open(&sheet.view, &target->map->box) &&
                 type_begin(&sheet.type, target->map->is_vietnamese)) ||
                job_fail(job, GEO_ENOMEM, "out of memory");
    done = done && sheet_tell_shown(&sheet);
    if (done) {
        sheet_lay_out(&sheet);
        done = draw_surface(&sheet, target->options, out);
    }
    sheet_release_shown(&sheet);
    type_end(&sheet.type);
    view_close(&sheet.view);
    return done;
}

bool paper_write(struct job *job, const struct map *map, const struct paper_options *options)
{
    struct target target = {map, options};
    return job_write_whole(job, fill, &target);
}
