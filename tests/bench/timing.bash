# shellcheck shell=bash disable=SC2154 # scripts/bench, which reads this, sets the variables
# How scripts/bench runs, times and reports.

say() {
  echo "bench: $*" >&2
}

# fail WHAT: shows what the last command said and ends.
fail() {
  tail -n 20 "$log" >&2
  echo "bench: $1 failed" >&2
  exit 1
}

# At the end, also an early one: nothing that runs or is large stays. peers.bash sets the others.
finish() {
  stop_server
  rm -rf "$out" ${private:+"$private"}
}

# workload FILE KIND [N]: makes FILE, unless a newer one than the generator is there.
workload() {
  local file=$1 stem=${1%.shp} extension
  [ "$file" -nt "$own/bench-workload" ] && return
  say "making ${file#"$PWD"/}"
  rm -f "$file"
  bench-workload "$2" "$stem.new" "${@:3}" >"$log" 2>&1 || fail "bench-workload $2"
  if [ "$stem" = "$file" ]; then
    mv "$stem.new" "$file"
    return
  fi
  for extension in prj dbf shx shp; do
    mv "$stem.new.$extension" "$stem.$extension"
  done
}

# timed NAME COMMAND: runs it in this shell, what it says in the log, the outputs of the last one
# removed before; adds its seconds to $times/NAME, those of all processors to $times/NAME.cpu.
timed() {
  local from to TIMEFORMAT='%U %S'
  rm -rf "$out"
  mkdir -p "$out"
  from=${EPOCHREALTIME/./}
  { time eval "$2" >"$log" 2>&1 </dev/null; } 2>"$times/cpu" || fail "$2"
  to=${EPOCHREALTIME/./}
  echo $((to - from)) | awk '{ print $1 / 1e6 }' >>"$times/$1"
  awk '{ print $1 + $2 }' "$times/cpu" >>"$times/$1.cpu"
}

# take_turns: runs the commands of the array `ours` once to warm up; then all of `ours` and `peers`
# in turn, the peers peer_rounds times, ours `rounds` times. times is where the seconds are.
take_turns() {
  local name round
  times=$place/times
  rm -rf "$times"
  mkdir "$times"
  for name in "${!ours[@]}"; do
    timed warm-up "${ours[$name]}"
  done
  for ((round = 1; round <= rounds; round++)); do
    say "round $round of $rounds"
    for name in "${!ours[@]}"; do
      timed "$name" "${ours[$name]}"
    done
    [ "$round" -le "$peer_rounds" ] || continue
    for name in "${!peers[@]}"; do
      timed "$name" "${peers[$name]}"
    done
  done
}

# median NAME: of the seconds that NAME took.
median() {
  sort -g "$times/$1" | awk '{ t[NR] = $1 } END { print (t[int((NR + 1) / 2)] + t[int(NR / 2) + 1]) / 2 }'
}

# row PART JOB UNIT OURS PEER [MUST [OUR_CPU PEER_CPU]]: adds a result; ratios are the peer's over ours.
row() {
  awk -v OFS='\t' -v part="$1" -v job="$2" -v unit="$3" -v ours="$4" -v peer="$5" -v must="${6:-}" \
    -v our_cpu="${7:-}" -v peer_cpu="${8:-}" 'BEGIN {
      ratio = peer == "" ? "" : sprintf("%.3g", peer / ours)
      cpu = our_cpu == "" ? "" : sprintf("%.3g", peer_cpu / our_cpu)
      met = must == "" ? "" : peer / ours >= substr(must, 4) + 0 ? "yes" : "no"
      print part, job, unit, sprintf("%.4g", ours), peer == "" ? "" : sprintf("%.4g", peer), ratio, cpu, must, met
    }' >>"$results"
  tail -n 1 "$results" | tr '\t' ' ' >&2
}

# race PART JOB OURS PEER [MUST]: the row of two names that timed() knows.
race() {
  row "$1" "$2" s "$(median "$3")" "$(median "$4")" "${5:-}" "$(median "$3.cpu")" "$(median "$4.cpu")"
}

print_results() {
  [ -s "$results" ] || return 0
  cat <<T
$(geo-info --version | tr '\n' ' ')
$(nproc) processors,$(sed -n 's/^model name.*:/ /p;' /proc/cpuinfo | head -n 1); $features parcels, $zones zones
load before $load, after $(cut -d ' ' -f 1-3 /proc/loadavg): where others run, tools that use all processors lose more than peers that use one
ratio: the peer's time over ours; cpu: the same of processor time, which other programs disturb less

T
  awk -F '\t' 'BEGIN { line = "%-62s %-10s %9s %9s %8s %8s  %-9s %s\n"
                       printf line, "job", "unit", "ours", "peer", "ratio", "cpu", "to reach", "reached" }
    $1 != last { printf "%s\n", $1; last = $1 }
    { printf line, "  " $2, $3, $4, $5, $6, $7, $8, $9 }' "$results"
  python3 "$parts/table.py" "$results" "${csv:-}" "${json:-}"
}
