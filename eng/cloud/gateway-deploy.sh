#!/usr/bin/env bash
# The gateway changes last: what it lets through, the service behind it knows by now.
set -euo pipefail

gcloud run services update "$_GATEWAY_RUN_SERVICE" --region="$_REGION" --image="$(</workspace/gateway-image)" --binary-authorization=default
gcloud run services update-traffic "$_GATEWAY_RUN_SERVICE" --region="$_REGION" --to-latest
