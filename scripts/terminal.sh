# shellcheck shell=bash
# Sourced by the scripts here: headings, steps that show they are alive, and the number of processors.
# Colour only on a terminal and without NO_COLOR. Messages of the scripts themselves go to standard error.

if [ -t 1 ] && [ -z "${NO_COLOR:-}" ] && [ "${TERM:-dumb}" != dumb ]; then
  bold=$'\033[1m' red=$'\033[31m' plain=$'\033[0m'
else
  bold='' red='' plain=''
fi

jobs=$(nproc 2>/dev/null || getconf _NPROCESSORS_ONLN 2>/dev/null || echo 2)

# compilers JOBS [MEMINFO [LIMIT]]: how many of the demo's groups, of which one takes up to a GB, are compiled at a time: at most
# JOBS, and what memory there is for, here and in this container.
compilers() {
  { cat "${2:-/proc/meminfo}" "${3:-/sys/fs/cgroup/memory.max}" 2>/dev/null || true; } | awk -v jobs="$1" '
    /^MemAvailable:/ { room = $2 * 1024; known = 1 }
    NF == 1 && $1 ~ /^[0-9]+$/ && (!known || $1 < room) { room = $1; known = 1 }
    END { n = int(room / 1000000000); if (known && n < jobs) jobs = n > 0 ? n : 1; print jobs }
  '
}

# in_parts N: which of N parts this commit's turn is, 0 to N - 1, by its hash: all parts are run in the course of some commits.
in_parts() {
  local commit
  commit=$(git rev-parse --verify -q HEAD 2>/dev/null) || commit=0000
  echo $((16#${commit:0:6} % $1))
}

heading() { printf '\n%s== %s ==%s\n' "$bold" "$*" "$plain"; }

# quietly LABEL LOG COMMAND...: the command's output goes to LOG; what is seen is the label, on a terminal with the
# seconds gone by, and the last lines of the log when the command fails, with whose status it returns.
quietly() {
  local label=$1 log=$2 begin=$SECONDS status=0 child
  shift 2
  mkdir -p "$(dirname "$log")"
  "$@" >"$log" 2>&1 </dev/null &
  child=$!
  if [ -t 2 ]; then
    while kill -0 "$child" 2>/dev/null; do
      printf '\r%s ... %d s' "$label" $((SECONDS - begin)) >&2
      sleep 0.5
    done
    printf '\r' >&2
  else
    printf '%s ...\n' "$label" >&2
  fi
  wait "$child" || status=$?
  if [ "$status" -eq 0 ]; then
    printf '%s: done (%d s)\n' "$label" $((SECONDS - begin)) >&2
  else
    printf '%s%s: failed (%d s)%s\n' "$red" "$label" $((SECONDS - begin)) "$plain" >&2
    tail -n 60 "$log" >&2
  fi
  return "$status"
}

# The folder that a preset builds in. The tests are built beside the demo, whose objects they are linked with; the packages are
# made of the release.
build_folder() { case $1 in test) echo build/demo ;; package) echo build/release ;; *) echo "build/$1" ;; esac; }

# configure_and_build PRESET [TARGET...]: configures where the folder is not yet configured by this preset, then builds.
configure_and_build() {
  local preset=$1 log=build/logs/$1 folder
  folder=$(build_folder "$1")
  shift
  if [ ! -f "$folder/build.ninja" ] || [ "$(cat "$folder/preset" 2>/dev/null || basename "$folder")" != "$preset" ]; then
    quietly "configure $preset" "$log.configure" cmake --preset "$preset" || return
    echo "$preset" >"$folder/preset"
  fi
  quietly "build $preset${1:+ ($*)}" "$log.build" cmake --build "$folder" -j "$(compilers "$jobs")" ${1:+--target "$@"}
}

# count_tests BUILD CTEST_LOG STATUS: prints which test programs were skipped, and `N passed, N failed` in test cases, after
# ctest ended with STATUS. Fails if a test failed or none ran.
count_tests() {
  local build=$1 log=$2 status=$3 passed failed skipped
  # CTest's log has one block a program; the line with "All tests passed" or "test cases:" is Catch2's summary.
  read -r passed failed < <(awk '
    function close_block() {
      if (!open) return
      passed += p; failed += f
      if (!ok && f == 0) failed += 1
      open = 0
    }
    /^[0-9]+\/[0-9]+ Testing: / { close_block(); open = 1; p = 0; f = 0; ok = 0 }
    /^All tests passed \(/ { match($0, /[0-9]+ test case/); p = substr($0, RSTART) + 0 }
    /^test cases: / {
      if (match($0, /[0-9]+ passed/)) p = substr($0, RSTART) + 0
      if (match($0, /[0-9]+ failed/)) f = substr($0, RSTART) + 0
    }
    /^Test Passed\.$/ { ok = 1; if (p == 0) p = 1 }
    END { close_block(); print passed + 0, failed + 0 }
  ' "$build"/Testing/Temporary/LastTest.log)

  # CTest logs a skipped program as passed; it counts as neither.
  skipped=$(grep -c '\*\*\*Skipped' "$log") || true
  if [ "$skipped" -gt 0 ]; then
    passed=$((passed - skipped))
    echo "skipped: $(awk '/\*\*\*Skipped/ { print $4 }' "$log" | xargs)"
  fi

  # A run in which nothing was tested is no success.
  if [ "$status" -ne 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
  if [ "$passed" -eq 0 ] && [ "$failed" -eq 0 ]; then failed=1; fi
  echo "$passed passed, $failed failed"
  [ "$failed" -eq 0 ]
}
