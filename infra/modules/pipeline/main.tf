# From a commit to production, per service: cloudbuild-*.yaml say how, this says when, as whom and with which names.
locals {
  repository = { repository = var.repository, branch = "^${var.branch}$" }

  # What either pipeline reads besides its own service: a change of these concerns both.
  shared = ["cloudbuild-image.yaml", "eng/**", "gateway/Dockerfile", "gateway/fill.sh", "infra/mirrored-images.txt", "Directory.*", "global.json"]

  # Everything a build file is told comes from here and from nowhere else.
  common = {
    _ATTESTOR    = var.attestor
    _IMAGES      = var.images
    _KEY_VERSION = var.key_version
    _MIRROR      = var.mirror
    _REGION      = var.region
    _SBOM_BUCKET = google_storage_bucket.kept["sboms"].name
    _SMOKE_JOB   = google_cloud_run_v2_job.smoke.name
  }
}

resource "google_cloudbuild_trigger" "deploy" {
  for_each = var.services

  name            = "${each.key}-deploy"
  description     = "Tests, builds, gates and deploys ${each.key}-api and its gateway"
  location        = var.region
  service_account = "projects/${var.project_id}/serviceAccounts/${var.emails["deployer"]}"
  filename        = "cloudbuild-${each.key}.yaml"
  # A library reaches a service when its team raises the pin (Libraries.props), so libs/ is not among them.
  included_files = concat(
    ["services/${each.key}-api/**", "gateway/openapi-${each.key}.yaml", "cloudbuild-${each.key}.yaml"],
    local.shared,
  )
  include_build_logs = "INCLUDE_BUILD_LOGS_WITH_STATUS"

  repository_event_config {
    repository = local.repository.repository
    push {
      branch = local.repository.branch
    }
  }

  approval_config {
    approval_required = var.approval_required
  }

  substitutions = merge(local.common, {
    _BACKEND_AUDIENCE    = each.value.gateway_values["BACKEND_AUDIENCE"]
    _BACKEND_URL         = each.value.gateway_values["BACKEND_URL"]
    _DATABASE_ACCOUNT    = each.value.database_account
    _GATEWAY_CHECK_KEY   = each.value.check_key
    _GATEWAY_HOST        = each.value.gateway_values["GATEWAY_HOST"]
    _GATEWAY_RUN_SERVICE = each.value.gateway_run_service
    _IMAGE_TRIGGER       = google_cloudbuild_trigger.image[each.key].name
    _MIGRATE_JOB         = each.value.migrate_job
    _RUN_SERVICE         = each.value.run_service
    _SERVICE             = "${each.key}-api"
    _TOKEN_AUDIENCE      = each.value.gateway_values["TOKEN_AUDIENCE"]
    _TOKEN_ISSUER        = each.value.gateway_values["TOKEN_ISSUER"]
    _TOKEN_JWKS_URI      = each.value.gateway_values["TOKEN_JWKS_URI"]
  })
}

# Started by the deploying build, never by a push: it runs the repository's own code, and so as an account that can deploy nothing.
resource "google_cloudbuild_trigger" "image" {
  for_each = var.services

  name            = "${each.key}-image"
  description     = "Tests and builds the image of ${each.key}-api"
  location        = var.region
  service_account = "projects/${var.project_id}/serviceAccounts/${var.emails["builder"]}"

  source_to_build {
    repository = local.repository.repository
    ref        = "refs/heads/${var.branch}"
    repo_type  = var.repository_type
  }

  git_file_source {
    path       = "cloudbuild-image.yaml"
    repository = local.repository.repository
    revision   = "refs/heads/${var.branch}"
    repo_type  = var.repository_type
  }

  substitutions = {
    _IMAGES           = local.common["_IMAGES"]
    _LIBRARIES_BUCKET = google_storage_bucket.kept["libraries"].name
    _SERVICE          = "${each.key}-api"
  }
}

resource "google_cloudbuild_trigger" "libraries" {
  name            = "libraries"
  description     = "Tests and packs the libraries, and keeps the packages when libs/Version.props names a new version"
  location        = var.region
  service_account = "projects/${var.project_id}/serviceAccounts/${var.emails["builder"]}"
  filename        = "cloudbuild-libraries.yaml"
  included_files  = ["libs/**", "cloudbuild-libraries.yaml", "Directory.*", "global.json"]

  repository_event_config {
    repository = local.repository.repository
    push {
      branch = local.repository.branch
    }
  }

  substitutions = {
    _LIBRARIES_BUCKET = google_storage_bucket.kept["libraries"].name
  }
}

# Packages of the libraries, and what each image consists of. A package that was published is never written again.
resource "google_storage_bucket" "kept" {
  for_each = { libraries = 730, sboms = 0 }

  name                        = "${var.project_id}-${each.key}"
  location                    = var.region
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"

  versioning {
    enabled = each.value == 0
  }

  dynamic "retention_policy" {
    for_each = each.value > 0 ? [each.value] : []
    content {
      retention_period = retention_policy.value * 86400
    }
  }
}

resource "google_storage_bucket_iam_member" "kept" {
  for_each = {
    "libraries:builder:objectCreator" = { bucket = "libraries", account = "builder", role = "roles/storage.objectCreator" }
    "libraries:builder:objectViewer"  = { bucket = "libraries", account = "builder", role = "roles/storage.objectViewer" }
    "sboms:deployer:objectUser"       = { bucket = "sboms", account = "deployer", role = "roles/storage.objectUser" }
  }

  bucket = google_storage_bucket.kept[each.value.bucket].name
  role   = each.value.role
  member = "serviceAccount:${var.emails[each.value.account]}"
}

# The services take calls from within alone, so the smoke test runs within: this job, as deployer, with an ID token.
resource "google_cloud_run_v2_job" "smoke" {
  name                = "edm-smoke"
  location            = var.region
  deletion_protection = false

  binary_authorization {
    use_default = true
  }

  template {
    template {
      service_account = var.emails["deployer"]
      timeout         = "120s"
      max_retries     = 0

      vpc_access {
        egress = "ALL_TRAFFIC"
        network_interfaces {
          network    = var.network
          subnetwork = var.subnetwork
        }
      }

      containers {
        image   = "${var.mirror}/curl:${var.curl_version}"
        command = ["/bin/sh", "-c"]
        args    = [file("${path.module}/smoke.sh")]
      }
    }
  }
}

# Jobs run as this account, and it starts them.
resource "google_service_account_iam_member" "acts_as_itself" {
  service_account_id = "projects/${var.project_id}/serviceAccounts/${var.emails["deployer"]}"
  role               = "roles/iam.serviceAccountUser"
  member             = "serviceAccount:${var.emails["deployer"]}"
}
