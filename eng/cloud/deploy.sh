#!/usr/bin/env bash
# Makes a new revision, by digest, that gets no request yet; notes its name and the address of its tag.
set -euo pipefail

image=$(</workspace/image)
tag=c-${SHORT_SHA}
gcloud run services update "$_RUN_SERVICE" --region="$_REGION" --binary-authorization=default --no-traffic --tag="$tag" \
  --container=service --image="$image"
gcloud run services describe "$_RUN_SERVICE" --region="$_REGION" --format=json >/workspace/service.json
TAG=$tag python3 - <<'PYTHON'
import json
import os

with open("/workspace/service.json") as file:
    traffic = json.load(file)["status"]["traffic"]
tagged = next(target for target in traffic if target.get("tag") == os.environ["TAG"])
with open("/workspace/revision", "w") as file:
    file.write(tagged["revisionName"])
with open("/workspace/revision-url", "w") as file:
    file.write(tagged["url"])
PYTHON
