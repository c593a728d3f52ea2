#!/usr/bin/env bash
# fill.sh FILE: prints the contract with its placeholders filled from the variables of their names. One that has no value, or is not
# one of the six, stops it.
set -euo pipefail

text=$(<"${1:?Usage: $0 FILE}")
for name in GATEWAY_HOST BACKEND_URL BACKEND_AUDIENCE TOKEN_ISSUER TOKEN_JWKS_URI TOKEN_AUDIENCE; do
  value=${!name:-}
  [[ -n $value ]] || { echo "$name has no value." >&2; exit 1; }
  text=${text//"\${$name}"/"$value"}
done

left=$(grep -o '\${[A-Z_]*}' <<<"$text" | sort -u | tr '\n' ' ') || true
[[ -z $left ]] || { echo "Nothing fills: $left" >&2; exit 1; }
printf '%s\n' "$text"
