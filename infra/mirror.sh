#!/usr/bin/env bash
# mirror.sh MIRROR: copies the images of mirrored-images.txt into the project's mirror (terraform output mirror). A tag that is there
# stays as it is: a new version is a new tag, looked at by whoever raises it.
set -euo pipefail

mirror=${1:?Usage: $0 MIRROR}
gcloud auth configure-docker "${mirror%%/*}" --quiet
while read -r source target; do
  [[ -z $source || $source == '#'* ]] && continue
  if gcloud artifacts docker images describe "$mirror/$target" --format=none 2>/dev/null; then
    echo "$target is there"
    continue
  fi

  docker pull --platform linux/amd64 "$source"
  docker tag "$source" "$mirror/$target"
  docker push "$mirror/$target"
done <"$(dirname "$(readlink -f "${BASH_SOURCE[0]}")")/mirrored-images.txt"
