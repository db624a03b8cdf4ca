/* Tables of encodings say of every byte, and of every letter with a mark, what the C library's
 * converters say; VNI's says what is published of it. */
#include "layers.h"

#include <iconv.h>
#include <utf8proc.h>

#include "read/text.h"

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

/* As VNI Software's table has it (vietunicode.sourceforge.net, and the tables of xvnkb): bytes as
 * windows-1252 shows them, and letters. */
static void vni_reads_as_published(void **state)
{
    static const char *const known[][2] = {
        {"aù aø aû aõ aï aâ aá aà aå aã aä aê aé aè aú aü aë", "á à ả ã ạ â ấ ầ ẩ ẫ ậ ă ắ ằ ẳ ẵ ặ"},
        {"eù eø eû eõ eï eâ eá eà eå eã eä", "é è ẻ ẽ ẹ ê ế ề ể ễ ệ"},
        {"í ì æ ó ò", "í ì ỉ ĩ ị"},
        {"où oø oû oõ oï oâ oá oà oå oã oä", "ó ò ỏ õ ọ ô ố ồ ổ ỗ ộ"},
        {"ô ôù ôø ôû ôõ ôï", "ơ ớ ờ ở ỡ ợ"},
        {"uù uø uû uõ uï ö öù öø öû öõ öï", "ú ù ủ ũ ụ ư ứ ừ ử ữ ự"},
        {"yù yø yû yõ î ñ", "ý ỳ ỷ ỹ ỵ đ"},
        {"AÙ AØ AÛ AÕ AÏ AÂ AÁ AÀ AÅ AÃ AÄ AÊ AÉ AÈ AÚ AÜ AË", "Á À Ả Ã Ạ Â Ấ Ầ Ẩ Ẫ Ậ Ă Ắ Ằ Ẳ Ẵ Ặ"},
        {"EÙ EØ EÛ EÕ EÏ EÂ EÁ EÀ EÅ EÃ EÄ", "É È Ẻ Ẽ Ẹ Ê Ế Ề Ể Ễ Ệ"},
        {"Í Ì Æ Ó Ò", "Í Ì Ỉ Ĩ Ị"},
        {"OÙ OØ OÛ OÕ OÏ OÂ OÁ OÀ OÅ OÃ OÄ", "Ó Ò Ỏ Õ Ọ Ô Ố Ồ Ổ Ỗ Ộ"},
        {"Ô ÔÙ ÔØ ÔÛ ÔÕ ÔÏ", "Ơ Ớ Ờ Ở Ỡ Ợ"},
        {"UÙ UØ UÛ UÕ UÏ Ö ÖÙ ÖØ ÖÛ ÖÕ ÖÏ", "Ú Ù Ủ Ũ Ụ Ư Ứ Ừ Ử Ữ Ự"},
        {"YÙ YØ YÛ YÕ Î Ñ", "Ý Ỳ Ỷ Ỹ Ỵ Đ"},
        {"Aø “Vónh Phuùc” – 5 m²", "À “Vĩnh Phúc” – 5 m²"},
    };
    struct bench *bench = *state;
    struct geo_decoder *decoder;
    iconv_t to = iconv_open("CP1252", "UTF-8");
    assert_ok(bench->ctx, geo_decoder_new(bench->ctx, "vni", &decoder));
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        char shown[128], bytes[128], result[128], *in = shown, *out = bytes;
        size_t in_left, out_left = sizeof bytes, at, length;
        struct geo_batch *batch = geo_batch_new();
        in_left = (size_t)snprintf(shown, sizeof shown, "%s", known[i][0]);
        assert_int_equal(iconv(to, &in, &in_left, &out, &out_left), 0);
        assert_ok(bench->ctx, geo_decode(bench->ctx, decoder, bytes, (size_t)(out - bytes), batch,
                                         &at, &length));
        snprintf(result, sizeof result, "%.*s", (int)length, batch->text + at);
        assert_string_equal(result, known[i][1]);
        assert_int_equal(geo_decoder_strays(decoder), 0);
        geo_batch_free(batch);
    }
    geo_decoder_free(decoder);
    iconv_close(to);
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
