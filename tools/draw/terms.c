#include "draw/terms.h"

#include <ctype.h>
#include <stdbool.h>
#include <stddef.h>
#include <string.h>

#include "kit/slug.h"
#include "kit/text.h"

struct words term_words(enum term term)
{
    static const struct words words[TERMS] = {
        [TERM_ZONE] = {"industrial zone", "khu công nghiệp"},
        [TERM_CLUSTER] = {"industrial cluster", "cụm công nghiệp"},
        [TERM_OPERATING] = {"operating", "đang hoạt động"},
        [TERM_BUILDING] = {"under construction", "đang xây dựng"},
        [TERM_PLANNED] = {"planned", "quy hoạch"},
        [TERM_PASS] = {"pass", "đạt"},
        [TERM_UNCERTAIN] = {"uncertain", "chưa đủ căn cứ"},
        [TERM_FAIL] = {"fail", "không đạt"},
        [TERM_NO_RULE] = {"no rule applies", "không có quy tắc"},
        [TERM_NOT_STATED] = {"not stated", "không rõ"},
        [TERM_NO_VALUE] = {"no value", "không có giá trị"},
        [TERM_OTHER] = {"other", "khác"},
        [TERM_VERDICT] = {"Verdict", "Kết quả kiểm tra"},
        [TERM_KIND] = {"Kind", "Loại"},
        [TERM_STATUS] = {"Status", "Tình trạng"},
        [TERM_KIND_STATUS] = {"Kind and status", "Loại và tình trạng"},
        [TERM_DISTANCE] = {"Distance", "Khoảng cách"},
        [TERM_ZONES] = {"Industrial zones and clusters", "Khu, cụm công nghiệp"},
        [TERM_AREAS] = {"Zones", "Vùng"},
        [TERM_BANDS] = {"Distance bands", "Dải khoảng cách"},
        [TERM_CORRIDORS] = {"Corridors", "Hành lang"},
        [TERM_POINTS] = {"Points", "Điểm"},
        [TERM_CONTEXT] = {"Surroundings", "Nền"},
    };
    return words[term];
}

/* Letters with or without marks, and blanks between words: what a slug would drop says more than the
 * word that is left. */
static bool is_of_letters(const char *text)
{
    bool all = true;
    while (all && *text) {
        int32_t code;
        text += text_next(text, &code);
        all = (code < 0x80 && (isalpha((int)code) || strchr(" _-", (int)code))) ||
              (code >= 0xC0 && code < 0x370) || (code >= 0x1E00 && code < 0x1F00);
    }
    return all;
}

enum term term_of_value(const char *value)
{
    static const struct {
        const char *slug;
        enum term term;
    } known[] = {
        {"kcn", TERM_ZONE},
        {"khu_cong_nghiep", TERM_ZONE},
        {"industrial_zone", TERM_ZONE},
        {"ccn", TERM_CLUSTER},
        {"cum_cong_nghiep", TERM_CLUSTER},
        {"industrial_cluster", TERM_CLUSTER},
        {"operating", TERM_OPERATING},
        {"dang_hoat_dong", TERM_OPERATING},
        {"hoat_dong", TERM_OPERATING},
        {"building", TERM_BUILDING},
        {"under_construction", TERM_BUILDING},
        {"dang_xay_dung", TERM_BUILDING},
        {"xay_dung", TERM_BUILDING},
        {"planned", TERM_PLANNED},
        {"quy_hoach", TERM_PLANNED},
    };
    char slug[64];
    if (!is_of_letters(value))
        return TERMS;
    slug_of(value, slug, sizeof slug);
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (!strcmp(known[i].slug, slug))
            return known[i].term;
    return TERMS;
}
