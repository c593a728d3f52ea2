#!/usr/bin/env bash
# Pushes one message through the send gateway and waits until e-Sight has it. Needs bash and curl.
#   GATEWAY=https://… API_KEY=… EDM_USER=… EDM_PASSWORD=… samples/push.sh message.json
# Exit code 0: delivered. 1: refused or given up, with the reason.
set -euo pipefail
message=$1

# call CURL-ARGUMENTS…: the key and the token go by a file descriptor, so that no process list shows them.
# 429 and 503 are tried again after what Retry-After says: a message may be sent twice under its messageId, it is taken once.
call() {
  curl --silent --show-error --fail-with-body --max-time 40 --retry 5 --retry-connrefused \
    --config <(printf 'header = "x-api-key: %s"\n' "$API_KEY"; [[ -z ${token:-} ]] || printf 'header = "Authorization: Bearer %s"\n' "$token") "$@"
}

quoted() { local text=${1//\\/\\\\}; printf '"%s"' "${text//\"/\\\"}"; }

token=
token=$(printf '{"username":%s,"password":%s}' "$(quoted "$EDM_USER")" "$(quoted "$EDM_PASSWORD")" |
  call --header 'Content-Type: application/json' --data-binary @- "$GATEWAY/login")

answer=$(call --header 'Content-Type: application/json' --data-binary "@$message" "$GATEWAY/api/v1/service/send") || { echo "$answer"; exit 1; }
[[ $answer =~ \"sendId\":\"([^\"]+)\" ]]
id=${BASH_REMATCH[1]}
echo "accepted as $id"

for _ in {1..60}; do
  status=$(call "$GATEWAY/api/v1/service/send/$id")
  # The message's own state comes first, those of its readings later.
  [[ $status =~ \"state\":\"([a-z]+)\" ]]
  case ${BASH_REMATCH[1]} in
    delivered | settled) echo "${BASH_REMATCH[1]}"; exit 0 ;;
    rejected | dead | cancelled | parked) echo "$status"; exit 1 ;;
  esac
  sleep 1
done
echo "not delivered yet: $status"
exit 1
