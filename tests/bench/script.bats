#!/usr/bin/env bats
# What scripts/bench does before and after it measures. Nothing here is timed.
# shellcheck disable=SC2030,SC2031 # each test sets its own
bats_require_minimum_version 1.5.0

setup() {
  cd "$BATS_TEST_TMPDIR" || exit 1
  bench="$SOURCE/scripts/bench"
  parts="$SOURCE/tests/bench"
}

# refused MESSAGE WORD...: scripts/bench WORD... says MESSAGE in one line and ends with 2.
refused() {
  run -2 --separate-stderr "$bench" "${@:2}"
  [ -z "$output" ]
  [ "$stderr" = "bench: $1 (see scripts/bench --help)" ]
}

@test "--help says what there is and measures nothing" {
  run -0 --separate-stderr "$bench" --help
  [ -z "$stderr" ]
  [ "${lines[0]}" = "usage: scripts/bench [WHAT...] [OPTION...]" ]
  for word in kernels tools peers counts all --features --peers --quick --large --update --csv --json; do
    grep -q -- "^  $word " <<<"$output"
  done
}

@test "wrong words are refused before anything is built" {
  refused "unknown option '--slow'" --slow
  refused "'lakes' is none of kernels, tools, peers, counts, all" kernels lakes
  refused "--features needs a value" --quick --features
  for n in many 0 999 1e6 -5 10000001 99999999999999999999; do
    refused "--features: '$n' is not in 1000 to 10000000" --quick --features "$n"
  done
  refused "--update goes with counts" tools --update
  refused "--csv and --json go with kernels, tools, peers" counts --csv x.csv
}

@test "scripts/setup refuses a kind that is none" {
  run -2 "$SOURCE/scripts/setup" lunch
  [ "$output" = "setup: 'lunch' is none of test, bench, peers" ]
}

# The ratio is the peer's over ours, compared as a number: 8.09 does not reach 10, 100 reaches 25.
@test "rows: ratios, targets, CSV and JSON" {
  # shellcheck source=tests/bench/timing.bash
  . "$parts/timing.bash"
  results=results.tsv
  {
    row tools far s 2 16.18 ">= 10"
    row tools near s 0.5 50 ">= 25"
    row tools just s 4 4.4 ">= 1.1" 5 2.5
    row kernels alone ms 3 ""
  } 2>said
  run -0 cut -f 2-9 results.tsv
  diff <(printf '%s\n' "$output") - <<'T'
far	s	2	16.18	8.09		>= 10	no
near	s	0.5	50	100		>= 25	yes
just	s	4	4.4	1.1	0.5	>= 1.1	yes
alone	ms	3					
T
  python3 "$parts/table.py" results.tsv out.csv out.json
  [ "$(sed -n 3p out.csv)" = "tools,near,s,0.5,50,100,,>= 25,yes" ]
  jq -e '.[3] == {part: "kernels", job: "alone", unit: "ms", ours: 3, peer: null, ratio: null,
                  cpu_ratio: null, to_reach: null, reached: null}' out.json
}

@test "medians are those of odd and even numbers of runs" {
  # shellcheck source=tests/bench/timing.bash
  . "$parts/timing.bash"
  times=.
  printf '%s\n' 3 1 10 2 9 >odd
  printf '%s\n' 3 1 10 2 >even
  [ "$(median odd)" = 3 ]
  [ "$(median even)" = 2.5 ]
}

@test "a run is timed on the clock and on the processors; one that fails ends the program" {
  # shellcheck source=tests/bench/timing.bash
  . "$parts/timing.bash"
  set -o pipefail # as scripts/bench has it
  times=. out=out log=log
  timed idle 'sleep 0.1 | cat'
  run -0 cat idle idle.cpu
  awk '{ if ($1 < (NR == 1 ? 0.1 : 0)) exit 1 } END { exit NR != 2 }' <<<"$output"
  run -1 timed broken 'echo why; false | cat'
  [ "${lines[0]}" = why ]
  [ "${lines[1]}" = "bench: echo why; false | cat failed" ]
}

@test "results that differ are not measured: a value, a position, a feature" {
  head='{"type":"Feature","properties":{"id":1,"name":"a","m":100.0},"geometry":{"type":"Point","coordinates":[1'
  echo "$head.0,2.0]}}" >ours
  for peer in "$head.0000001,2.0]}}" "${head/100.0/100.05}.0,2.0]}}"; do
    echo "$peer" >peer
    run -0 python3 "$parts/agree.py" ours peer --id id --positions 2e-7 name m=m:1e-3
  done
  for peer in "$head.000001,2.0]}}" "${head/100.0/100.2}.0,2.0]}}" "${head/\"a\"/\"b\"}.0,2.0]}}" \
    "${head/\"id\":1/\"id\":2}.0,2.0]}}" ""; do
    echo "$peer" >peer
    run -1 python3 "$parts/agree.py" ours peer --id id --positions 2e-7 name m=m:1e-3
  done
}
