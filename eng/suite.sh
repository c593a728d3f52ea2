# Sourced by test: runs test projects, counts, sums up.
# shellcheck shell=bash

# Tests of these categories need more than the SDK and MariaDB, or more time.
EVERYWHERE='Category!=Contract&Category!=Long'
RESULTS=artifacts/test-results
PASSED=0 FAILED=0 SKIPPED=0
NOT_RUN=()

# These processes live for seconds: compiling again, better, what they have called thirty times costs more than it gives them.
SHORT_LIVES=(DOTNET_TieredPGO=0 DOTNET_TC_CallCountThreshold=200 DOTNET_gcServer=0)

rm -rf "$RESULTS"
mkdir -p "$RESULTS"

# projects [NAME]: the test projects, quick ones first; those that start the whole stack come last, one at a time.
projects() {
  find libs services tests -name '*.Tests.csproj' -printf '%f\n' | sed 's/\.csproj$//' | grep -i -- "${1:-.}" |
    awk '{ print ($0 ~ /EndToEnd|Faults/ ? 2 : 1), $0 }' | sort | cut -d ' ' -f 2
}

# run_projects PROJECTS FILTER [LABEL]
run_projects() {
  local project running=()
  for project in $1; do
    if [[ $project =~ EndToEnd|Faults ]]; then
      # A stack takes both cores.
      wait_for "${running[@]}"
      running=()
      run_project "$project" "$2" "${3:-}"
    else
      run_project "$project" "$2" "${3:-}" &
      running+=($!)
      (( ${#running[@]} < 2 )) || { wait -n "${running[@]}" || true; still_running; }
    fi
  done
  wait_for "${running[@]}"
  count
}

still_running() {
  local pid alive=()
  for pid in "${running[@]}"; do
    kill -0 "$pid" 2>/dev/null && alive+=("$pid")
  done
  running=("${alive[@]}")
}

wait_for() { (( $# == 0 )) || wait "$@" || true; }

run_project() {
  local project=$1 log line code=0 started=$SECONDS
  log=$RESULTS/$project${3:+.$3}.log
  env "${SHORT_LIVES[@]}" dotnet test "${BIN:-artifacts/bin}/$project/release/$project.dll" --filter "$2" --nologo </dev/null >"$log" 2>&1 || code=$?
  line=$(grep -E '^(Passed|Failed|Skipped)! ' "$log" | tail -n 1 | grep -oE 'Failed: +[0-9]+, Passed: +[0-9]+, Skipped: +[0-9]+' || true)
  # A run that broke off counts as one failure, whatever it had counted.
  if [[ -z $line ]] && (( code != 0 )) || grep -q 'Test Run Aborted' "$log"; then
    line="${line:-Failed: 0, Passed: 0, Skipped: 0} Broken: 1"
  fi

  printf '%s\n' "${line:-Failed: 0, Passed: 0, Skipped: 0}" >"$log.count"
  report "$project${3:+ ($3)}" "$line" $((SECONDS - started)) "$log"
  # A test that is left out says why in its name.
  sed -nE 's/^ +Skipped (.*) \[[^]]*\]$/    left out: \1/p' "$log"
}

report() {
  local -a n
  mapfile -t n < <(grep -oE '[0-9]+' <<<"${2:-0 0 0}")
  if (( n[0] + ${n[3]:-0} > 0 )); then
    { printf '✗ %-44s %4d passed, %d failed   %3d s   %s\n' "$1" "${n[1]}" $((n[0] + ${n[3]:-0})) "$3" "$4"
      grep -A 12 -E '^ +Failed .*\[|^Unhandled exception|Test Run Aborted|^The active test run was aborted' "$4" | head -n 120; } || true
  elif (( n[1] == 0 )); then
    printf '· %-44s no test\n' "$1"
  else
    printf '✓ %-44s %4d passed   %3d s\n' "$1" "${n[1]}" "$3"
  fi
}

count() {
  local file failed passed skipped broken
  for file in "$RESULTS"/*.count; do
    [[ -f $file ]] || continue
    read -r failed passed skipped broken < <(grep -oE '[0-9]+' "$file" | tr '\n' ' '; echo)
    FAILED=$((FAILED + failed + ${broken:-0})) PASSED=$((PASSED + passed)) SKIPPED=$((SKIPPED + skipped))
    mv "$file" "$file.summed"
  done
}

# not_run WHAT WHY
not_run() {
  NOT_RUN+=("$1: $2")
  SKIPPED=$((SKIPPED + 1))
}

summary() {
  local line
  for line in "${NOT_RUN[@]}"; do
    printf 'Not run: %s\n' "$line"
  done
  line="$PASSED passed, $FAILED failed"
  (( SKIPPED > 0 )) && line+=", $SKIPPED skipped"
  printf '%s\n' "$line"
  (( FAILED == 0 && PASSED > 0 ))
}
