#!/usr/bin/env bash
# Brings the tables to the level of this image and gives the service's account its rights, before any of its code serves: the code that
# runs now works with the new tables too. MariaDB and MySQL 9 have seen these steps in ./test; Cloud SQL's MySQL 8.4 sees them here first.
set -euo pipefail

image=$(</workspace/image)
gcloud run jobs update "$_MIGRATE_JOB" --region="$_REGION" --image="$image"
gcloud run jobs execute "$_MIGRATE_JOB" --region="$_REGION" --args="migrate,--service,$_DATABASE_ACCOUNT" --wait
