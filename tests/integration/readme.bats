#!/usr/bin/env bats
# The README tells the truth: its pipeline and its chain give the tables they show.
bats_require_minimum_version 1.5.0

@test "the pipeline of the README gives its table" {
  PATH="$BIN:$PATH"
  cp "$SOURCE"/data/* "$BATS_TEST_TMPDIR/" 2>/dev/null || true
  cd "$BATS_TEST_TMPDIR"
  sed -n '/^    cd data$/,/^$/p' "$SOURCE/README.md" | grep -v 'cd data' >pipeline.sh
  grep -q 'geo-near - -c corridors.shp' pipeline.sh
  bash -e -o pipefail pipeline.sh
  awk -F , 'NR > 1 { printf "| %s | %.2f | %s | %.1f | %.3f |\n", $1, $2, $3, $4, $5 }' near.csv >now
  sed -n '/<!-- pipeline -->/,/<!-- end -->/p' "$SOURCE/README.md" | grep '^| KCN' >shown
  [ "$(wc -l <shown)" = 10 ]
  diff shown now
}

@test "the chain of the README gives its table" {
  PATH="$BIN:$PATH"
  cd "$SOURCE/data"
  sed -n 's/^    \(geo near .* -f text\)$/\1/p' "$SOURCE/README.md" >"$BATS_TEST_TMPDIR/chain.sh"
  bash -e "$BATS_TEST_TMPDIR/chain.sh" >"$BATS_TEST_TMPDIR/now"
  sed -n '/<!-- chain -->/,/<!-- end -->/s/^    //p' "$SOURCE/README.md" >"$BATS_TEST_TMPDIR/shown"
  [ "$(wc -l <"$BATS_TEST_TMPDIR/shown")" = 6 ]
  diff "$BATS_TEST_TMPDIR/shown" "$BATS_TEST_TMPDIR/now"
}

@test "the bands of the README give their table" {
  PATH="$BIN:$PATH"
  cd "$SOURCE/data"
  sed -n 's/^    \(geo-bands .* -f text\)$/\1/p' "$SOURCE/README.md" >"$BATS_TEST_TMPDIR/bands.sh"
  bash -e "$BATS_TEST_TMPDIR/bands.sh" >"$BATS_TEST_TMPDIR/now"
  sed -n '/<!-- bands -->/,/<!-- end -->/s/^    //p' "$SOURCE/README.md" >"$BATS_TEST_TMPDIR/shown"
  [ "$(wc -l <"$BATS_TEST_TMPDIR/shown")" = 6 ]
  diff "$BATS_TEST_TMPDIR/shown" "$BATS_TEST_TMPDIR/now"
}

@test "the rules of the README give its table" {
  PATH="$BIN:$PATH"
  cp "$SOURCE"/data/* "$BATS_TEST_TMPDIR/" 2>/dev/null || true
  cd "$BATS_TEST_TMPDIR"
  sed -n 's/^    \(geo-check .* -o checked.geojson\)$/\1/p' "$SOURCE/README.md" >check.sh
  run -1 bash -c '. ./check.sh 2>now'
  sed -n '/<!-- check -->/,/<!-- end -->/s/^    //p' "$SOURCE/README.md" >shown
  [ "$(wc -l <shown)" = 10 ]
  diff shown now
}

@test "the plan of the README gives its table" {
  PATH="$BIN:$PATH"
  cd "$SOURCE/data"
  sed -n 's/^    \(geo-plan .* -f text\)$/\1/p' "$SOURCE/README.md" >"$BATS_TEST_TMPDIR/plan.sh"
  run -1 --separate-stderr bash -e "$BATS_TEST_TMPDIR/plan.sh"
  sed -n '/<!-- plan -->/,/<!-- end -->/s/^    //p' "$SOURCE/README.md" >"$BATS_TEST_TMPDIR/shown"
  [ "$(wc -l <"$BATS_TEST_TMPDIR/shown")" = 9 ]
  diff "$BATS_TEST_TMPDIR/shown" <(printf '%s\n' "$output")
  [[ $stderr == *"17 different bases"* && $stderr == *"1 of 1 features" ]]
}

@test "the map of the README is drawn, and its picture is there" {
  PATH="$BIN:$PATH"
  cp "$SOURCE"/data/* "$BATS_TEST_TMPDIR/" 2>/dev/null || true
  cd "$BATS_TEST_TMPDIR"
  sed -n 's/^    \(geo-map .* -o report.html\)$/\1/p' "$SOURCE/README.md" >map.sh
  [ "$(wc -l <map.sh)" = 1 ]
  bash -e map.sh
  [ "$(grep -c 'id="data"' report.html)" = 1 ]
  picture=$(sed -n 's/^!\[.*\](\(docs\/report.png\))$/\1/p' "$SOURCE/README.md")
  [ "$(stat -c %s "$SOURCE/$picture")" -lt 300000 ]
}
