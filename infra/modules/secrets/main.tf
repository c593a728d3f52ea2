# One entry for each secret and each account.
locals {
  reads = {
    for grant in flatten([for secret, accounts in var.readers : [for account in accounts : { secret = secret, account = account }]]) :
    "${grant.secret}:${grant.account}" => grant
  }
  writes = {
    for grant in flatten([for secret, accounts in var.writers : [for account in accounts : { secret = secret, account = account }]]) :
    "${grant.secret}:${grant.account}" => grant
  }
}

# Secrets without versions: values are put in by people (docs/deploy.md), or by a job with the right to add one, and never pass through
# Terraform's state.
resource "google_secret_manager_secret" "this" {
  for_each = var.readers

  secret_id = each.key

  replication {
    user_managed {
      replicas {
        location = var.region
        customer_managed_encryption {
          kms_key_name = var.kms_key
        }
      }
    }
  }

  version_destroy_ttl = "2592000s"

  lifecycle {
    prevent_destroy = true
  }
}

resource "google_secret_manager_secret_iam_member" "reader" {
  for_each = local.reads

  secret_id = google_secret_manager_secret.this[each.value.secret].id
  role      = "roles/secretmanager.secretAccessor"
  member    = "serviceAccount:${var.emails[each.value.account]}"
}

resource "google_secret_manager_secret_iam_member" "writer" {
  for_each = local.writes

  secret_id = google_secret_manager_secret.this[each.value.secret].id
  role      = "roles/secretmanager.secretVersionAdder"
  member    = "serviceAccount:${var.emails[each.value.account]}"
}

# A rotating secret is listed as well as read: the newest enabled version counts, the one before it still does.
resource "google_secret_manager_secret_iam_member" "lister" {
  for_each = local.reads

  secret_id = google_secret_manager_secret.this[each.value.secret].id
  role      = "roles/secretmanager.viewer"
  member    = "serviceAccount:${var.emails[each.value.account]}"
}
