/* Makes a C file of what the page of a map consists of, when the tools are built:
 *   embed OUT page.html page.css leaflet.css leaflet.js SCRIPT...
 * The style is that of leaflet, without what would be loaded from other files, and the page's; the
 * scripts become one. With each part goes its hash, as a Content-Security-Policy states it. */
#include <glib.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

static GString *read_text(const char *path)
{
    GError *error = NULL;
    char *text;
    gsize n;
    if (!g_file_get_contents(path, &text, &n, &error)) {
        fprintf(stderr, "embed: %s\n", error->message);
        exit(EXIT_FAILURE);
    }
    GString *string = g_string_new_len(text, (gssize)n);
    g_free(text);
    return string;
}

static void refuse(const GString *text, const char *path, const char *const *words)
{
    for (; *words; words++)
        if (strstr(text->str, *words)) {
            fprintf(stderr, "embed: %s must not have %s in it\n", path, *words);
            exit(EXIT_FAILURE);
        }
}

/* Browsers' tools would ask for the file that such a comment names. */
static void cut_source_map(GString *text)
{
    const char *found = strstr(text->str, "# sourceMappingURL=");
    if (!found)
        return;
    const char *end = found + strcspn(found, "\n");
    while (found > text->str && found[-1] != '\n')
        found--;
    g_string_erase(text, found - text->str, end - found);
}

/* Declarations that load something: from the end of the one before to their own. */
static void cut_urls(GString *text)
{
    const char *found;
    while ((found = strstr(text->str, "url("))) {
        gssize from = found - text->str, to = from;
        while (from > 0 && !strchr(";{", text->str[from - 1]))
            from--;
        while (text->str[to] && !strchr(";}", text->str[to]))
            to++;
        to += text->str[to] == ';';
        g_string_erase(text, from, to - from);
    }
}

static void write_bytes(FILE *out, const char *name, const GString *text)
{
    fprintf(out, "static const unsigned char %s[] = {", name);
    for (gsize i = 0; i < text->len; i++)
        fprintf(out, "%s%d,", i % 24 ? "" : "\n", (unsigned char)text->str[i]);
    fprintf(out, "\n0};\n");
}

static void write_part(FILE *out, const char *name, const GString *text)
{
    GChecksum *sum = g_checksum_new(G_CHECKSUM_SHA256);
    guint8 digest[32];
    gsize n = sizeof digest;
    g_checksum_update(sum, (const guchar *)text->str, (gssize)text->len);
    g_checksum_get_digest(sum, digest, &n);
    char *hash = g_base64_encode(digest, n);
    fprintf(out, "    .%s = {%s, %zu, \"'sha256-%s'\"},\n", name, name, (size_t)text->len, hash);
    g_free(hash);
    g_checksum_free(sum);
}

int main(int argc, char **argv)
{
    static const char *const of_script[] = {"</script", "<!--", NULL};
    static const char *const of_style[] = {"</style", "<!--", "url(", "@import", NULL};
    static const char *const names[] = {"html", "style", "leaflet", "script"};
    GString *part[4] = {0};
    if (argc < 7) {
        fprintf(stderr, "usage: embed OUT page.html page.css leaflet.css leaflet.js SCRIPT...\n");
        return EXIT_FAILURE;
    }
    part[0] = read_text(argv[2]);
    part[1] = read_text(argv[4]);
    cut_source_map(part[1]);
    cut_urls(part[1]);
    GString *css = read_text(argv[3]);
    g_string_append_len(part[1], css->str, (gssize)css->len);
    refuse(part[1], argv[3], of_style);
    part[2] = read_text(argv[5]);
    cut_source_map(part[2]);
    refuse(part[2], argv[5], of_script);
    part[3] = g_string_new("");
    for (int i = 6; i < argc; i++) {
        GString *script = read_text(argv[i]);
        refuse(script, argv[i], of_script);
        g_string_append_len(part[3], script->str, (gssize)script->len);
    }
    FILE *out = fopen(argv[1], "w");
    if (!out) {
        perror(argv[1]);
        return EXIT_FAILURE;
    }
    fprintf(out, "#include \"draw/page_parts.h\"\n\n");
    for (int p = 0; p < 4; p++)
        write_bytes(out, names[p], part[p]);
    fprintf(out, "\nconst struct page_parts page_parts = {\n");
    for (int p = 0; p < 4; p++)
        write_part(out, names[p], part[p]);
    fprintf(out, "};\n");
    return fclose(out) == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
