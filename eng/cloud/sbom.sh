#!/usr/bin/env bash
# Takes the list of parts out of the image, where its build put it, and ties it to the image's digest.
set -euo pipefail

image=$(</workspace/image)
gcloud auth configure-docker "${image%%/*}" --quiet
container=$(docker create "$image")
docker cp "$container:/app/sbom.cdx.json" /workspace/sbom.cdx.json
docker rm "$container"
gcloud artifacts sbom load --source=/workspace/sbom.cdx.json --uri="$image" --destination="gs://$_SBOM_BUCKET"
