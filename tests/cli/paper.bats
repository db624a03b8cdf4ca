#!/usr/bin/env bats
# shellcheck disable=SC2154 # run sets status, output, stderr, stderr_lines
# The map on paper: what stands in the files, judged by others' readers.
load kit
setup() { kit_setup; }

layers=(zones.shp clusters.shp interchanges.shp -c corridors.shp --context province.shp)
title='Khu công nghiệp tỉnh Vĩnh Phúc'

map() { geo-map "${layers[@]}" --title "$title" --lang vi "$@"; }

# page_size FILE: of a PDF, points
page_size() { pdfinfo "$1" | sed -n 's/^Page size: *\([0-9.]*\) x \([0-9.]*\) pts.*/\1 \2/p'; }

# png_size FILE: as its header states it
png_size() { python3 -c 'import struct, sys
head = open(sys.argv[1], "rb").read(24)
assert head[:8] == b"\x89PNG\r\n\x1a\n"
print(*struct.unpack(">II", head[16:]))' "$1"; }

@test "a PDF has one page of A4 or A3 and its text is text" {
    run -0 map -o map.pdf
    [ "$(page_size map.pdf)" = "841.89 595.276" ]
    [ "$(pdfinfo map.pdf | awk '/^Pages/ { print $2 }')" = 1 ]
    pdftotext -layout map.pdf map.txt
    grep -q "$title" map.txt
    grep -q 'KCN Vĩnh Tường' map.txt
    pdftotext -raw map.pdf - | grep -q 'CT05' # it is turned
    grep -q '105°30′Đ' map.txt
    grep -q 'Tỷ lệ 1:240.000' map.txt
    grep -q 'Dữ liệu: province.shp, zones.shp' map.txt
    run -0 map --size A3 -o map3.pdf
    [ "$(page_size map3.pdf)" = "1190.55 841.89" ]
    run -0 map --size 1600x1000 -o pixels.pdf
    [ "$(page_size pixels.pdf)" = "1200 750" ]
}

@test "a tall map stands upright" {
    echo '{"type":"Feature","properties":{"name":"a"},"geometry":{"type":"LineString",
        "coordinates":[[105.5,21],[105.6,22]]}}' > tall.geojson
    run -0 geo-map tall.geojson -o tall.pdf
    [ "$(page_size tall.pdf)" = "595.276 841.89" ]
}

@test "pdftoppm draws the page in the palette's colours" {
    run -0 map -o map.pdf
    pdftoppm -r 50 map.pdf page
    python3 - <<'END'
data = open('page-1.ppm', 'rb').read()
magic, size, top, pixels = data.split(b'\n', 3)
assert magic == b'P6' and size == b'585 414', size
seen = {pixels[i:i + 3] for i in range(0, len(pixels), 3)}
assert b'\xff\xff\xff' in seen and len(seen) > 100, len(seen)
END
}

@test "an SVG is valid XML, under 2 MB, and states its size" {
    run -0 map -o map.svg
    xmllint --noout map.svg
    [ "$(stat -c %s map.svg)" -lt 2000000 ]
    run -0 map --size 1600x1000 -o pixels.svg
    [ "$(xmllint --xpath 'string(/*/@width)' pixels.svg)" = 1600px ]
    [ "$(xmllint --xpath 'string(/*/@viewBox)' pixels.svg)" = "0 0 1600 1000" ]
}

@test "a PNG has the pixels that were asked for" {
    run -0 map -o map.png
    [ "$(png_size map.png)" = "1754 1240" ]
    run -0 map --dpi 72 --size A3 -o map3.png
    [ "$(png_size map3.png)" = "1191 842" ]
    run -0 map --size 1600x1000 -o pixels.png
    [ "$(png_size pixels.png)" = "1600 1000" ]
}

@test "the same map, the same bytes" {
    for kind in svg pdf png; do
        run -0 map -o "one.$kind"
        sleep 1.1
        run -0 map -o "two.$kind" --threads 1
        cmp "one.$kind" "two.$kind"
    done
}

@test "no word stands on another" {
    for size in A4 A3 1000x1000 700x500; do
        run -0 map --size "$size" --overwrite -o map.pdf
        pdftotext -bbox map.pdf words.html
        # Words of labels that run along corridors have boxes wider than themselves.
        python3 - <<'END'
import re
box = re.compile(r'<word xMin="(.*?)" yMin="(.*?)" xMax="(.*?)" yMax="(.*?)">(.*?)</word>')
words = [(*map(float, m[:4]), m[4]) for m in box.findall(open('words.html').read())]
words = [w for w in words if not re.match(r'(CT|VD)\d', w[4])]
assert len(words) > 150, len(words)
for i, a in enumerate(words):
    for b in words[:i]:
        wide = min(a[2], b[2]) - max(a[0], b[0])
        high = min(a[3], b[3]) - max(a[1], b[1])
        low = 0.4 * min(a[3] - a[1], b[3] - b[1]) # lines of one text come as close
        assert wide < 0.5 or high < low, (a, b)
END
    done
}

@test "the legend tells what is drawn, and nothing else" {
    run -0 geo-map zones.shp --where "status = 'operating'" --lang vi -o map.pdf
    pdftotext -layout map.pdf map.txt
    grep -q 'Khu công nghiệp, đang hoạt động' map.txt
    run ! grep -q 'Khu công nghiệp, quy hoạch' map.txt
}

@test "the legend of a layer drawn in part has every category of the layer" {
    python3 - >many.geojsonl <<'END'
import json
for i in range(60000):
    kind = 'rare' if i == 31000 else ('KCN', 'CCN')[i % 2]
    print(json.dumps({'type': 'Feature', 'properties': {'kind': kind},
                      'geometry': {'type': 'Point', 'coordinates': [105 + i % 300 / 300, 21 + i // 300 / 300]}}))
END
    geo-map many.geojsonl -o many.pdf
    pdftotext -layout many.pdf many.txt
    for word in 'Industrial zone' 'Industrial cluster' Rare; do grep -q "$word" many.txt; done
}

@test "names of many zones are spread over the map" {
    python3 - >many.geojsonl <<'END'
import json
for i in range(12500):
    x, y = 105 + i % 125 / 125, 21 + i // 125 / 100
    ring = [[x, y], [x + .001, y], [x + .001, y + .001], [x, y + .001], [x, y]]
    print(json.dumps({'type': 'Feature', 'properties': {'name': 'n%d' % i},
                      'geometry': {'type': 'Polygon', 'coordinates': [ring]}}))
END
    geo-map many.geojsonl -o many.pdf
    pdftotext many.pdf - | grep -oE '\bn[0-9]+' | tr -d n >names.txt
    for fifth in 0 1 2 3 4; do
        [ "$(awk -v f=$fifth 'int($1 / 2500) == f' names.txt | wc -l)" -ge 10 ]
    done
}

@test "the graticule near a pole is neither crowded nor without parallels" {
    place='{"type":"Feature","properties":{},"geometry":{"type":"Point","coordinates":[%s]}}\n'
    # shellcheck disable=SC2059 # a format of ours
    {
        { printf "$place" 10,89.2; printf "$place" 40,89.6; } >near.geojsonl
        { printf "$place" 0,88; printf "$place" 120,88; printf "$place" -120,88; } >round.geojsonl
    }
    for name in near round; do
        geo-map $name.geojsonl -o $name.pdf
        pdftotext $name.pdf $name.txt
        [ "$(grep -cE '°.*[EW]$' $name.txt)" -le 50 ]
        [ "$(grep -cE '^8[5-9]°.*N$' $name.txt)" -ge 2 ]
    done
}

@test "a legend in Arabic stands beside its swatch" {
    ring='[[105,21],[105.1,21],[105.1,21.1],[105,21.1],[105,21]]'
    for k in منطقة abc; do
        echo '{"type":"Feature","properties":{"k":"'$k'"},"geometry":{"type":"Polygon","coordinates":['$ring']}}'
    done >in.geojsonl
    geo-map in.geojsonl --by k -o out.pdf
    pdftotext -bbox out.pdf words.html
    python3 - <<'END'
import re
words = re.findall(r'xMin="([^"]+)".*>(.*)</word>', open('words.html', encoding='utf-8').read())
latin = [float(x) for x, word in words if word == 'Abc']
arabic = [float(x) for x, word in words if '\u0600' <= word[0] <= '\u06ff']
assert latin and arabic and abs(min(arabic) - latin[0]) < 1, words
END
}

@test "one point, the antimeridian, a pole, the whole world" {
    point='{"type":"Feature","properties":{"name":"%s"},"geometry":{"type":"Point","coordinates":[%s]}}\n'
    # shellcheck disable=SC2059 # a format of ours
    {
        printf "$point" A 105.6,21.3 > point.geojsonl
        { printf "$point" A 179.9,-17; printf "$point" B -179.9,-17.1; } > across.geojsonl
        { printf "$point" A 0,89; printf "$point" B 120,88; printf "$point" C -120,88; } > pole.geojsonl
        { printf "$point" A -170,-80; printf "$point" B 170,80; printf "$point" C 0,0; } > world.geojsonl
    }
    for name in point across pole world; do
        run -0 geo-map "$name.geojsonl" -o "$name.pdf"
        pdftotext -layout "$name.pdf" "$name.txt"
        grep -qw A "$name.txt"
    done
    grep -q '180°00′' across.txt
    grep -q 'polar stereographic' pole.txt
    grep -q 'Mercator' world.txt
    grep -q 'true along latitude' world.txt
    run ! grep -q 'true along latitude' point.txt
}

@test "hostile names are text, and at most a line or two of it" {
    python3 - <<'END'
import json
long = 'dài ' * 2500
names = [long, 'x' * 10000, '<script>alert(1)</script>', '</text>&amp;"\'', '\u202eهذا نص\u202c',
         '😀👩‍👩‍👧', '%s%n%d', 'a\nb\tc\x01\x7f', '', '   ', '\u0301' * 5000, '\ufffe\uffff\ufdd0']
json.dump({'type': 'FeatureCollection', 'features': [
    {'type': 'Feature', 'properties': {'name': name},
     'geometry': {'type': 'Point', 'coordinates': [105 + k % 4, 20 + k // 4]}}
    for k, name in enumerate(names)]}, open('hostile.geojson', 'w'))
END
    for kind in svg pdf png; do
        run -0 geo-map hostile.geojson --title "$(head -c 8000 /dev/zero | tr '\0' y)" -o "map.$kind"
        [ "$(stat -c %s "map.$kind")" -lt 4000000 ]
    done
    xmllint --noout map.svg
    pdftotext -layout map.pdf map.txt
    grep -q '%s%n%d' map.txt
}

@test "sizes and resolutions that cannot be: 2, and no file" {
    for size in A5 10x10 1600 1600x 1600x1000x2 99999x99999 -5x500; do
        run -2 --separate-stderr map --size="$size" -o map.png
        [[ "${stderr_lines[0]}" == *--size* ]]
    done
    run -2 --separate-stderr map --dpi 5000 -o map.png
    [[ "${stderr_lines[0]}" == *--dpi* ]]
    run -2 --separate-stderr map --dpi 300 -o map.pdf
    [[ "${stderr_lines[0]}" == *--dpi* ]]
    run -2 --separate-stderr map --size 20000x20000 -o map.png
    [[ "${stderr_lines[0]}" == *pixels* ]]
    run -2 map --size A4x3 -o map.svg
    [ -z "$(find . -name 'map.*')" ]
}

@test "an existing file, an unwritable folder, a full disk leave nothing behind" {
    for kind in svg pdf png; do
        echo keep > "map.$kind"
        run -2 map -o "map.$kind"
        [ "$(cat "map.$kind")" = keep ]
        run -6 map -o "/nonexistent/map.$kind"
        ln -s /dev/full "full.$kind"
        run -6 --separate-stderr map -o "full.$kind"
        [[ "$stderr" == *"No space left"* ]]
    done
    [ -z "$(find . -name '*.part')" ]
}
