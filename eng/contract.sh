# Sourced by eng/all.sh: the contract tests, against emulators that others wrote and against the stand-in, one suite after the other.
# shellcheck shell=bash

# The version whose emulators' classes tests/Contract/firebase.cjs is written for.
FIREBASE_TOOLS=15.34.2

contracts() {
  install_firebase_tools
  contract_suite "Pub/Sub on Google's emulator" PubSubOnGooglesEmulator
  contract_suite "Pub/Sub on the stand-in" PubSubOnTheStandIn
  contract_suite "The pair over Google's Pub/Sub emulator" PairOnGooglesEmulator
  contract_suite "Cloud Tasks on firebase-tools' emulator" CloudTasksOnFirebase
  contract_suite "Cloud Tasks on the stand-in" CloudTasksOnTheStandIn
  contract_suite "Cloud Storage on firebase-tools' emulator" StorageOnFirebase
  contract_suite "Cloud Storage on the stand-in" StorageOnTheStandIn
  contract_suite "Keys and secrets on the stand-in" KeysOnTheStandIn
  count
}

install_firebase_tools() {
  local folder=artifacts/firebase-tools log=artifacts/firebase-tools.log
  # Without npm the suites say what is missing.
  [[ -f $folder/$FIREBASE_TOOLS ]] || ! command -v npm >/dev/null && return
  say 'Fetching firebase-tools (once) …'
  rm -rf "$folder"
  mkdir -p "$folder"
  if npm install --prefix "$folder" --no-package-lock --ignore-scripts --omit=optional --no-audit --no-fund \
      "firebase-tools@$FIREBASE_TOOLS" </dev/null >"$log" 2>&1; then
    touch "$folder/$FIREBASE_TOOLS"
  else
    rm -rf "$folder"
    say "firebase-tools could not be installed; see $log."
  fi
}

# contract_suite LABEL CLASS
contract_suite() {
  local log=$RESULTS/contract.$2.log line started=$SECONDS
  dotnet test artifacts/bin/EnergyLoad.Contract.Tests/release/EnergyLoad.Contract.Tests.dll --filter "FullyQualifiedName~.$2." \
    --logger 'console;verbosity=normal' --nologo </dev/null >"$log" 2>&1 || true
  if (( $(total Passed "$log") + $(total Failed "$log") == 0 && $(total Skipped "$log") > 0 )); then
    not_run "$1" "$(reasons "$log" | head -n 1 | sed 's/^[^:]*: //')"
    return
  fi

  line="Failed: $(total Failed "$log"), Passed: $(total Passed "$log"), Skipped: $(total Skipped "$log")"
  grep -q '^Total tests:' "$log" || line+=' Broken: 1'
  printf '%s\n' "$line" >"$log.count"
  report "$1" "$line" $((SECONDS - started)) "$log"
  reasons "$log" | sed 's/^/    left out: /'
}

# total Passed|Failed|Skipped LOG
total() { grep -m 1 -oE "^ +$1: [0-9]+" "$2" | grep -oE '[0-9]+' || echo 0; }

# The runner prints the reason on the line after the skipped fact.
reasons() {
  { grep -A 1 '\[SKIP\]$' "$1" || true; } | sed -E 's/^\[[^]]*\] +//; s/ \[SKIP\]$//; /^--$/d' | paste -d '|' - - |
    sed -E 's/^.*\.([^.|]+)\|/\1: /; :a; s/^([^:]*)_/\1 /; ta' | sort
}
