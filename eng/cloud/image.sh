#!/usr/bin/env bash
# Has the service's image tested, built and pushed by a build of its own (cloudbuild-image.yaml), waits for it, and notes the digest.
# Cloud Build pushes what `images` names, and proves where it came from, when a build ends: nothing can be deployed within it.
set -euo pipefail

# status BUILD
status() { gcloud builds describe "$1" --region="$_REGION" --format='value(status)'; }

build=$(gcloud builds triggers run "$_IMAGE_TRIGGER" --region="$_REGION" --sha="$COMMIT_SHA" --format='value(metadata.build.id)')
echo "Image: build $build"
until [[ $(status "$build") =~ ^(SUCCESS|FAILURE|INTERNAL_ERROR|TIMEOUT|CANCELLED|EXPIRED)$ ]]; do
  sleep 10
done
[[ $(status "$build") == SUCCESS ]] || { echo "Build $build ended as $(status "$build"); its log says why."; exit 1; }

digest=$(gcloud builds describe "$build" --region="$_REGION" --format='value(results.images[0].digest)')
[[ $digest =~ ^sha256:[0-9a-f]{64}$ ]] || { echo "Build $build names no digest."; exit 1; }
echo "$_IMAGES/$_SERVICE@$digest" >/workspace/image
cat /workspace/image
