#!/usr/bin/env bash
# Fills the contract, has Endpoints check it, and rolls it out; what the gateway needs of it goes into the gateway's image.
set -euo pipefail

contract=/workspace/openapi.yaml
GATEWAY_HOST=$_GATEWAY_HOST BACKEND_URL=$_BACKEND_URL BACKEND_AUDIENCE=$_BACKEND_AUDIENCE TOKEN_ISSUER=$_TOKEN_ISSUER \
  TOKEN_JWKS_URI=$_TOKEN_JWKS_URI TOKEN_AUDIENCE=$_TOKEN_AUDIENCE gateway/fill.sh "gateway/openapi-${_SERVICE%-api}.yaml" >"$contract"

# A security requirement that Endpoints does not enforce is a warning of Endpoints' and an error of ours.
gcloud endpoints services deploy "$contract" --validate-only 2>&1 | tee /workspace/endpoints.log
if grep -q 'does not require an API key' /workspace/endpoints.log; then
  exit 1
fi

config=$(gcloud endpoints services deploy "$contract" --format='value(serviceConfig.id)')
[[ -n $config ]] || { echo 'Endpoints named no configuration.'; exit 1; }
echo "$config" >/workspace/config
curl --silent --show-error --fail --header "Authorization: Bearer $(gcloud auth print-access-token)" --output gateway/service.json \
  "https://servicemanagement.googleapis.com/v1/services/$_GATEWAY_HOST/configs/$config?view=FULL"
