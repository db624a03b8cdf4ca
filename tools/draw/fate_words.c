#include "draw/fate_words.h"

#include <stddef.h>
#include <string.h>

static const struct {
    const char *what, *vi;
} words[] = {
    {"area cannot be measured", "không đo được diện tích"},
    {"bands cannot be measured", "không đo được các dải"},
    {"binary fields are left out", "các trường nhị phân bị bỏ qua"},
    {"capitals restored", "đã khôi phục chữ hoa"},
    {"cell ends at a zero byte; what stands behind it is left out",
     "ô dữ liệu kết thúc ở một byte không, phần sau bị bỏ"},
    {"collapsed ring or line: dropped", "đường hoặc vành bị suy biến, đã bỏ"},
    {"column of the input renamed", "một cột của dữ liệu vào được đổi tên"},
    {"coordinate cannot be brought to WGS 84", "không chuyển được tọa độ sang WGS 84"},
    {"coordinate is not finite", "tọa độ không phải là số hữu hạn"},
    {"coordinate is outside the range of longitude and latitude",
     "tọa độ nằm ngoài phạm vi kinh độ, vĩ độ"},
    {"coordinates cannot be read", "không đọc được tọa độ"},
    {"distance cannot be measured", "không đo được khoảng cách"},
    {"memo and binary fields are left out", "các trường ghi chú và nhị phân bị bỏ qua"},
    {"hole lies outside its polygon: mended", "lỗ nằm ngoài vùng của nó, đã sửa"},
    {"holes lie in each other: mended", "các lỗ lồng vào nhau, đã sửa"},
    {"polygon crosses or overlaps itself: mended", "vùng tự cắt hoặc tự chồng, đã sửa"},
    {"polygon has a ring twice: mended", "vùng có một vành lặp lại hai lần, đã sửa"},
    {"polygon has no area", "vùng không có diện tích"},
    {"polygon is cut apart by its own boundary: mended",
     "vùng bị ranh giới của chính nó chia cắt, đã sửa"},
    {"polygon is invalid and cannot be mended", "vùng không hợp lệ và không sửa được"},
    {"polygon is invalid: mended", "vùng không hợp lệ, đã sửa"},
    {"polygon touches itself: mended", "vùng tự tiếp xúc, đã sửa"},
    {"polygons of one feature overlap: mended", "các vùng của một đối tượng chồng nhau, đã sửa"},
};

const char *fate_in_vietnamese(const char *what)
{
    for (size_t w = 0; w < sizeof words / sizeof *words; w++)
        if (!strcmp(words[w].what, what))
            return words[w].vi;
    return what;
}
