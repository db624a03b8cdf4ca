/* A syllable is an initial, a rhyme and a tone. The table of rhymes was made by hand from the usual
 * description of the orthography (initials and rhymes as school books list them), the rhymes of
 * names from the Central Highlands added (Đắk, Krông), and held against a list of place names: see
 * tests/unit/test_detect.c. What is possible is accepted, whether or not a word is made of it. */
#include "read/syllable.h"

#include <string.h>
#include <utf8proc.h>

/* Blanks around each make a search for " x " exact. Before e, ê, i and y stand k, gh and ngh, before
 * the other vowels c, g and ng; q stands before u and another vowel. */
static const char initials[] =
    " b c ch d đ g gh gi h k kh l m n ng ngh nh p ph q r s t th tr v x br kr pl bl dr đr cr gr ";

static const char rhymes[] =
    " a ac ach ai ak am an ang anh ao ap at au ay ăc ăk ăm ăn ăng ăp ăt âc âk âm ân âng âp ât âu ây"
    " e ec em en eng eo ep et ê êch êk êm ên êng ênh êp êt êu"
    " i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu"
    " o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oe oen oeo oet oi ok"
    " om on ong ooc oong op ot oc ô ôc ôi ôk ôm ôn ông ôp ôt ơ ơi ơm ơn ơng ơp ơt"
    " u ua uân uâng uât uâc uây uc uê uêch uênh ui uk um un ung uơ up ut uôc uôi uôm uôn uông uôt"
    " uy uya uych uyên uyêt uyn uynh uyp uyt uyu"
    " ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu y yêm yên yêng yêt yêu ";

/* What follows q. */
static const char after_q[] =
    " ua uac uach uai uam uan uang uanh uao uap uat uau uay uăc uăm uăn uăng uăp uăt uân uâng uât"
    " uây ue uen ueo uet uê uêch uên uênh uêt ui uit uin uinh uôc uơ uy uych uyên uyêt uyn uynh uyt"
    " uyu uyp ";

#define WORD_BYTES 64 /* no syllable is as long */

static bool has(const char *list, const char *word, size_t n)
{
    size_t left = strlen(list);
    const char *at = n ? memmem(list, left, word, n) : NULL;
    while (at && !(at[-1] == ' ' && at[n] == ' '))
        at = memmem(at + 1, left - (size_t)(at + 1 - list), word, n);
    return at;
}

static bool is_tone(utf8proc_int32_t point)
{
    return point == 0x300 || point == 0x301 || point == 0x303 || point == 0x309 || point == 0x323;
}

/* ---- capitals ---- */

static bool is_upper(utf8proc_int32_t point)
{
    return utf8proc_tolower(point) != point;
}

/* Whether capitals stand where writing has them; all_capitals: there are no other letters. */
static bool are_capitals_usual(const utf8proc_int32_t *point, size_t n, bool is_tcvn3,
                               bool *all_capitals)
{
    size_t upper = 0, lower_ascii = 0;
    for (size_t i = 0; i < n; i++) {
        upper += is_upper(point[i]);
        lower_ascii += !is_upper(point[i]) && point[i] < 0x80;
    }
    *all_capitals = upper == n;
    bool is_usual = upper == 0 || upper == n || (upper == 1 && is_upper(point[0]));
    return is_usual || (is_tcvn3 && lower_ascii == 0);
}

/* ---- the syllable ---- */

/* Small letters without their tones, composed, and the last of those tones (0: none). False for
 * what are no letters of Vietnamese, or too many tones. */
static bool strip(const utf8proc_int32_t *point, size_t n, char *bare, utf8proc_int32_t *tone)
{
    utf8proc_int32_t small[WORD_BYTES * 4];
    utf8proc_ssize_t count = 0;
    *tone = 0;
    for (size_t i = 0; i < n; i++) {
        utf8proc_int32_t apart[4];
        utf8proc_ssize_t k = utf8proc_decompose_char(
            utf8proc_tolower(point[i]), apart, 4,
            (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_DECOMPOSE), NULL);
        for (utf8proc_ssize_t j = 0; j < k; j++) {
            if (!is_tone(apart[j]))
                small[count++] = apart[j];
            else if (*tone || apart[0] >= 0x80 || !strchr("aeiouy", (int)apart[0]))
                return false;
            else
                *tone = apart[j];
        }
        if (k < 1 || k > 4)
            return false;
    }
    count = utf8proc_normalize_utf32(small, count,
                                     (utf8proc_option_t)(UTF8PROC_STABLE | UTF8PROC_COMPOSE));
    for (utf8proc_ssize_t i = 0; i < count; i++)
        bare += utf8proc_encode_char(small[i], (utf8proc_uint8_t *)bare);
    *bare = '\0';
    return true;
}

/* Bytes of the letters before the first vowel. */
static size_t before_vowel(const char *bare)
{
    size_t n = 0;
    while (bare[n] && !strchr("aeiouy", bare[n]) &&
           ((unsigned char)bare[n] < 0x80 || !strncmp(bare + n, "đ", 2)))
        n += (unsigned char)bare[n] < 0x80 ? 1 : 2;
    return n;
}

/* c, g, ng before back vowels, gh and ngh before front ones; k before all, for Krông has it. */
static bool is_spelt(const char *initial, size_t n, const char *rhyme)
{
    bool is_front = strchr("eiy", rhyme[0]) || !strncmp(rhyme, "ê", 2);
    if (n > 1 && initial[n - 1] == 'h' && initial[n - 2] == 'g')
        return is_front;
    if (n == 1 && initial[0] == 'g')
        return !is_front || rhyme[0] == 'i';
    bool is_back = (n == 1 && initial[0] == 'c') || (n == 2 && !strncmp(initial, "ng", 2));
    return !is_back || !is_front;
}

/* Stops have the tones sắc and nặng only; names of the highlands in -k may have none. */
static bool is_toned(const char *rhyme, utf8proc_int32_t tone)
{
    size_t n = strlen(rhyme);
    bool is_stop = n > 1 && (strchr("cptk", rhyme[n - 1]) || !strcmp(rhyme + n - 2, "ch"));
    return !is_stop || tone == 0x301 || tone == 0x323 || (tone == 0 && rhyme[n - 1] == 'k');
}

static bool is_syllable(const char *bare, utf8proc_int32_t tone)
{
    size_t n = before_vowel(bare), left = strlen(bare);
    const char *rhyme = bare + n;
    if (!*rhyme || !is_toned(rhyme, tone))
        return false;
    if (!strncmp(bare, "gi", 2) && left > 2 && is_spelt("c", 1, bare + 2) &&
        has(rhymes, bare + 2, left - 2))
        return true;
    if (n == 1 && bare[0] == 'q')
        return has(after_q, rhyme, left - n);
    return (n == 0 || has(initials, bare, n)) && is_spelt(bare, n, rhyme) &&
           has(rhymes, rhyme, left - n);
}

enum geo_word geo_judge_word(const char *word, size_t n, bool is_tcvn3)
{
    utf8proc_int32_t point[WORD_BYTES / 2], tone;
    char bare[WORD_BYTES * 8];
    size_t count = 0, at = 0;
    bool all_capitals;
    while (at < n && count < WORD_BYTES / 2) {
        utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)word + at,
                                                 (utf8proc_ssize_t)(n - at), &point[count++]);
        if (used <= 0)
            return GEO_WORD_IMPOSSIBLE;
        at += (size_t)used;
    }
    if (at < n || !are_capitals_usual(point, count, is_tcvn3, &all_capitals) ||
        !strip(point, count, bare, &tone))
        return GEO_WORD_IMPOSSIBLE;
    if (all_capitals && !bare[before_vowel(bare)])
        return GEO_WORD_NEITHER;
    return is_syllable(bare, tone) ? GEO_WORD_SYLLABLE : GEO_WORD_IMPOSSIBLE;
}
