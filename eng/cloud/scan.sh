#!/usr/bin/env bash
# The gate: no known vulnerability of high or critical severity for which there is a fix.
set -euo pipefail

image=$(<"/workspace/${1:-image}")
scan=$(gcloud artifacts docker images scan "$image" --remote --location=europe --format='value(response.scan)')
gcloud artifacts docker images list-vulnerabilities "$scan" --location=europe --format=json >/workspace/vulnerabilities.json
python3 - /workspace/vulnerabilities.json <<'PYTHON'
import json
import sys

found = []
for occurrence in json.load(open(sys.argv[1])):
    vulnerability = occurrence["vulnerability"]
    if vulnerability.get("effectiveSeverity") not in ("HIGH", "CRITICAL"):
        continue
    if any(issue.get("fixedVersion", {}).get("kind") == "NORMAL" for issue in vulnerability.get("packageIssue", [])):
        found.append(f'{vulnerability["effectiveSeverity"]} {vulnerability.get("shortDescription", occurrence["name"])}')

print("\n".join(sorted(found)) or "Nothing that has a fix.")
sys.exit(1 if found else 0)
PYTHON
