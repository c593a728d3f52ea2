#!/usr/bin/env bash
# Through the door that clients use: the key opens what it should, nothing opens what it should not.
set -euo pipefail

name=$(gcloud services api-keys list --filter="displayName=$_GATEWAY_CHECK_KEY" --format='value(name)')
key=$(gcloud services api-keys get-key-string "$name" --format='value(keyString)')

# expect STATUS PATH [CURL-OPTION…]; a new configuration takes a while to reach every gateway
expect() {
  local status=$1 path=$2 got= try
  shift 2
  for try in {1..30}; do
    got=$(curl --silent --output /dev/null --write-out '%{http_code}' --max-time 20 "$@" "$_TOKEN_AUDIENCE$path" || true)
    [[ $got == "$status" ]] && { echo "$path answered $got"; return; }
    sleep 2
  done
  echo "$path answered $got, expected $status (tried $try times)"
  return 1
}

# The key by a file: it is not in the list of processes.
printf 'header = "x-api-key: %s"\n' "$key" >/tmp/key
expect 200 /health --config /tmp/key
expect 200 /reasons --config /tmp/key
expect 401 /health
expect 401 /user --config /tmp/key
expect 404 /internal/scheduler/sweep --config /tmp/key
rm /tmp/key
