# shellcheck shell=bash disable=SC2154 # run sets status, output, lines, stderr, stderr_lines
# What the .bats files of the tools share:
#
#   load kit
#   setup() { kit_setup; }
#   @test "help" { run -0 geo-area --help; golden area.help; }
#   @test "the examples run" { examples geo-area; }
#   @test "the kit's contract" { contract geo-area; }
#
# BIN is the folder of the built tools, SOURCE that of the project; CTest sets both.
bats_require_minimum_version 1.5.0

# Puts the tools first on PATH and stands in a folder of the test's own with the example
# data in it, so that a test can write where it stands.
kit_setup() {
    PATH="$BIN:$PATH"
    unset LC_ALL LANG LC_NUMERIC
    mkdir "$BATS_TEST_TMPDIR/here"
    find "$SOURCE/data" -maxdepth 1 -type f -exec cp -t "$BATS_TEST_TMPDIR/here" {} +
    cd "$BATS_TEST_TMPDIR/here" || return
}

# golden NAME: compares $output with golden/NAME, or rewrites it if UPDATE_GOLDEN is set.
golden() {
    local file="$BATS_TEST_DIRNAME/golden/$1"
    if [ -n "${UPDATE_GOLDEN:-}" ]; then
        printf '%s\n' "$output" > "$file"
    fi
    diff -u "$file" <(printf '%s\n' "$output")
}

# one_of WORD...: whether $status is among the words.
one_of() {
    local word
    for word in "$@"; do
        [ "$status" -ne "$word" ] || return 0
    done
    return 1
}

# examples TOOL [STATUS...]: runs every example of TOOL's help where it stands; each ends
# with one of the statuses (0 unless given), any part of a pipe included.
examples() {
    local tool=$1 commands command
    shift
    mapfile -t commands < <("$tool" --help | sed -n '/^Examples:$/,/^$/ s/^  \([^ ]\)/\1/p')
    [ "${#commands[@]}" -gt 0 ]
    for command in "${commands[@]}"; do
        run bash -o pipefail -c "$command" < /dev/null
        if ! one_of "${@:-0}"; then
            printf '%s\nended with %s:\n%s\n' "$command" "$status" "$output"
            return 1
        fi
    done
}

# usage_error MESSAGE WORD...: the words are refused with one line, a hint in it, and status 2.
usage_error() {
    local message=$1
    shift
    run -2 --separate-stderr "$@"
    [ -z "$output" ]
    [ "$stderr" = "$1: $message (see $1 --help)" ]
}

# documents TOOL: what it says about itself is taken without complaint by what reads it.
documents() {
    local tool=$1 shell
    run -0 --separate-stderr "$tool" --help
    [ -z "$stderr" ]
    [[ ${lines[0]} == "Usage: $tool [OPTION]..."* || ${lines[0]} == "Usage: geo STEP"* ]]
    local help=$output
    run -0 "$tool" --frobnicate -h operand
    [ "$output" = "$help" ]
    # an example is as long as its command; every other line fits a terminal
    run -1 bash -c "sed '/^Examples:\$/,/^\$/d' <<< \"\$1\" | LC_ALL=C.UTF-8 grep '.\\{81\\}'" - "$help"
    run -0 bash -o pipefail -c "$tool --help=man | groff -man -Tutf8 -ww -z 2>&1"
    [ -z "$output" ]
    run -1 bash -c "$tool --help=man | mandoc -Tlint -W warning | grep -v 'missing date'"
    run -0 bash -o pipefail -c "$tool --help=json | python3 -m json.tool"
    for shell in bash zsh fish; do
        run -0 bash -o pipefail -c "$tool --help=$shell | $shell -n"
    done
}

# contract TOOL: what the kit promises for every tool.
contract() {
    local tool=$1
    documents "$tool"
    run -0 --separate-stderr "$tool" --version --frobnicate
    [ -z "$stderr" ]
    [[ ${lines[0]} == "$tool "[0-9]*.* ]]
    [[ "${lines[1]} ${lines[2]} ${lines[3]}" == "GDAL "*" PROJ "*" GEOS "* ]]
    usage_error "unknown option '--frobnicate'" "$tool" --frobnicate
    usage_error "unknown option '--versio'; did you mean --version?" "$tool" --versio
    usage_error "--help: 'html' is none of man, json, bash, zsh, fish" "$tool" --help=html
    run -6 --separate-stderr bash -c "$tool --help > /dev/full"
    [ "$stderr" = "$tool: standard output cannot be written: No space left on device" ]
    run -6 --separate-stderr bash -c "$tool --help >&-"
    [ "${stderr_lines[0]}" = "$tool: standard output cannot be written: Bad file descriptor" ]
}

# fails_with STATUS PATTERN COMMAND...: nothing on stdout, one line on stderr that matches.
fails_with() {
    local expected=$1 pattern=$2
    shift 2
    run --separate-stderr "$@"
    echo "status $status, stdout '$output', stderr '$stderr'"
    [ "$status" = "$expected" ]
    [ -z "$output" ]
    [ "$(printf '%s\n' "$stderr" | wc -l)" = 1 ]
    [[ $stderr =~ $pattern ]]
}

# leaves_nothing: the folder holds what it held, hidden files included.
remember() { ls -A >"$BATS_TEST_TMPDIR/before"; }
leaves_nothing() { diff "$BATS_TEST_TMPDIR/before" <(ls -A); }

# slow_source: 200,000 features, enough to be interrupted in.
slow_source() {
    seq 200000 | awk '{ printf "{\"type\":\"Feature\",\"properties\":{\"n\":%d},\"geometry\":{\"type\":\"Point\",\"coordinates\":[%.6f,21]}}\n", $1, 105 + $1 / 1e6 }'
    sleep 20
}
export -f slow_source

# interrupted COMMAND...: it reads standard input and writes out.geojson; ends by SIGINT and SIGTERM
# half-way, and leaves nothing behind.
interrupted() {
    local signal writer
    for signal in INT TERM; do
        remember
        mkfifo "$BATS_TEST_TMPDIR/pipe.$signal"
        slow_source >"$BATS_TEST_TMPDIR/pipe.$signal" &
        writer=$!
        # A job in the background ignores SIGINT: python starts it as a terminal would.
        run python3 - "$signal" "$BATS_TEST_TMPDIR/pipe.$signal" "$@" <<'P'
import os, signal, subprocess, sys, time
number = getattr(signal, 'SIG' + sys.argv[1])
tool = subprocess.Popen(sys.argv[3:], stdin=open(sys.argv[2]),
                        preexec_fn=lambda: signal.signal(signal.SIGINT, signal.SIG_DFL))
for _ in range(200):
    if any(name.startswith('.out.geojson.') for name in os.listdir('.')):
        break
    time.sleep(0.05)
else:
    sys.exit('no private directory appeared')
time.sleep(0.3)
tool.send_signal(number)
sys.exit(0 if tool.wait(10) == -number else 'ended with %r' % tool.returncode)
P
        kill $writer 2>/dev/null || true
        echo "$output"
        [ "$status" = 0 ]
        leaves_nothing
    done
}
