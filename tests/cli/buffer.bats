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
assert b'"total": 20000' in tool.stderr.readline()  # it is drawing
tool.send_signal(signal.SIGINT)
sys.exit(0 if tool.wait(2) == -signal.SIGINT else 'ended with %r' % tool.returncode)
P
    diff "$BATS_TEST_TMPDIR/before" <(ls -A)
}
