#!/usr/bin/env bash
# Fetches the packages of the version that the service pins. The version in libs/Version.props may not be published yet: then the next
# step packs it, and this one leaves the folder empty. Any other version that is not there stops the build.
set -euo pipefail

pinned=$(sed -n 's:.*<LibrariesVersion>\(.*\)</LibrariesVersion>.*:\1:p' "services/$_SERVICE/Libraries.props")
current=$(sed -n 's:.*<VersionPrefix>\(.*\)</VersionPrefix>.*:\1:p' libs/Version.props)
[[ -n $pinned && -n $current ]]
mkdir -p artifacts/package/release
if gcloud storage ls "gs://$_LIBRARIES_BUCKET/$pinned/complete" >/dev/null 2>&1; then
  gcloud storage cp "gs://$_LIBRARIES_BUCKET/$pinned/*.nupkg" artifacts/package/release/
elif [[ $pinned != "$current" ]]; then
  echo "Version $pinned of the libraries was never published, and libs/Version.props is at $current."
  exit 1
fi
