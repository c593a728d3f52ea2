#!/usr/bin/env bash
# rollback.sh SERVICE [REVISION]: gives every request back to the revision before the one that serves now, or to the one that is named.
# Nothing is built and no table is changed: each version works with the tables of the next. Project and region are gcloud's.
set -euo pipefail

service=${1:?Usage: $0 SERVICE [REVISION]}
revision=${2:-}
if [[ -z $revision ]]; then
  serving=$(gcloud run services describe "$service" --format=json | python3 -c '
import json, sys
traffic = json.load(sys.stdin)["status"]["traffic"]
print(max(traffic, key=lambda target: target.get("percent", 0))["revisionName"])')
  # Newest first: the one after the serving one, of those that were ready. Read to the end: a reader that leaves early breaks the pipe.
  revision=$(gcloud run revisions list --service="$service" --sort-by=~metadata.creationTimestamp \
    --filter='status.conditions.status=True' --format='value(metadata.name)' |
    awk -v serving="$serving" 'found == 1 { print; found = 2 } $0 == serving { found = 1 }')
fi

[[ -n $revision ]] || { echo "There is no revision before $serving."; exit 1; }
gcloud run services update-traffic "$service" --to-revisions="$revision=100"
echo "$service: all requests go to $revision"
