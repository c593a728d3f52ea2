# One account per thing that acts. No account has a key: each is used by a Google product or by impersonation.
resource "google_service_account" "this" {
  for_each = {
    "send-api"        = "edm-sight-send-apis: accepts, delivers, answers"
    "receive-api"     = "edm-sight-receive-apis: keeps and publishes error reports"
    "send-gateway"    = "ESPv2 in front of send-api"
    "receive-gateway" = "ESPv2 in front of receive-api"
    "tasks-invoker"   = "Cloud Tasks' wake-ups call as this account"
    "pubsub-push"     = "Pub/Sub pushes as this account"
    "scheduler"       = "Cloud Scheduler's sweeps call as this account"
    "edm-tokens"      = "signs the users' tokens; nothing runs as it"
    "migrations"      = "runs the database jobs"
    "builder"         = "tests and builds images; can deploy nothing"
    "deployer"        = "gates, attests and deploys images; builds nothing from source"
  }

  account_id   = each.key
  display_name = each.value
}

# A service signs tokens as edm-tokens with Google's key: neither has one of its own.
resource "google_service_account_iam_member" "signs_tokens" {
  for_each = toset(["send-api", "receive-api"])

  service_account_id = google_service_account.this["edm-tokens"].name
  role               = google_project_iam_custom_role.token_signer.name
  member             = google_service_account.this[each.value].member
}

resource "google_project_iam_custom_role" "token_signer" {
  role_id     = "tokenSigner"
  title       = "Token signer"
  description = "Signs JWTs as an account, and nothing else; the predefined role could also take its access tokens."
  permissions = ["iam.serviceAccounts.signJwt"]
}

# Whoever creates a task that calls as an account must be allowed to act as it: as this one alone.
resource "google_service_account_iam_member" "wakes" {
  for_each = toset(["send-api", "receive-api"])

  service_account_id = google_service_account.this["tasks-invoker"].name
  role               = "roles/iam.serviceAccountUser"
  member             = google_service_account.this[each.value].member
}

# Pub/Sub makes the ID tokens of its pushes itself.
resource "google_service_account_iam_member" "pushes" {
  service_account_id = google_service_account.this["pubsub-push"].name
  role               = "roles/iam.serviceAccountOpenIdTokenCreator"
  member             = "serviceAccount:${var.agents["pubsub"]}"
}

# A new revision runs as one of these, so whoever deploys it must be allowed to act as them.
resource "google_service_account_iam_member" "deploys" {
  for_each = toset(["send-api", "receive-api", "send-gateway", "receive-gateway", "migrations"])

  service_account_id = google_service_account.this[each.value].name
  role               = "roles/iam.serviceAccountUser"
  member             = google_service_account.this["deployer"].member
}

# The deploying build starts the image's build, which runs as builder.
resource "google_service_account_iam_member" "starts_builds" {
  service_account_id = google_service_account.this["builder"].name
  role               = "roles/iam.serviceAccountUser"
  member             = google_service_account.this["deployer"].member
}

resource "google_project_iam_member" "this" {
  for_each = {
    for grant in flatten([for account, roles in local.project_roles : [for role in roles : { account = account, role = role }]]) :
    "${grant.account}:${grant.role}" => grant
  }

  project = var.project_id
  role    = each.value.role
  member  = google_service_account.this[each.value.account].member
}

locals {
  telemetry = ["roles/cloudtrace.agent", "roles/monitoring.metricWriter", "roles/telemetry.tracesWriter"]

  # Only what has no narrower place than the project; everything else is given on the one resource, in the module that makes it.
  project_roles = {
    "send-api"        = local.telemetry
    "receive-api"     = local.telemetry
    "send-gateway"    = ["roles/cloudtrace.agent"]
    "receive-gateway" = ["roles/cloudtrace.agent"]
    "builder"         = ["roles/logging.logWriter"]
    "deployer" = [
      "roles/artifactregistry.reader",
      "roles/binaryauthorization.attestorsViewer",
      "roles/cloudbuild.builds.editor",
      "roles/containeranalysis.notes.editor",
      "roles/containeranalysis.occurrences.editor",
      "roles/logging.logWriter",
      "roles/ondemandscanning.admin",
      "roles/run.developer",
      "roles/run.jobsExecutorWithOverrides",
      "roles/serviceusage.apiKeysViewer",
    ]
  }
}
