resource "google_artifact_registry_repository" "services" {
  repository_id = "energyload"
  description   = "Images of the services and of their gateways"
  location      = var.region
  format        = "DOCKER"

  docker_config {
    immutable_tags = true
  }

  vulnerability_scanning_config {
    enablement_config = "INHERITED"
  }

  cleanup_policies {
    id     = "keep-the-last-forty"
    action = "KEEP"
    most_recent_versions {
      keep_count = 40
    }
  }

  cleanup_policies {
    id     = "delete-what-is-old"
    action = "DELETE"
    condition {
      tag_state  = "ANY"
      older_than = "15552000s"
    }
  }
}

# What others make and we run or build upon; filled by infra/mirror.sh from infra/mirrored-images.txt and by nothing else.
resource "google_artifact_registry_repository" "mirror" {
  repository_id = "mirror"
  description   = "Images of others, copied at a pinned version"
  location      = var.region
  format        = "DOCKER"

  docker_config {
    immutable_tags = true
  }

  vulnerability_scanning_config {
    enablement_config = "INHERITED"
  }
}

resource "google_artifact_registry_repository_iam_member" "reader" {
  for_each = {
    for pair in setproduct(["services", "mirror"], keys(var.readers)) : join(":", pair) => { repository = pair[0], account = pair[1] }
  }

  location   = var.region
  repository = local.repositories[each.value.repository].repository_id
  role       = "roles/artifactregistry.reader"
  member     = "serviceAccount:${var.readers[each.value.account]}"
}

resource "google_artifact_registry_repository_iam_member" "writer" {
  for_each = var.writers

  location   = var.region
  repository = google_artifact_registry_repository.services.repository_id
  role       = "roles/artifactregistry.writer"
  member     = "serviceAccount:${each.value}"
}

locals {
  repositories = {
    services = google_artifact_registry_repository.services
    mirror   = google_artifact_registry_repository.mirror
  }
}
