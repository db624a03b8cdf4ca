/* Which encoding text is in is told rightly, or not at all. */
#include "layers.h"

#include <math.h>

#include "read/detect.h"
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
    {"CP1253",
     {"CP1253", "CP1253"},
     "Αθήνα,Θεσσαλονίκη,Πάτρα,Ηράκλειο,Λάρισα,Βόλος,Ιωάννινα,Άρτα,Έδεσσα,Άγιος Νικόλαος,Ρόδος"},
    {"ISO-8859-7",
     {"ISO-8859-7", "ISO-8859-7"},
     "Αθήνα,Θεσσαλονίκη,Πάτρα,Ηράκλειο,Λάρισα,Βόλος,Ιωάννινα,Άρτα,Έδεσσα,Άγιος Νικόλαος,Ρόδος"},
    {"CP1251",
     {"CP1251", "CP1251"},
     "Київ,Харків,Одеса,Дніпро,Донецьк,Запоріжжя,Львів,Кривий Ріг,Миколаїв,Маріуполь,Вінниця,"
     "Херсон,Полтава,Чернігів,Черкаси,Житомир,Суми,Хмельницький,Чернівці,Рівне,Євпаторія"},
    {"KOI8-U",
     {"KOI8-U", "KOI8-U"},
     "Київ,Харків,Одеса,Дніпро,Донецьк,Запоріжжя,Львів,Кривий Ріг,Миколаїв,Маріуполь,Вінниця,"
     "Херсон,Полтава,Чернігів,Черкаси,Житомир,Суми,Хмельницький,Чернівці,Рівне,Євпаторія"},
    {"CP932",
     {"SHIFT_JIS", "CP932"},
     "東京都,大阪府,京都府,北海道,神奈川県,横浜市,名古屋市,さいたま市,千葉県,札幌市,つくば市,カナガワ"},
    {"CP949",
     {"EUC-KR", "UHC"},
     "서울특별시,부산광역시,대구광역시,인천광역시,광주광역시,대전광역시,울산광역시,수원시,성남시"},
    {"CP1254",
     {"CP1254", "ISO-8859-9"},
     "İstanbul,İzmir,Gaziantep,Şanlıurfa,Muğla,Ağrı,Diyarbakır,Eskişehir,Balıkesir,Çanakkale,"
     "Kırşehir,Nevşehir,Iğdır,Çorum,Kütahya,Ümraniye,Üsküdar"},
};
enum { WORLD = sizeof world / sizeof *world };

/* What code pages read differently, and nothing decides. */
static const struct {
    const char *encoding, *text;
} unclear[] = {
    {"CP1250", "Győr,Pécs,Székesfehérvár,Kecskemét,Nyíregyháza,Érd,Tatabánya,Békéscsaba"},
    {"CP1250", "Iaşi,Constanţa,Timişoara,Braşov,Galaţi,Ploieşti,Brăila,Bacău,Piteşti,Botoşani"},
    {"CP1252", "Reykjavík,Kópavogur,Hafnarfjörður,Garðabær,Mosfellsbær,Ísafjörður,Þorlákshöfn"},
    {"CP1252", "São Paulo"},
    {"CP1252", "Zürich"},
};

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

/* The right one is among the readings, and nothing that is hardly likely. */
static void what_code_pages_read_differently_is_ambiguous(void **state)
{
    struct bench *bench = *state;
    for (size_t u = 0; u < sizeof unclear / sizeof *unclear; u++) {
        struct geo_sample sample = {0};
        char text[64], bytes[128];
        bool is_there = false;
        for (const char *at = unclear[u].text; *at;) {
            size_t n = strcspn(at, ",");
            snprintf(text, sizeof text, "%.*s", (int)n, at);
            add(bench, &sample, bytes, by_iconv(unclear[u].encoding, text, bytes, sizeof bytes));
            at += n + (at[n] == ',');
        }
        struct geo_verdict verdict = judge(bench, &sample);
        assert_int_equal(verdict.certainty, GEO_TEXT_AMBIGUOUS);
        for (size_t i = 0; i < verdict.n; i++) {
            is_there = is_there || !strcmp(verdict.reading[i].encoding, unclear[u].encoding);
            assert_false(verdict.reading[i].confidence < 0.05);
        }
        if (!is_there)
            fail_msg("%s is not offered for %s", unclear[u].encoding, unclear[u].text);
    }
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
static void text_that_is_half_utf_8_is_mixed(void **state)
{
    struct bench *bench = *state;
    struct geo_sample sample = {0};
    char bytes[128];
    for (size_t i = 0; i < 20; i++)
        add(bench, &sample, bytes,
            write_vietnamese(i % 2 ? 5 : 0, place_names[i], bytes, sizeof bytes));
    struct geo_verdict verdict = judge(bench, &sample);
    assert_int_equal(verdict.certainty, GEO_TEXT_MIXED);
    assert_string_equal(verdict.reading[0].encoding, "UTF-8");
    assert_string_equal(verdict.rest.reading.encoding, "TCVN");
    assert_int_equal(verdict.rest.texts, 10);
}

/* Adds names from first to end in one way, each with a number that makes it another text. */
static void add_names(struct bench *bench, struct geo_sample *sample, size_t way, size_t first,
                      size_t end, int column, uint64_t rows)
{
    char bytes[128];
    for (size_t i = first; i < end; i++) {
        struct geo_sample_cell cell = {.fid = (int64_t)i, .column = column};
        cell.n = write_vietnamese(way, place_names[i], bytes, sizeof bytes);
        sample->column_max = 512;
        for (uint64_t row = 0; row < rows; row++)
            assert_ok(bench->ctx, geo_sample_add(bench->ctx, sample, cell, bytes));
    }
}

static void assert_mixed(const struct geo_verdict *verdict, size_t one, size_t other)
{
    const char *first = verdict->reading[0].encoding, *rest = verdict->rest.reading.encoding;
    const char *a = vietnamese_ways[one][1], *b = vietnamese_ways[other][1];
    assert_int_equal(verdict->certainty, GEO_TEXT_MIXED);
    if (strcmp(first, a) != 0 || strcmp(rest, b) != 0) {
        assert_string_equal(first, b);
        assert_string_equal(rest, a);
    }
}

/* Names in one encoding, the next in another, in all pairs that differ. */
static void text_in_two_encodings_is_mixed(void **state)
{
    static const size_t share[][2] = {{70, 70}, {120, 20}, {20, 120}, {130, 10}};
    struct bench *bench = *state;
    for (size_t one = 0; one < VIETNAMESE_WAYS; one++)
        for (size_t other = 0; other < VIETNAMESE_WAYS; other++)
            for (size_t s = 0; s < sizeof share / sizeof *share; s++) {
                struct geo_sample sample = {0};
                if (!strcmp(vietnamese_ways[one][1], vietnamese_ways[other][1]))
                    continue;
                add_names(bench, &sample, one, 0, share[s][0], 0, 1);
                add_names(bench, &sample, other, share[s][0], share[s][0] + share[s][1], 0, 1);
                struct geo_verdict verdict = judge(bench, &sample);
                assert_mixed(&verdict, one, other);
            }
}

/* Many rows of one name in TCVN3, a few of others in VNI: the rows count, not only the words. */
static void repeated_text_has_the_weight_of_its_rows(void **state)
{
    struct bench *bench = *state;
    struct geo_sample sample = {0};
    add_names(bench, &sample, 0, 0, 1, 0, 990);
    add_names(bench, &sample, 1, 5, 15, 0, 1);
    struct geo_verdict verdict = judge(bench, &sample);
    assert_mixed(&verdict, 0, 1);
    assert_false(verdict.rest.is_by_columns);
}

static void columns_in_two_encodings_are_told_by_column(void **state)
{
    struct bench *bench = *state;
    struct geo_sample sample = {0};
    add_names(bench, &sample, 0, 0, 70, 0, 1);
    add_names(bench, &sample, 1, 70, 140, 1, 1);
    struct geo_verdict verdict = judge(bench, &sample);
    assert_mixed(&verdict, 0, 1);
    assert_true(verdict.rest.is_by_columns);
    assert_int_equal(verdict.rest.shown, 1);
}

static void vietnamese_beside_another_language_is_mixed(void **state)
{
    struct bench *bench = *state;
    for (size_t way = 0; way < VIETNAMESE_WAYS; way++)
        for (size_t w = 0; w < WORLD; w++) {
            struct geo_sample sample = {0};
            add_names(bench, &sample, way, 0, 15, 0, 1);
            add_texts(bench, w, 0, 99, &sample);
            if (judge(bench, &sample).certainty == GEO_TEXT_CERTAIN)
                fail_msg("%s beside %s is told", vietnamese_ways[way][0], world[w].encoding);
        }
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
        TEST(what_code_pages_read_differently_is_ambiguous),
        TEST(text_that_is_half_utf_8_is_mixed),
        TEST(text_in_two_encodings_is_mixed),
        TEST(repeated_text_has_the_weight_of_its_rows),
        TEST(columns_in_two_encodings_are_told_by_column),
        TEST(vietnamese_beside_another_language_is_mixed),
        TEST(a_statement_is_doubted_only_where_the_text_reads_otherwise),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
