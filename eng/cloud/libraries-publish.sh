#!/usr/bin/env bash
# Keeps the packages that the step before has packed. A version that is kept never changes: the bucket refuses to overwrite.
set -euo pipefail

[[ -f artifacts/package/packed ]] || { echo 'Nothing new was packed.'; exit 0; }
version=$(sed -n 's:.*<VersionPrefix>\(.*\)</VersionPrefix>.*:\1:p' libs/Version.props)
if gcloud storage ls "gs://$_LIBRARIES_BUCKET/$version/complete" >/dev/null 2>&1; then
  echo "Version $version is published already and stays as it is; a change reaches the services with the next version."
  exit 0
fi

gcloud storage cp artifacts/package/release/*."$version".nupkg "gs://$_LIBRARIES_BUCKET/$version/"
# Written last: a version without it was broken off half-way.
echo "$COMMIT_SHA" | gcloud storage cp - "gs://$_LIBRARIES_BUCKET/$version/complete"
