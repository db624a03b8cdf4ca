#!/usr/bin/env bats
# One polygon of 1.4 million vertices through the tools, in less than 1 GB.
bats_require_minimum_version 1.5.0

setup_file() {
  export PATH="$BIN:$PATH"
  cd "$BATS_FILE_TMPDIR" || exit 1
  # A circle whose radius wavers; the second one touches itself in a vertex 1,000 times.
  for pinches in 0 1000; do
    awk -v pinches=$pinches 'BEGIN {
      n = 1400000; pi = atan2(0, -1)
      printf "{\"type\":\"Feature\",\"properties\":{\"id\":%d},\"geometry\":{\"type\":\"Polygon\",\"coordinates\":[[", pinches
      for (i = 0; i <= n; i++) {
        a = 2 * pi * (i % n) / n; r = 10 + 0.1 * sin(a * 1000)
        if (pinches && i % (n / pinches) == 700)
          printf ",[%.9f,%.9f],[%.9f,%.9f],[%.9f,%.9f],[%.9f,%.9f]", x, y, 100 + (r + 1) * cos(a - 1e-4), 20 + (r + 1) * sin(a - 1e-4), 100 + (r + 1) * cos(a + 1e-4), 20 + (r + 1) * sin(a + 1e-4), x, y
        x = 100 + r * cos(a); y = 20 + r * sin(a)
        printf "%s[%.9f,%.9f]", i ? "," : "", x, y
      }
      print "]]}}"
    }' > "p$pinches.geojsonl"
  done
}

setup() {
  cd "$BATS_FILE_TMPDIR" || exit 1
}

# Runs a tool and holds the most memory it had against 1 GB; instrumented builds take more.
within_memory() { # COMMAND...
  python3 - "$@" << 'EOF'
import os, resource, subprocess, sys
done = subprocess.run(sys.argv[1:])
used = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1e6
most = 1 if not os.environ.get("GEO_SANITIZE") else 8
sys.exit(done.returncode or (f"{used:.2f} GB" if used > most else 0))
EOF
}

@test "1.4 million vertices pass through every tool in less than 1 GB" {
  for p in p0 p1000; do
    within_memory geo-info "$p.geojsonl" > info.txt
    within_memory geo-export "$p.geojsonl" -o "$p.export.geojson"
    within_memory geo-area "$p.geojsonl" -o "$p.area.geojsonl"
    within_memory geo-near "$p.geojsonl" -c "$SOURCE/data/corridors.shp" -o "$p.near.geojsonl"
    within_memory geo area "$p.geojsonl" ! near -c "$SOURCE/data/corridors.shp" -o "$p.both.geojsonl"
    grep -q '14[0-9]* vertices' info.txt
  done
}

@test "what touches itself is cut there and keeps its area" {
  run --separate-stderr geo-area p1000.geojsonl -o mended.geojsonl
  [ "$status" = 0 ]
  [[ "$stderr" == *'polygon touches itself: mended'* ]]
  run -0 jq '.geometry.coordinates | length' mended.geojsonl
  [ "$output" = 1001 ]
  run --separate-stderr geo-area p0.geojsonl -o plain.geojsonl
  [[ "$stderr" != *mended* ]]
  # a thousand triangles of 1 degree by 2.2e-3 were added outside
  paste <(jq .properties.area_ha plain.geojsonl) <(jq .properties.area_ha mended.geojsonl) |
    awk '{ exit !($2 > $1 * 1.0005 && $2 < $1 * 1.005) }'
}
