#include "draw/page.h"

#include <string.h>

#include "draw/page_data.h"
#include "draw/page_parts.h"
#include "kit/job_target.h"

/* ---- tiles ---- */

static bool is_host(char c)
{
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
           strchr(".-:[]", c);
}

/* Servers {s}.tile.example.org are any of tile.example.org: *.tile.example.org. */
static bool find_origin(struct page_tiles *tiles)
{
    const bool is_http = !strncmp(tiles->url, "https://", 8) || !strncmp(tiles->url, "http://", 7);
    const char *host = is_http ? strchr(tiles->url, '/') + 2 : "";
    const bool has_servers = !strncmp(host, "{s}.", 4);
    const char *name = has_servers ? host + 3 : host;
    size_t n = 0;
    while (name[n] && is_host(name[n]))
        n++;
    if (n < 2 || name[n] != '/')
        return false;
    return snprintf(tiles->origin, sizeof tiles->origin, "%.*s%s%.*s", (int)(host - tiles->url),
                    tiles->url, has_servers ? "*" : "", (int)n, name) < (int)sizeof tiles->origin;
}

bool page_tiles_check(struct job *job, struct page_tiles *tiles)
{
    tiles->origin[0] = '\0';
    if (!tiles->url)
        return !tiles->credit || job_fail(job, GEO_EARG, "--tiles-credit goes with --tiles");
    if (!find_origin(tiles) || !strstr(tiles->url, "{z}") || !strstr(tiles->url, "{x}") ||
        !strstr(tiles->url, "{y}"))
        return job_fail(job, GEO_EARG,
                        "--tiles: '%s' is no address of tiles, such as "
                        "https://tile.example.org/{z}/{x}/{y}.png",
                        tiles->url);
    return tiles->credit ||
           job_fail(job, GEO_EARG, "--tiles: say whom the tiles are of with --tiles-credit");
}

/* ---- the page ---- */

struct page {
    const struct model *model;
    const struct page_tiles *tiles;
};

/* Text of HTML, in an element or between double quotes. */
static void write_text(FILE *out, const char *text)
{
    for (; *text; text++)
        switch (*text) {
        case '<':
            fputs("&lt;", out);
            break;
        case '>':
            fputs("&gt;", out);
            break;
        case '&':
            fputs("&amp;", out);
            break;
        case '"':
            fputs("&quot;", out);
            break;
        default:
            fputc(*text, out);
        }
}

static void write_part(FILE *out, const struct page_part *part)
{
    fwrite(part->text, 1, part->n, out);
}

static void write_policy(FILE *out, const struct page_tiles *tiles)
{
    fprintf(out,
            "default-src 'none'; script-src %s %s; style-src %s; img-src data:%s%s; "
            "base-uri 'none'; form-action 'none'",
            page_parts.leaflet.hash, page_parts.script.hash, page_parts.style.hash,
            tiles->origin[0] ? " " : "", tiles->origin);
}

static bool write_data(FILE *out, const struct page *page)
{
    FILE *safe = page_escape(out);
    if (!safe)
        return false;
    bool done = page_data(safe, page->model, page->tiles) && !ferror(safe);
    return fclose(safe) == 0 && done;
}

static bool is_name(const char *name, size_t n, const char *word)
{
    return strlen(word) == n && !memcmp(name, word, n);
}

static bool write_named(FILE *out, const struct page *page, const char *name, size_t n)
{
    if (is_name(name, n, "lang"))
        fputs(page->model->map.is_vietnamese ? "vi" : "en", out);
    else if (is_name(name, n, "title"))
        write_text(out, page->model->map.title);
    else if (is_name(name, n, "csp"))
        write_policy(out, page->tiles);
    else if (is_name(name, n, "style"))
        write_part(out, &page_parts.style);
    else if (is_name(name, n, "leaflet"))
        write_part(out, &page_parts.leaflet);
    else if (is_name(name, n, "page"))
        write_part(out, &page_parts.script);
    else if (is_name(name, n, "data"))
        return write_data(out, page);
    return true;
}

static bool fill(struct job *job, FILE *out, void *data)
{
    const struct page *page = data;
    const char *at = (const char *)page_parts.html.text, *open;
    (void)job;
    while ((open = strstr(at, "{{"))) {
        const char *end = strstr(open, "}}");
        if (!end)
            break;
        fwrite(at, 1, (size_t)(open - at), out);
        if (!write_named(out, page, open + 2, (size_t)(end - open - 2)))
            return false;
        at = end + 2;
    }
    fputs(at, out);
    return true;
}

bool page_write(struct job *job, const struct model *model, const struct page_tiles *tiles)
{
    struct page page = {model, tiles};
    return job_write_whole(job, fill, &page);
}
