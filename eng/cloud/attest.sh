#!/usr/bin/env bash
# Says by the key of the gates that the image passed them; without it Cloud Run runs nothing.
set -euo pipefail

image=$(<"/workspace/${1:-image}")
# projects/P/locations/L/keyRings/R/cryptoKeys/K/cryptoKeyVersions/N
IFS=/ read -r _ project _ location _ ring _ key _ version <<<"$_KEY_VERSION"
gcloud beta container binauthz attestations sign-and-create --artifact-url="$image" --validate \
  --attestor="$_ATTESTOR" --attestor-project="$PROJECT_ID" \
  --keyversion="$version" --keyversion-key="$key" --keyversion-keyring="$ring" \
  --keyversion-location="$location" --keyversion-project="$project"
