/* Which encoding text is in is told rightly, or not at all. */
#include "layers.h"

#include <math.h>

#include "read/capitals.h"
#include "read/detect.h"
#include "read/syllable.h"
#include "vietnamese.h"

static void add(struct bench *bench, struct geo_sample *sample, const char *bytes, size_t n)
{
    struct geo_sample_cell cell = {.n = n, .fid = (int64_t)sample->n};
    sample->column_max = 512;
    assert_ok(bench->ctx, geo_sample_add(bench->ctx, sample, cell, bytes));
}

static struct geo_verdict judge(struct bench *bench, struct geo_sample *sample)
{
    struct geo_verdict verdict;
    assert_ok(bench->ctx, geo_detect(bench->ctx, sample, &verdict));
    geo_sample_release(sample);
    return verdict;
}

/* The verdict on count names from the first on, round the list. */
static struct geo_verdict judge_names(struct bench *bench, size_t way, size_t first, size_t count)
{
    struct geo_sample sample = {0};
    char bytes[128];
    for (size_t i = first; i < first + count; i++) {
        size_t n = write_vietnamese(way, place_names[i % PLACE_NAMES], bytes, sizeof bytes);
        add(bench, &sample, bytes, n);
    }
    return judge(bench, &sample);
}

static void assert_certain(const struct geo_verdict *verdict, const char *encoding)
{
    assert_int_equal(verdict->certainty, GEO_TEXT_CERTAIN);
    assert_string_equal(verdict->reading[0].encoding, encoding);
}

static void a_layer_of_names_is_told_in_every_encoding(void **state)
{
    struct bench *bench = *state;
    for (size_t way = 0; way < VIETNAMESE_WAYS; way++) {
        struct geo_verdict verdict = judge_names(bench, way, 0, PLACE_NAMES);
        assert_certain(&verdict, vietnamese_ways[way][1]);
        assert_true(verdict.reading[0].confidence > 0.9999);
        assert_true(strstr(verdict.reading[0].text, "Hà Nội") != NULL);
    }
}

/* The list goes on, so that each start is another set of names. */
static void ten_names_are_told_and_fewer_never_wrongly(void **state)
{
    static const size_t count[] = {10, 6, 3, 2, 1};
    struct bench *bench = *state;
    for (size_t way = 0; way < VIETNAMESE_WAYS; way++)
        for (size_t c = 0; c < sizeof count / sizeof *count; c++)
            for (size_t first = 0; first < PLACE_NAMES; first++) {
                struct geo_verdict verdict = judge_names(bench, way, first, count[c]);
                if (count[c] == 10 && verdict.certainty != GEO_TEXT_CERTAIN)
                    fail_msg("%s: not told from %s on", vietnamese_ways[way][0],
                             place_names[first]);
                if (verdict.certainty == GEO_TEXT_CERTAIN)
                    assert_string_equal(verdict.reading[0].encoding, vietnamese_ways[way][1]);
            }
}

/* ---- the rest of the world ---- */

static const struct {
    const char *encoding;
    const char *told[2]; /* as what it may be told: its letters are the same in both */
    const char *text;    /* commas between */
} world[] = {
    {"CP1252",
     {"CP1252", "CP1252"},
     "Café Road,Zoë’s Place,“Old Town”,Cañon City,Coeur d’Alene,10° slope,Côte Street,Brontë House"},
    {"CP1252",
     {"CP1252", "ISO-8859-15"},
     "Orléans,Besançon,Nîmes,Béziers,Saint-Étienne,Mâcon,Évreux,Alençon,Angoulême,Périgueux,"
     "Forêt de Fontainebleau,Île-de-France,Rhône-Alpes,Provence-Alpes-Côte d'Azur,Franche-Comté,"
     "Vallée de la Loire,Hérault,Ardèche,Drôme,Isère,Lozère,Corrèze,Deux-Sèvres,Pyrénées,"
     "Zone à côté de la rivière,Où est la gare,Là-bas"},
    {"CP1252",
     {"CP1252", "ISO-8859-15"},
     "São Paulo,Brasília,Goiânia,Belém,Florianópolis,Maceió,João Pessoa,São Luís,Cuiabá,Vitória,"
     "Niterói,Ribeirão Preto,Uberlândia,Sertãozinho,Amapá,Ceará,Maranhão,Pará,Piauí,Rondônia"},
    {"CP1250",
     {"CP1250", "ISO-8859-2"},
     "Łódź,Kraków,Gdańsk,Poznań,Wrocław,Białystok,Częstochowa,Toruń,Rzeszów,Zielona Góra,"
     "Gorzów Wielkopolski,Świnoujście,Śląsk,Żywiec"},
    {"CP950",
     {"BIG5", "CP950"},
     "臺北市,高雄市,臺中市,臺南市,桃園市,新竹市,嘉義市,基隆市,花蓮縣,臺東縣,澎湖縣,金門縣,南投縣,"
     "雲林縣,屏東縣,工業區,公路,國道一號"},
    {"GB18030",
     {"GB18030", "GBK"},
     "北京市,上海市,广州市,深圳市,成都市,杭州市,武汉市,西安市,重庆市,南京市,天津市,苏州市,长沙市,"
     "青岛市,工业园区,高速公路,环城路"},
    {"TIS-620",
     {"TIS-620", "CP874"},
     "กรุงเทพมหานคร,เชียงใหม่,เชียงราย,ภูเก็ต,ขอนแก่น,นครราชสีมา,อุดรธานี,สงขลา,ชลบุรี,ระยอง,นนทบุรี,ปทุมธานี"},
    {"CP1251",
     {"CP1251", "CP1251"},
     "Москва,Санкт-Петербург,Новосибирск,Екатеринбург,Казань,Нижний Новгород,Челябинск,Самара,"
     "Омск,Ростов-на-Дону,Уфа,Красноярск,Пермь,Воронеж,Волгоград,Промышленная зона"},
    {"KOI8-R",
     {"KOI8-R", "KOI8-R"},
     "Москва,Санкт-Петербург,Новосибирск,Екатеринбург,Казань,Нижний Новгород,Челябинск,Самара"},
};
enum { WORLD = sizeof world / sizeof *world };

/* Adds count texts of a list from the first on, fewer at its end; @return whether there are any. */
static bool add_texts(struct bench *bench, size_t w, size_t first, size_t count,
                      struct geo_sample *sample)
{
    char text[256], bytes[512];
    size_t i = 0;
    for (const char *at = world[w].text; *at && i < first + count; i++) {
        size_t n = strcspn(at, ",");
        snprintf(text, sizeof text, "%.*s", (int)n, at);
        if (i >= first)
            add(bench, sample, bytes, by_iconv(world[w].encoding, text, bytes, sizeof bytes));
        at += n + (at[n] == ',');
    }
    return i > first;
}

static bool is_vietnamese(const char *encoding)
{
    return !strcmp(encoding, "TCVN") || !strcmp(encoding, "VNI") || !strcmp(encoding, "CP1258") ||
           !strcmp(encoding, "VISCII");
}

static void text_of_other_languages_is_told(void **state)
{
    struct bench *bench = *state;
    for (size_t w = 0; w < WORLD; w++) {
        struct geo_sample sample = {0};
        add_texts(bench, w, 0, 99, &sample);
        struct geo_verdict verdict = judge(bench, &sample);
        assert_int_equal(verdict.certainty, GEO_TEXT_CERTAIN);
        if (strcmp(verdict.reading[0].encoding, world[w].told[0]) != 0)
            assert_string_equal(verdict.reading[0].encoding, world[w].told[1]);
    }
}

static void text_of_other_languages_is_never_taken_for_vietnamese(void **state)
{
    struct bench *bench = *state;
    for (size_t w = 0; w < WORLD; w++)
        for (size_t count = 1; count < 10; count++)
            for (size_t first = 0; first < 30; first++) {
                struct geo_sample sample = {0};
                if (!add_texts(bench, w, first, count, &sample))
                    break;
                struct geo_verdict verdict = judge(bench, &sample);
                if (verdict.certainty == GEO_TEXT_CERTAIN &&
                    is_vietnamese(verdict.reading[0].encoding))
                    fail_msg("%s is taken for %s: %s", world[w].encoding,
                             verdict.reading[0].encoding, verdict.reading[0].text);
            }
}

/* A linear congruence (Knuth's MMIX) gives the bytes. */
static void bytes_at_random_are_no_text(void **state)
{
    struct bench *bench = *state;
    uint64_t seed = 1;
    for (int round = 0; round < 50; round++) {
        struct geo_sample sample = {0};
        for (int i = 0; i < 40; i++) {
            char bytes[12];
            for (size_t k = 0; k < sizeof bytes; k++) {
                seed = seed * 6364136223846793005u + 1442695040888963407u;
                bytes[k] = (char)(seed >> 56);
            }
            add(bench, &sample, bytes, 4 + (size_t)round % 9);
        }
        assert_int_equal(judge(bench, &sample).certainty, GEO_TEXT_AMBIGUOUS);
    }
}

static void ascii_leaves_nothing_to_decide(void **state)
{
    struct bench *bench = *state;
    struct geo_sample sample = {0};
    add(bench, &sample, "Phu Tho", 7);
    add(bench, &sample, "line\r\n\tline ~!", 14);
    assert_int_equal(judge(bench, &sample).certainty, GEO_TEXT_PLAIN);
}

/* VISCII writes the ươ of Hương with the bytes of a letter of N'Ko. */
static void text_that_happens_to_be_utf_8_is_not_taken_for_it(void **state)
{
    struct bench *bench = *state;
    struct geo_sample sample = {0};
    add(bench, &sample, "H\xDF\xBDng", 5);
    assert_int_equal(judge(bench, &sample).certainty, GEO_TEXT_AMBIGUOUS);
}

/* Half UTF-8, half TCVN3, as when two people have worked on a file. */
static void text_in_two_encodings_is_not_told(void **state)
{
    struct bench *bench = *state;
    struct geo_sample sample = {0};
    char bytes[128];
    for (size_t i = 0; i < 20; i++)
        add(bench, &sample, bytes,
            write_vietnamese(i % 2 ? 5 : 0, place_names[i], bytes, sizeof bytes));
    struct geo_verdict verdict = judge(bench, &sample);
    assert_int_equal(verdict.certainty, GEO_TEXT_AMBIGUOUS);
    assert_string_equal(verdict.reading[0].encoding, "UTF-8");
}

static void a_statement_is_doubted_only_where_the_text_reads_otherwise(void **state)
{
    static const struct {
        size_t way;
        const char *stated;
        bool is_wrong;
    } known[] = {{0, "CP1252", true}, {0, "CP1258", true}, {0, "TCVN", false},
                 {1, "CP1252", true}, {2, "CP1252", true}, {2, "CP1258", false},
                 {5, "CP1252", true}, {5, "UTF-8", false}, {0, "UTF-8", true}};
    struct bench *bench = *state;
    for (size_t k = 0; k < sizeof known / sizeof *known; k++) {
        struct geo_sample sample = {0};
        struct geo_verdict verdict;
        char bytes[128];
        bool is_wrong;
        for (size_t i = 0; i < 40; i++)
            add(bench, &sample, bytes,
                write_vietnamese(known[k].way, place_names[i], bytes, sizeof bytes));
        assert_ok(bench->ctx, geo_detect(bench->ctx, &sample, &verdict));
        assert_ok(bench->ctx, geo_doubt(bench->ctx, &sample, known[k].stated, &verdict, &is_wrong));
        assert_int_equal(is_wrong, known[k].is_wrong);
        geo_sample_release(&sample);
    }
}

/* ---- words ---- */

static void syllables_are_known(void **state)
{
    static const char syllables[] =
        "người nghiêng khuỷu quỳnh giếng gìn quốc thuở huyện Đắk Lắk Krông hòa hoà thủy thuỷ Ứng ĐÔNG "
        "ươm yếm ghềnh nghĩa xoong khuya quạ giữa gà gì kỹ Mỹ ỷ ở ố ẩm";
    static const char impossible[] =
        "Orléans café Săo Köln čas Łódź phúb đưc ngê cê ghà Phúó ắp̀ tấ́ pHú PhÚ Sụụng Phó» бвг 北京 ñu";
    (void)state;
    for (const char *at = syllables; *at;) {
        size_t n = strcspn(at, " ");
        if (geo_judge_word(at, n, false) != GEO_WORD_SYLLABLE)
            fail_msg("no syllable: %.*s", (int)n, at);
        at += n + (at[n] == ' ');
    }
    for (const char *at = impossible; *at;) {
        size_t n = strcspn(at, " ");
        if (geo_judge_word(at, n, false) != GEO_WORD_IMPOSSIBLE)
            fail_msg("a syllable: %.*s", (int)n, at);
        at += n + (at[n] == ' ');
    }
    assert_int_equal(geo_judge_word("QĐ", 3, false), GEO_WORD_NEITHER);
    assert_int_equal(geo_judge_word("PHú", 4, false), GEO_WORD_IMPOSSIBLE);
    assert_int_equal(geo_judge_word("PHú", 4, true), GEO_WORD_SYLLABLE);
}

static void every_word_of_the_names_is_a_syllable(void **state)
{
    (void)state;
    for (size_t i = 0; i < PLACE_NAMES; i++)
        for (const char *at = place_names[i]; *at;) {
            size_t n = strcspn(at, " ");
            if (geo_judge_word(at, n, false) != GEO_WORD_SYLLABLE)
                fail_msg("no syllable: %.*s", (int)n, at);
            at += n + (at[n] == ' ');
        }
}

/* ---- fonts of capitals ---- */

static void columns_in_a_font_of_capitals_are_told(void **state)
{
    static const struct {
        const char *text[6];
        enum geo_capitals capitals;
    } known[] = {
        {{"PHú THọ", "VĩNH PHúC", "Hà NộI"}, GEO_CAPITALS_ALL},
        {{"Phú Thọ", "Vĩnh Phúc", "Hà Nội"}, GEO_CAPITALS_NONE},
        {{"PHÚ THỌ", "VĨNH PHÚC", "HÀ NỘI"}, GEO_CAPITALS_NONE},
        {{"PHú THọ", "VĩNH PHúC", "Hà NộI", "TâY Hồ", "Phú Thọ"}, GEO_CAPITALS_SOME},
        {{"PHú THọ", "VĩNH PHúC", "Phú Thọ"}, GEO_CAPITALS_NONE},
        {{"Hà", "Xã", "ở"}, GEO_CAPITALS_NONE},
    };
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        struct geo_capitals_count count = {0};
        for (size_t k = 0; k < 6 && known[i].text[k]; k++)
            geo_count_capitals(&count, known[i].text[k], strlen(known[i].text[k]));
        assert_int_equal(geo_capitals_of(&count), known[i].capitals);
    }
}

static void capitals_are_restored_where_they_can_be_known(void **state)
{
    static const struct {
        const char *text, *restored;
        enum geo_capitals column;
        enum geo_restored fate;
    } known[] = {
        {"PHú THọ", "PHÚ THỌ", GEO_CAPITALS_ALL, GEO_RESTORED_CAPITALS},
        {"Hà", "HÀ", GEO_CAPITALS_ALL, GEO_RESTORED_CAPITALS},
        {"KCN BìNH XUYêN ii", "KCN BÌNH XUYÊN ii", GEO_CAPITALS_SOME, GEO_RESTORED_CAPITALS},
        {"Hà", "Hà", GEO_CAPITALS_SOME, GEO_RESTORED_UNKNOWN},
        {"Xã PHú THọ", "XÃ PHÚ THỌ", GEO_CAPITALS_SOME, GEO_RESTORED_CAPITALS},
        {"Xã PHú (giai đoạn 1)", "Xã PHÚ (giai đoạn 1)", GEO_CAPITALS_SOME, GEO_RESTORED_UNKNOWN},
        {"Phú Thọ", "Phú Thọ", GEO_CAPITALS_SOME, GEO_RESTORED_NOTHING},
        {"KCN 2", "KCN 2", GEO_CAPITALS_ALL, GEO_RESTORED_NOTHING},
        {"ĐườNG ƯƠNG", "ĐƯỜNG ƯƠNG", GEO_CAPITALS_ALL, GEO_RESTORED_CAPITALS},
    };
    (void)state;
    for (size_t i = 0; i < sizeof known / sizeof *known; i++) {
        char text[64];
        snprintf(text, sizeof text, "%s", known[i].text);
        assert_int_equal(geo_restore_capitals(text, strlen(text), known[i].column), known[i].fate);
        assert_string_equal(text, known[i].restored);
    }
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, bench_open, bench_close)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(a_layer_of_names_is_told_in_every_encoding),
        TEST(ten_names_are_told_and_fewer_never_wrongly),
        TEST(text_of_other_languages_is_told),
        TEST(text_of_other_languages_is_never_taken_for_vietnamese),
        TEST(bytes_at_random_are_no_text),
        TEST(ascii_leaves_nothing_to_decide),
        TEST(text_that_happens_to_be_utf_8_is_not_taken_for_it),
        TEST(text_in_two_encodings_is_not_told),
        TEST(a_statement_is_doubted_only_where_the_text_reads_otherwise),
        cmocka_unit_test(syllables_are_known),
        cmocka_unit_test(every_word_of_the_names_is_a_syllable),
        cmocka_unit_test(columns_in_a_font_of_capitals_are_told),
        cmocka_unit_test(capitals_are_restored_where_they_can_be_known),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
