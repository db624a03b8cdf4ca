#include "read/signs.h"

#include <ctype.h>
#include <utf8proc.h>

/* What a character is beside its neighbours. The soft hyphen is a sign: no table has words for
 * typesetters, and it is the ư of TCVN3. */
enum kind {
    KIND_BLANK,  /* white space, ASCII punctuation and digits */
    KIND_LETTER, /* letters, and the marks on them */
    KIND_JOINT,  /* what stands within words: ’ · - */
    KIND_QUOTE,  /* other punctuation */
    KIND_SIGN,   /* © £ ½ º ¶ ╕ */
    KIND_ODD
};

struct character {
    utf8proc_int32_t point, script;
    enum kind kind;
    bool is_upper, is_lower;
};

/* Latin is 1, whatever is no letter of a script 0; blocks of 256 stand for other scripts, which is
 * enough to see two in a word. */
static utf8proc_int32_t script_of(utf8proc_int32_t point)
{
    if (point < 0x80 ? isalpha(point) : (point >= 0xC0 && point < 0x250) || point >> 8 == 0x1E)
        return 1;
    if (point < 0xC0 || (point >= 0x300 && point < 0x370) || point >= 0x2000)
        return 0;
    return point >> 8;
}

static bool is_joint(utf8proc_int32_t point)
{
    return point == 0xB7 || (point >= 0x200B && point <= 0x2019) || point == 0x2026 ||
           point == 0x2BC || point == 0x30FB || point == 0x2060;
}

/* The micro sign and the ordinals are letters to Unicode, and signs to their readers. */
static bool is_sign(utf8proc_int32_t point, utf8proc_category_t category)
{
    return point == 0xB5 || point == 0xAA || point == 0xBA || point == 0xA7 || point == 0xB6 ||
           point == 0xAD ||
           (category >= UTF8PROC_CATEGORY_SM && category <= UTF8PROC_CATEGORY_SO) ||
           category == UTF8PROC_CATEGORY_NO;
}

static enum kind kind_of(utf8proc_int32_t point)
{
    utf8proc_category_t category = utf8proc_category(point);
    if (point < 0x80 && (point >= ' ' || point == '\t' || point == '\n' || point == '\r'))
        return isalpha(point) ? KIND_LETTER : KIND_BLANK;
    if (category == UTF8PROC_CATEGORY_CC || category == UTF8PROC_CATEGORY_CN ||
        category == UTF8PROC_CATEGORY_CO || category == UTF8PROC_CATEGORY_CS || point == 0xFFFD)
        return KIND_ODD;
    if (is_joint(point))
        return KIND_JOINT;
    if (is_sign(point, category))
        return KIND_SIGN;
    if (category >= UTF8PROC_CATEGORY_PC && category <= UTF8PROC_CATEGORY_PO)
        return KIND_QUOTE;
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ME ? KIND_LETTER
                                                                                : KIND_BLANK;
}

static struct character character_at(const char *text, size_t n, size_t *at)
{
    struct character c = {.point = ' ', .kind = KIND_BLANK};
    if (*at >= n)
        return c;
    utf8proc_ssize_t used = utf8proc_iterate((const utf8proc_uint8_t *)text + *at,
                                             (utf8proc_ssize_t)(n - *at), &c.point);
    *at += used > 0 ? (size_t)used : 1;
    c.kind = kind_of(c.point);
    c.script = script_of(c.point);
    c.is_upper = utf8proc_tolower(c.point) != c.point;
    c.is_lower = utf8proc_toupper(c.point) != c.point;
    return c;
}

/* A letter is rare where a wrong table puts it: Cyrillic beyond А to я; þ after another letter. */
static bool is_rare(const struct character *c, const struct character *before)
{
    if (c->point == 0xFE)
        return before->kind == KIND_LETTER;
    return c->point >= 0x400 && c->point < 0x530 && (c->point < 0x410 || c->point > 0x44F);
}

/* A capital or a sign where none stands, by what is before and after it. Names such as McDonald are
 * ASCII; beyond U+2000 signs stand between ideographs rightly. */
static bool is_suspect(const struct character *before, const struct character *c,
                       const struct character *after)
{
    bool follows = before->kind == KIND_LETTER, precedes = after->kind == KIND_LETTER;
    if (c->kind == KIND_LETTER)
        return before->is_lower && c->is_upper && (c->point >= 0x80 || before->point >= 0x80);
    if (c->kind == KIND_SIGN && c->point >= 0x2500 && c->point < 0x25A0)
        return follows || precedes;
    if (c->kind == KIND_SIGN && c->point == 0xB5)
        return follows;
    if (c->kind == KIND_SIGN)
        return precedes && c->point != 0xB0 && after->point < 0x2000;
    return c->kind == KIND_QUOTE && c->point >= 0x80 && c->point < 0x2000 && follows && precedes;
}

struct geo_signs geo_signs_of(const char *text, size_t n)
{
    struct geo_signs signs = {0};
    size_t at = 0;
    struct character before = {.kind = KIND_BLANK}, c = character_at(text, n, &at);
    utf8proc_int32_t script = 0;
    for (bool is_last = n == 0; !is_last;) {
        is_last = at >= n;
        struct character after = character_at(text, n, &at);
        if (c.kind == KIND_BLANK || c.kind == KIND_JOINT || c.kind == KIND_QUOTE)
            script = 0;
        signs.is_odd |= c.kind == KIND_ODD || (script && c.script && c.script != script);
        signs.is_suspect |= is_suspect(&before, &c, &after);
        signs.leaning += c.point >= 0x80 && c.kind != KIND_LETTER && before.kind == KIND_BLANK &&
                         after.kind == KIND_LETTER;
        signs.rare += c.kind == KIND_LETTER && is_rare(&c, &before);
        script = c.script ? c.script : script;
        before = c;
        c = after;
    }
    return signs;
}
