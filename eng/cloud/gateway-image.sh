#!/usr/bin/env bash
# Builds the gateway: the mirrored ESPv2 with the configuration in it, so that it needs none fetched when it starts.
set -euo pipefail

tag=$_IMAGES/${_SERVICE%-api}-gateway:$(</workspace/config)-$SHORT_SHA
gcloud auth configure-docker "${tag%%/*}" --quiet
docker build --build-arg "ESPV2=$_MIRROR/$(grep -o 'endpoints-runtime-serverless:.*' infra/mirrored-images.txt)" --tag "$tag" gateway
docker push "$tag"
docker inspect --format='{{index .RepoDigests 0}}' "$tag" >/workspace/gateway-image
cat /workspace/gateway-image
