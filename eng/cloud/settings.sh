#!/usr/bin/env bash
# First step of a pipeline: every substitution has a value. The values come from infra/modules/pipeline and from nowhere else.
set -euo pipefail

empty=()
while IFS= read -r name; do
  [[ -n ${!name} ]] || empty+=("$name")
done < <(compgen -e | grep -E '^_[A-Z]')
(( ${#empty[@]} == 0 )) || { echo "No value for: ${empty[*]}. Run this build by its trigger."; exit 1; }
