/* Vietnamese text for the tests of encodings: names of provinces and districts, and the bytes of
 * VNI and of windows-1258 in both of its ways, which no converter writes. */
#ifndef TESTS_VIETNAMESE_H
#define TESTS_VIETNAMESE_H

#include <iconv.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

#include "near.h"

static const char *const place_names[] = {
    "Hà Nội",         "Hà Giang",   "Cao Bằng",    "Bắc Kạn",    "Tuyên Quang",  "Lào Cai",
    "Điện Biên",      "Lai Châu",   "Sơn La",      "Yên Bái",    "Hòa Bình",     "Thái Nguyên",
    "Lạng Sơn",       "Quảng Ninh", "Bắc Giang",   "Phú Thọ",    "Vĩnh Phúc",    "Bắc Ninh",
    "Hải Dương",      "Hải Phòng",  "Hưng Yên",    "Thái Bình",  "Hà Nam",       "Nam Định",
    "Ninh Bình",      "Thanh Hóa",  "Nghệ An",     "Hà Tĩnh",    "Quảng Bình",   "Quảng Trị",
    "Thừa Thiên Huế", "Đà Nẵng",    "Quảng Nam",   "Quảng Ngãi", "Bình Định",    "Phú Yên",
    "Khánh Hòa",      "Ninh Thuận", "Bình Thuận",  "Kon Tum",    "Gia Lai",      "Đắk Lắk",
    "Đắk Nông",       "Lâm Đồng",   "Bình Phước",  "Tây Ninh",   "Bình Dương",   "Đồng Nai",
    "Bà Rịa",         "Vũng Tàu",   "Hồ Chí Minh", "Long An",    "Tiền Giang",   "Bến Tre",
    "Trà Vinh",       "Vĩnh Long",  "Đồng Tháp",   "An Giang",   "Kiên Giang",   "Cần Thơ",
    "Hậu Giang",      "Sóc Trăng",  "Bạc Liêu",    "Cà Mau",     "Vĩnh Yên",     "Phúc Yên",
    "Lập Thạch",      "Tam Dương",  "Tam Đảo",     "Bình Xuyên", "Yên Lạc",      "Vĩnh Tường",
    "Sông Lô",        "Việt Trì",   "Đoan Hùng",   "Hạ Hòa",     "Thanh Ba",     "Phù Ninh",
    "Yên Lập",        "Cẩm Khê",    "Tam Nông",    "Lâm Thao",   "Thanh Sơn",    "Thanh Thủy",
    "Tân Sơn",        "Mai Châu",   "Kim Bôi",     "Lương Sơn",  "Lạc Thủy",     "Cao Phong",
    "Đông Anh",       "Gia Lâm",    "Sóc Sơn",     "Mê Linh",    "Đan Phượng",   "Hoài Đức",
    "Quốc Oai",       "Thạch Thất", "Chương Mỹ",   "Thanh Oai",  "Thường Tín",   "Phú Xuyên",
    "Ứng Hòa",        "Mỹ Đức",     "Ba Vì",       "Phúc Thọ",   "Từ Liêm",      "Hoàn Kiếm",
    "Ba Đình",        "Tây Hồ",     "Cầu Giấy",    "Đống Đa",    "Hai Bà Trưng", "Hoàng Mai",
    "Thủ Đức",        "Củ Chi",     "Hóc Môn",     "Nhà Bè",     "Cần Giờ",      "Bình Chánh",
    "Gò Vấp",         "Phú Nhuận",  "Tân Bình",    "Thuận An",   "Dĩ An",        "Biên Hòa",
    "Long Khánh",     "Nha Trang",  "Cam Ranh",    "Đà Lạt",     "Bảo Lộc",      "Quy Nhơn",
    "Tuy Hòa",        "Hội An",     "Tam Kỳ",      "Đông Hà",    "Đồng Hới",     "Hồng Lĩnh",
    "Cửa Lò",         "Sầm Sơn",    "Bỉm Sơn",     "Tam Điệp",   "Phủ Lý",       "Chí Linh",
};
enum { PLACE_NAMES = sizeof place_names / sizeof *place_names };

/* VNI as windows-1252 shows it, and the letters: the table of VNI Software
 * (vietunicode.sourceforge.net, and the tables of xvnkb). */
static const char *const vni_table[][2] = {
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
};
enum { VNI_ROWS = sizeof vni_table / sizeof *vni_table };

/* Converts with the C library; @return the bytes. */
static inline size_t by_iconv(const char *to, const char *text, char *bytes, size_t room)
{
    char copy[1024], *in = copy, *out = bytes;
    size_t in_left = (size_t)snprintf(copy, sizeof copy, "%s", text), out_left = room - 1;
    iconv_t converter = iconv_open(to, "UTF-8");
    assert_true(converter != (iconv_t)-1);
    assert_int_equal(iconv(converter, &in, &in_left, &out, &out_left), 0);
    assert_int_equal(iconv(converter, NULL, NULL, &out, &out_left), 0);
    iconv_close(converter);
    *out = '\0';
    return (size_t)(out - bytes);
}

/* The word of a line that stands where another stands in its line; n is its length. */
static inline const char *vni_of(const char *letter, size_t letter_n, size_t *n)
{
    for (size_t row = 0; row < VNI_ROWS; row++) {
        const char *vni = vni_table[row][0];
        for (const char *at = vni_table[row][1]; *at;) {
            size_t its = strcspn(at, " ");
            *n = strcspn(vni, " ");
            if (its == letter_n && !strncmp(at, letter, its))
                return vni;
            at += its + (at[its] == ' ');
            vni += *n + (vni[*n] == ' ');
        }
    }
    *n = letter_n;
    return letter;
}

static inline size_t to_vni(const char *text, char *bytes, size_t room)
{
    char shown[1024];
    size_t used = 0;
    while (*text) {
        utf8proc_int32_t point;
        size_t n = (size_t)utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &point), vni_n;
        const char *vni = vni_of(text, n, &vni_n);
        memcpy(shown + used, vni, vni_n);
        used += vni_n;
        text += n;
    }
    shown[used] = '\0';
    return by_iconv("CP1252", shown, bytes, room);
}

/* Every tone as a mark of its own, also where windows-1258 has the letter with it. */
static inline size_t to_cp1258_apart(const char *text, char *bytes, size_t room)
{
    static const struct {
        utf8proc_int32_t point;
        char byte;
    } tone[] = {
        {0x300, '\xCC'}, {0x301, '\xEC'}, {0x303, '\xDE'}, {0x309, '\xD2'}, {0x323, '\xF2'}};
    size_t used = 0;
    while (*text) {
        utf8proc_int32_t point, apart[4];
        char base[16] = "", mark = 0;
        size_t base_n = 0;
        text += utf8proc_iterate((const utf8proc_uint8_t *)text, -1, &point);
        utf8proc_ssize_t n = utf8proc_decompose_char(point, apart, 4, UTF8PROC_DECOMPOSE, NULL);
        for (utf8proc_ssize_t i = 0; i < n; i++) {
            bool is_tone = false;
            for (size_t t = 0; t < sizeof tone / sizeof *tone; t++)
                if (apart[i] == tone[t].point) {
                    is_tone = true;
                    mark = tone[t].byte;
                }
            if (!is_tone)
                base_n += (size_t)utf8proc_encode_char(apart[i], (utf8proc_uint8_t *)base + base_n);
        }
        utf8proc_uint8_t *composed = utf8proc_NFC((utf8proc_uint8_t *)base);
        used += by_iconv("CP1258", (char *)composed, bytes + used, room - used);
        free(composed);
        if (mark)
            bytes[used++] = mark;
    }
    bytes[used] = '\0';
    return used;
}

/* The ways to write Vietnamese, and the encoding that each is read in. */
static const char *const vietnamese_ways[][2] = {
    {"TCVN", "TCVN"},    {"VNI", "VNI"},       {"CP1258", "CP1258"},
    {"apart", "CP1258"}, {"VISCII", "VISCII"}, {"UTF-8", "UTF-8"},
};
enum { VIETNAMESE_WAYS = sizeof vietnamese_ways / sizeof *vietnamese_ways };

static inline size_t write_vietnamese(size_t way, const char *text, char *bytes, size_t room)
{
    const char *name = vietnamese_ways[way][0];
    if (!strcmp(name, "VNI"))
        return to_vni(text, bytes, room);
    if (!strcmp(name, "apart"))
        return to_cp1258_apart(text, bytes, room);
    return by_iconv(name, text, bytes, room);
}

#endif
