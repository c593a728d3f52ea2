#!/usr/bin/env bash
# Asks the new revision itself, from within the network and with an ID token: infra/modules/pipeline/smoke.sh.
set -euo pipefail

gcloud run jobs execute "$_SMOKE_JOB" --region="$_REGION" --wait \
  --update-env-vars="TARGET=$(</workspace/revision-url),AUDIENCE=$_BACKEND_AUDIENCE"
