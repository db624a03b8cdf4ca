# shellcheck shell=bash disable=SC2154,SC2034 # as timing.bash
# Instructions by callgrind: the same number each time, whatever else the machine does. They depend on
# the compiler and on what the processor's libraries choose, so they compare on like machines only.

# counted KERNEL LINES: "unit instructions-a-unit".
counted() {
  valgrind --tool=callgrind --collect-atstart=no --toggle-collect=bench_counted \
    --callgrind-out-file=/dev/null bench-counts "$1" "$2" >"$place/count" 2>"$log" ||
    fail "callgrind of $1"
  sed -n 's/.*Collected : //p' "$log" |
    awk 'NR == FNR { unit = $1; n = $2; next } { printf "%s %.1f\n", unit, $1 / n }' "$place/count" -
}

# figure KERNEL RELEASE...: what the table has for it in the last of these releases, "" if nothing.
figure() {
  awk -F , -v kernel="$1" -v test="$2" -v release="$3" \
    'NR > 1 && $2 == kernel && (test == "is") == ($1 == release) { last = $4 } END { print last }' "$table"
}

change() {
  [ -z "$1" ] || awk -v last="$1" -v now="$2" 'BEGIN { printf "%+.1f %%", 100 * (now / last - 1) }'
}

measure_counts() {
  local table=tests/bench/counts.csv lines=$place/counts.geojsonl
  local version compiler kernel unit now kept last
  version=$(geo-info --version | awk 'NR == 1 { print $2 }')
  compiler=$(sed -n 's/^CMAKE_C_COMPILER:[A-Z]*=//p' build/release/CMakeCache.txt)
  compiler=$(basename "$compiler" | sed 's/^cc$/gcc/')-$("$compiler" -dumpfullversion)
  workload "$lines" zones 2000
  {
    echo "release,kernel,unit,instructions,compiler"
    awk -F , -v v="$version" 'NR > 1 && $1 != v' "$table"
  } >"$place/counts.csv"
  printf '%-16s %-8s %12s %12s %9s %12s %9s\n' kernel unit now "kept $version" change "last release" change
  for kernel in $(bench-counts); do
    read -r unit now < <(counted "$kernel" "$lines")
    kept=$(figure "$kernel" is "$version") last=$(figure "$kernel" "is not" "$version")
    printf '%-16s %-8s %12s %12s %9s %12s %9s\n' "$kernel" "$unit" "$now" "$kept" \
      "$(change "$kept" "$now")" "$last" "$(change "$last" "$now")"
    echo "$version,$kernel,$unit,$now,$compiler" >>"$place/counts.csv"
  done
  echo "instructions a unit; $compiler"
  [ -z "$update" ] || mv "$place/counts.csv" "$table"
}
