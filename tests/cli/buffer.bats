#!/usr/bin/env bats
# Buffers of many features: progress, threads, interrupts.
load kit
setup() { kit_setup; }

# crowd N: N lines of 20 km, one a feature, so close together that every union has work to do.
crowd() {
    seq "$1" | awk '{ x = 105 + $1 % 100 / 50; y = 20 + int($1 / 100) / 50
        printf "{\"type\":\"Feature\",\"properties\":{},\"geometry\":{\"type\":\"LineString\",\"coordinates\":[[%.4f,%.4f],[%.4f,%.4f],[%.4f,%.4f]]}}\n", x, y, x + 0.1, y + 0.05, x, y + 0.15 }'
}

@test "the same bytes with any number of threads" {
    crowd 300 >crowd.geojsonl
    for n in 1 2 7; do
        geo-buffer crowd.geojsonl -d 300m,2km --threads $n -o $n.geojson
    done
    cmp 1.geojson 2.geojson
    cmp 1.geojson 7.geojson
}

@test "progress grows up to the number of features" {
    crowd 300 >crowd.geojsonl
    run -0 --separate-stderr geo-buffer crowd.geojsonl -d 300m,2km --progress json -o out.geojson
    jq -se '[.[] | select(.total == 300) | .done] | length > 2 and . == sort and .[-1] == 300' <<<"$stderr"
}

@test "an interrupt ends it at once and leaves nothing behind" {
    crowd 20000 >crowd.geojsonl
    ls -A >"$BATS_TEST_TMPDIR/before"
    run -0 python3 - <<'P'
import signal, subprocess, sys, time
tool = subprocess.Popen(['geo-buffer', 'crowd.geojsonl', '-d', '5km', '--max-deviation', '1mm', '--progress', 'json', '-o', 'out.geojson'],
                        stderr=subprocess.PIPE, preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
assert any(b'"total": 20000' in line for line in tool.stderr)  # it is drawing
tool.send_signal(signal.SIGINT)
sys.exit(0 if tool.wait(2) == -signal.SIGINT else 'ended with %r' % tool.returncode)
P
    diff "$BATS_TEST_TMPDIR/before" <(ls -A)
}

@test "negative distances leave the land of polygons so far from their boundary" {
    run -0 bash -o pipefail -c "geo-buffer zones.shp -d -100m | jq -c '.properties | [.from_m, .to_m]'"
    [ "$output" = '[null,-100]' ]
    run -0 bash -o pipefail -c "geo-buffer zones.shp --distance=-100m,-50.5m,0m,500m | jq -c '.properties | [.from_m, .to_m]'"
    [ "$output" = $'[null,-100]\n[-100,-50.5]\n[-50.5,0]\n[0,500]' ]
    run -0 bash -o pipefail -c "geo-buffer zones.shp -d -100m,0m,500m --full | jq -c '.properties | [.from_m, .to_m]'"
    [ "$output" = $'[null,-100]\n[null,0]\n[0,500]' ]
    # rings add up to the land, and to the land with the strip round it
    land=$(geo-buffer zones.shp -d -100m,-50m,0m | jq -s 'map(.properties.area_ha) | add')
    all=$(geo-area zones.shp --dissolve --summary --by kind -f json | jq '.[-1].ha')
    wide=$(geo-buffer zones.shp -d 500m | jq .properties.area_ha)
    strip=$(geo-buffer zones.shp -d -100m,0m,500m | jq -s 'map(.properties.area_ha) | add')
    awk -v l="$land" -v a="$all" -v w="$wide" -v s="$strip" 'BEGIN { exit !((l - a) ^ 2 < 0.25 && (w - s) ^ 2 < 0.01 && w > a + 1000) }'
    [ "$(geo-buffer zones.shp -d -100m,0m --separate | wc -l)" = 42 ]
}

@test "where nothing is left a note says so: 0" {
    run -0 --separate-stderr geo-buffer zones.shp -d -5km,-4km,1km -f csv
    [ "$stderr" = $'geo-buffer: nothing is left of the features at -5000 m\ngeo-buffer: nothing is left of the features at -4000 m' ]
    [[ ${lines[1]} == ',-5000,0,'* ]]
    [[ ${lines[2]} == '-5000,-4000,0,'* ]]
    run -0 --separate-stderr geo-buffer corridors.shp -d -10m -q
    [ -z "$stderr" ]
    run -0 --separate-stderr geo-buffer zones.shp -d -5km --separate
    [ "${#lines[@]}" = 21 ]
    [[ $stderr == *'21 features: nothing is left of it'* ]]
}

@test "distances that no buffer has are refused: 2" {
    run -2 --separate-stderr geo-buffer zones.shp -d -5cm
    [[ $stderr == *'-0.05 m is nearer to 0 than 0.1 m'* ]]
    run -2 --separate-stderr geo-buffer zones.shp -d -1km,-2km
    [[ $stderr == *'name them growing'* ]]
    run -2 --separate-stderr geo-buffer zones.shp -d -1m --max-deviation 1m
    [[ $stderr == *'not less than the distance -1 m'* ]]
    run -2 --separate-stderr geo-buffer zones.shp -d -2000km
    [ -z "$output" ]
}
