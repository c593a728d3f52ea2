# Sourced by test for `./test all`: what needs more than the SDK and MariaDB.
# shellcheck shell=bash
# shellcheck source=eng/mysql.sh
source eng/mysql.sh
# shellcheck source=eng/contract.sh
source eng/contract.sh

# The projects whose SQL must run on MySQL as on MariaDB.
DATABASE_PROJECTS='EnergyLoad.MySql.Tests EnergyLoad.Audit.Tests EnergyLoad.Auth.Tests EnergyLoad.SendApi.Tests EnergyLoad.ReceiveApi.Tests'

# The contract tests' suites are named one by one.
everything() { ENERGYLOAD_FUZZ_SECONDS=60 run_projects "$(projects | grep -v '\.Contract\.')" 'Category!=Contract'; }

on_mysql() {
  local reason
  if start_mysql >artifacts/mysql.reason; then
    ENERGYLOAD_TEST_MYSQL=$MYSQL_ADDRESS run_projects "$DATABASE_PROJECTS" "$EVERYWHERE" mysql
    stack_on_mysql
  else
    reason=$(<artifacts/mysql.reason)
    not_run 'tests on a real MySQL' "$reason"
  fi
  stop_mysql
}

stack_on_mysql() {
  local state code=0
  state=$(mktemp -d)
  ./run --once --port "$(free_port 21000-30000)" --state "$state" --mysql "$MYSQL_ADDRESS" </dev/null >"$RESULTS/run-once.mysql.log" 2>&1 || code=$?
  if (( code == 0 )); then
    PASSED=$((PASSED + 1))
    say '✓ ./run --once --mysql'
  else
    FAILED=$((FAILED + 1))
    say "✗ ./run --once --mysql   $RESULTS/run-once.mysql.log"
  fi
  rm -rf "$state"
}

# Builds apart from the default driver's output.
with_second_driver() {
  local out=$PWD/artifacts/second-driver log=artifacts/second-driver.log
  if [[ $MySqlDriver == MySql.Data ]] ||
      ! dotnet restore EnergyLoad.sln -p:MySqlDriver=MySql.Data -p:ArtifactsPath="$out" </dev/null >"$log" 2>&1; then
    not_run 'tests with the second driver' "it cannot be restored here; see $log"
  elif ! dotnet build EnergyLoad.sln -c Release --no-restore -v minimal --nologo -nodeReuse:false -p:UseSharedCompilation=false \
      -p:MySqlDriver=MySql.Data -p:ArtifactsPath="$out" </dev/null >"$log" 2>&1; then
    FAILED=$((FAILED + 1))
    say "✗ build with MySql.Data   $log"
  else
    BIN=$out/bin run_projects "$DATABASE_PROJECTS" "$EVERYWHERE" MySql.Data
  fi
}

# A seed of its own each time; the log names it, and with it the same run comes again.
long_faults() {
  local log=$RESULTS/faults.log code=0
  install_if_possible 'faketime/libfaketimeMT.so.1' libfaketime
  dotnet artifacts/bin/EnergyLoad.Faults.Tests/release/EnergyLoad.Faults.Tests.dll faults --minutes 5 </dev/null >"$log" 2>&1 || code=$?
  if (( code == 0 )); then
    PASSED=$((PASSED + 1))
    say '✓ ./test faults --minutes 5'
    tail -n 5 "$log" >&2
  else
    FAILED=$((FAILED + 1))
    say "✗ ./test faults --minutes 5   $log"
    grep -A 12 '^\[[0-9:]*\] ✗' "$log" | head -n 60 >&2 || true
  fi
}

everything
long_faults
contracts
on_mysql
with_second_driver
