#!/usr/bin/env bats
# Malformed GeoJSON, byte for byte, through the tools: it is refused with its place and status 3, or
# a feature is skipped and counted, with status 7; nothing is written where it is refused.
load kit
setup() {
    kit_setup
    near="geo-near -c corridors.shp"
    # Every byte is tried without sanitizers; their programs are slow to start, thousands of times.
    case ${GEO_SANITIZE:-} in
        thread) stride=19 ;;
        address*) stride=3 ;;
        *) stride=1 ;;
    esac
}

# runs_as STATUSES PATTERN TOOL FILE: from the file and from standard input, the tool ends with one
# of the statuses (3|7), says what the pattern says, and leaves an output only if it is whole.
runs_as() {
    local statuses=$1 pattern=$2 tool=$3 file=$4 from out
    for from in "$file" -; do
        out=out.geojsonl
        rm -rf out.geojsonl
        [ "$tool" != geo-info ] || out=''
        # shellcheck disable=SC2086 # a tool with its options, an output or none
        run $tool "$from" ${out:+-o $out} <"$file"
        if [[ ! $status =~ ^($statuses)$ || ! $output =~ $pattern ]]; then
            printf '%s %s < %s ended with %s:\n%s\n' "$tool" "$from" "$file" "$status" "$output"
            return 1
        fi
        if [ "$status" -eq 3 ]; then
            [ ! -e out.geojsonl ]
        elif [ -n "$out" ]; then
            [ "$(tail -c 1 out.geojsonl | od -An -tx1)" = " 0a" ]
        fi
        [ -z "$(find . -maxdepth 1 -name '.out.*')" ]
    done
}

# each_tool STATUSES PATTERN FILE
each_tool() {
    local tool
    for tool in geo-export geo-area "$near" geo-info; do
        runs_as "$1" "$2" "$tool" "$3"
    done
}

place='(bad\.geojsonl?|-):[0-9]+:[0-9]+: '

# A feature a line, from its properties and its coordinates as a Polygon's.
feature() {
    printf '{"type":"Feature","properties":%s,"geometry":{"type":"Polygon","coordinates":%s}}\n' \
        "$1" "$2"
}
ring='[[[105,21],[105.01,21],[105,21.01],[105,21]]]'

@test "lines cut anywhere: 3 with the place, or whole" {
    { feature '{"a":"ệ"}' "$ring" && feature '{"a":[1.5,true]}' "$ring"; } >whole.geojsonl
    local first
    first=$(head -n 1 whole.geojsonl | wc -c)
    size=$(wc -c <whole.geojsonl)
    for n in $(seq 1 $stride $((size - 1))) $((first - 1)) "$first" $((size - 1)); do
        head -c "$n" whole.geojsonl >bad.geojsonl
        tools=(geo-export geo-area "$near" geo-info)
        tool=${tools[n % 4]}
        if [ "$n" -eq "$first" ] || [ "$n" -eq $((first - 1)) ] || [ "$n" -eq $((size - 1)) ]; then
            runs_as 0 '' "$tool" bad.geojsonl
        else
            runs_as 3 "$place" "$tool" bad.geojsonl
        fi
    done
}

@test "a stream of ours cut anywhere: 3, and no output" {
    { feature '{"a":"x"}' "$ring" && feature '{"a":1}' "$ring"; } | geo-export - >whole.geojsonl
    size=$(wc -c <whole.geojsonl)
    for n in $(seq 1 $((stride > 3 ? stride : 3)) $((size - 1))) $((size - 1)); do
        run -3 geo-area - -o out.geojsonl < <(head -c "$n" whole.geojsonl)
        [ ! -e out.geojsonl ]
        [[ $output =~ "the tool before this one failed"|"the tool that wrote it failed"|$place ]]
    done
}

@test "far behind the first lines the place is right, in any number of threads" {
    for n in {1..3000}; do feature "{\"n\":$n}" "$ring"; done >good.geojsonl
    { cat good.geojsonl && printf '{"type":"Feature","properties":{"ệ":tru}}\n' && cat good.geojsonl; } >bad.geojsonl
    for threads in 1 2 5; do
        run -3 geo-area --threads $threads bad.geojsonl -o out.gpkg
        [[ $output == *"bad.geojsonl:3001:39: not JSON"* ]]
        [ ! -e out.gpkg ]
        run -3 geo-export --threads $threads bad.geojsonl -o out.geojson
        [[ $output == *"bad.geojsonl:3001:39: not JSON"* ]]
        [ ! -e out.geojson ]
    done
}

@test "the same bytes in any number of threads, with columns that come late" {
    for n in {1..3000}; do
        case $n in
            1500) feature '{"late":"x","n":0.5}' "$ring" ;;
            2900) feature '{"later":{"a":[]}}' '[[[105,21],[105.01,21],[105,21.01,3],[105,21]]]' ;;
            *) feature "{\"n\":$n}" "$ring" ;;
        esac
    done >in.geojsonl
    for format in geojsonl csv; do
        geo-area --threads 1 in.geojsonl -f $format >one
        for threads in 2 3 7; do
            geo-area --threads $threads in.geojsonl -f $format | cmp - one
        done
        grep -c late one
    done
}

@test "brackets that do not pair: 3 with the place" {
    for text in '{' '[' '}' ']' '{"type":"Feature"' '{"type":"Feature"}}' '{"type":"Feature"]' \
        '{"type":"Point","coordinates":[105,21}' '{"type":"Point","coordinates":[105,21]]}' \
        '{"type":"FeatureCollection","features":[' '{"type":"FeatureCollection","features":[}' \
        '{"type":"FeatureCollection","features":[]]}' '{"type":"Feature","properties":{"a":[}}' \
        '{"type":"Feature","properties":{"a":"}'; do
        printf '%s\n' "$text" >bad.geojsonl
        each_tool 3 "$place" bad.geojsonl
        { feature '{}' "$ring" && printf '%s\n' "$text" && feature '{}' "$ring"; } >bad.geojsonl
        runs_as 3 "$place" geo-area bad.geojsonl
    done
}

@test "text that is not UTF-8: 3 with the place" {
    for bytes in '\xff' '\x80' '\xc3' '\xc0\xaf' '\xed\xa0\x80' '\xf4\x90\x80\x80' '\xe1\xbb' \
        '\xf0\x9f\x98'; do
        printf '{"type":"Feature","properties":{"a":"x%b"},"geometry":null}\n' "$bytes" >bad.geojsonl
        each_tool 3 "$place" bad.geojsonl
        printf '{"type":"Feature","properties":{"x%b":1},"geometry":null}\n' "$bytes" >bad.geojsonl
        runs_as 3 "$place" geo-area bad.geojsonl
    done
}

@test "a coordinate beyond all numbers: the feature is skipped, 7" {
    { feature '{}' "$ring" && feature '{}' '[[[1e999,21],[105,21],[105,22],[1e999,21]]]' &&
        feature '{}' '[[[105,-1e999],[105,21],[106,22],[105,21]]]'; } >bad.geojsonl
    for tool in geo-export geo-area "$near"; do
        runs_as 7 '2 features skipped' "$tool" bad.geojsonl
    done
    runs_as '0|7' 'too large' geo-info bad.geojsonl
}

@test "a number that is none of JSON's: 3 with the place" {
    for number in NaN -Infinity 0x10 01 1. .5 +1 1e 1e+ - '1_000' '1,5'; do
        feature '{}' "[[[$number,21],[105.01,21],[105,21.01],[105,21]]]" >bad.geojsonl
        case $number in
            '1,5') each_tool '0|7' '' bad.geojsonl ;; # a position with a height
            *) each_tool 3 "$place" bad.geojsonl ;;
        esac
    done
}

@test "values 10,000 deep: whole, skipped, or 3 with the place" {
    deep() { printf "%0$2d" 0 | sed "s/0/$1/g"; }
    local open close
    open=$(deep '[' 10000) close=$(deep ']' 10000)
    printf '{"type":"Feature","properties":{"a":%s1%s},"geometry":null}\n' "$open" "$close" >bad.geojsonl
    each_tool 0 '' bad.geojsonl
    printf '{"type":"Polygon","coordinates":%s1%s}\n' "$open" "$close" >bad.geojsonl
    for tool in geo-export geo-area "$near"; do
        runs_as 7 '1 feature skipped' "$tool" bad.geojsonl
    done
    printf '{"type":"Feature","properties":{"a":%s}' "$open" >bad.geojsonl
    each_tool 3 "$place" bad.geojsonl
    printf '%s' "$(deep '{"a":' 10000)" >bad.geojsonl
    each_tool 3 "$place" bad.geojsonl
    open=$(deep '{"type":"GeometryCollection","geometries":[' 10000) close=$(deep ']}' 10000)
    printf '%s%s\n' "$open" "$close" >bad.geojsonl
    for tool in geo-export geo-area "$near"; do
        runs_as 7 '1 feature skipped' "$tool" bad.geojsonl
    done
}

# 100 MB each; awk writes them without holding them.
@test "a line of 100 MB, one text: read whole" {
    {
        feature '{"a":1}' "$ring" && printf '{"type":"Feature","properties":{"a":"'
        head -c 100000000 /dev/zero | tr '\0' x
        printf '"},"geometry":null}\n' && feature '{"a":2}' "$ring"
    } >long.geojsonl
    run -0 geo-export long.geojsonl -o out.geojsonl
    [ "$(wc -l <out.geojsonl)" -eq 3 ]
    [ "$(wc -c <out.geojsonl)" -gt 100000000 ]
    head -c 90000000 long.geojsonl >bad.geojsonl
    runs_as 3 '(bad.geojsonl|-):2:[0-9]{8}: ' geo-area bad.geojsonl
}

@test "a line of 100 MB, one array of coordinates: read whole" {
    {
        feature '{}' "$ring" && printf '{"type":"LineString","coordinates":[[105,21]'
        yes ',[105.123,21.456],[105.124,21.456]' | tr -d '\n' | head -c 102000000
        printf ']}\n' && feature '{}' "$ring"
    } >long.geojsonl
    run -0 geo-export - -o out.geojsonl <long.geojsonl
    [ "$(wc -l <out.geojsonl)" -eq 3 ]
    head -c 90000000 long.geojsonl >bad.geojsonl
    runs_as 3 '(bad.geojsonl|-):2:[0-9]{8}: ' geo-area bad.geojsonl
}
