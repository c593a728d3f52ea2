#!/usr/bin/env bash
# Gives every request to the new revision. The one before stays, and takes them back with eng/cloud/rollback.sh.
set -euo pipefail

gcloud run services update-traffic "$_RUN_SERVICE" --region="$_REGION" --to-revisions="$(</workspace/revision)=100"
