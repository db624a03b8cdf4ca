/* Tables of encodings say of every byte, and of every letter with a mark, what the C library's
 * converters say; VNI's says what is published of it. */
#include "layers.h"

#include <iconv.h>
#include <utf8proc.h>

#include "read/text.h"
#include "vietnamese.h"

static enum geo_status decode(struct bench *bench, struct geo_decoder *decoder, const char *text,
                              size_t n, char result[64])
{
    struct geo_batch *batch = geo_batch_new();
    size_t at = 0, length = 0;
    enum geo_status status = geo_decode(bench->ctx, decoder, text, n, batch, &at, &length);
    if (status == GEO_OK)
        snprintf(result, 64, "%.*s", (int)length, length ? batch->text + at : "");
    geo_batch_free(batch);
    return status;
}

/* What the C library makes of bytes, in normal form C; false if they are no text. */
static bool convert(iconv_t from, const char *text, size_t n, char result[64])
{
    char bytes[8], utf8[64] = "", *in = bytes, *out = utf8;
    size_t in_left = n, out_left = sizeof utf8 - 1;
    memcpy(bytes, text, n);
    iconv(from, NULL, NULL, NULL, NULL);
    if (iconv(from, &in, &in_left, &out, &out_left) == (size_t)-1 ||
        iconv(from, NULL, NULL, &out, &out_left) == (size_t)-1)
        return false;
    *out = '\0';
    utf8proc_uint8_t *composed = utf8proc_NFC((utf8proc_uint8_t *)utf8);
    assert_non_null(composed);
    snprintf(result, 64, "%s", (char *)composed);
    free(composed);
    return true;
}

/* The C library composes ó and a tilde as õ and an acute, which Unicode keeps apart. */
static bool is_reordered(const char *text)
{
    static const char *const reordered[] = {"Ṍ", "ṍ", "Ṏ", "ṏ", "Ṹ", "ṹ"};
    for (size_t i = 0; i < sizeof reordered / sizeof *reordered; i++)
        if (!strcmp(text, reordered[i]))
            return true;
    return false;
}

static void tables_agree_with_the_converters_of_the_c_library(void **state)
{
    static const char *const encoding[] = {"TCVN",   "CP1258", "VISCII",    "CP1252",      "CP1251",
                                           "KOI8-R", "CP1250", "TIS-620",   "ISO-8859-15", "CP437",
                                           "CP1255", "CP1256", "ISO-8859-7"};
    struct bench *bench = *state;
    for (size_t e = 0; e < sizeof encoding / sizeof *encoding; e++) {
        struct geo_decoder *decoder;
        iconv_t from = iconv_open("UTF-8", encoding[e]);
        assert_ok(bench->ctx, geo_decoder_new(bench->ctx, encoding[e], &decoder));
        for (unsigned first = 1; first < 256; first++)
            for (unsigned second = 1; second < 256; second++) {
                char pair[2] = {(char)first, (char)second}, known[64], got[64];
                bool is_text = convert(from, pair, 2, known);
                enum geo_status status = decode(bench, decoder, pair, 2, got);
                assert_int_equal(status, is_text ? GEO_OK : GEO_ETEXT);
                if (is_text && !is_reordered(known))
                    assert_string_equal(got, known);
            }
        geo_decoder_free(decoder);
        iconv_close(from);
    }
}

static void vni_reads_as_published(void **state)
{
    struct bench *bench = *state;
    struct geo_decoder *decoder;
    assert_ok(bench->ctx, geo_decoder_new(bench->ctx, "vni", &decoder));
    for (size_t i = 0; i < VNI_ROWS + 1; i++) {
        static const char *const more[2] = {"Aø “Vónh Phuùc” – 5 m²", "À “Vĩnh Phúc” – 5 m²"};
        const char *const *known = i < VNI_ROWS ? vni_table[i] : more;
        char bytes[128], result[128];
        size_t n = by_iconv("CP1252", known[0], bytes, sizeof bytes), at, length;
        struct geo_batch *batch = geo_batch_new();
        assert_ok(bench->ctx, geo_decode(bench->ctx, decoder, bytes, n, batch, &at, &length));
        snprintf(result, sizeof result, "%.*s", (int)length, batch->text + at);
        assert_string_equal(result, known[1]);
        assert_int_equal(geo_decoder_strays(decoder), 0);
        geo_batch_free(batch);
    }
    geo_decoder_free(decoder);
}

/* 0xF8 is the grave accent, which k cannot have; 0xFF is nothing. */
static void what_vni_has_no_letter_for_is_kept_and_counted(void **state)
{
    struct bench *bench = *state;
    struct geo_decoder *decoder, *shared;
    char result[64];
    assert_ok(bench->ctx, geo_decoder_new(bench->ctx, "VNI", &decoder));
    assert_ok(bench->ctx, geo_decoder_share(bench->ctx, decoder, &shared));
    assert_ok(bench->ctx, decode(bench, shared, "k\xF8\xFF", 3, result));
    assert_string_equal(result, "køÿ");
    assert_int_equal(geo_decoder_strays(shared), 2);
    geo_decoder_free(shared);
    geo_decoder_free(decoder);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, bench_open, bench_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(tables_agree_with_the_converters_of_the_c_library),
        TEST(vni_reads_as_published),
        TEST(what_vni_has_no_letter_for_is_kept_and_counted),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
