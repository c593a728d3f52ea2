resource "google_storage_bucket" "this" {
  for_each = local.buckets

  # Bucket names are one name space for the whole world.
  name                        = "${var.project_id}-${each.key}"
  location                    = var.region
  storage_class               = "STANDARD"
  uniform_bucket_level_access = true
  public_access_prevention    = "enforced"
  force_destroy               = false

  encryption {
    default_kms_key_name = each.key == "audit-anchors" ? var.audit_key : var.archive_key
  }

  versioning {
    enabled = each.value.retention_days == 0
  }

  dynamic "retention_policy" {
    for_each = each.value.retention_days > 0 ? [each.value.retention_days] : []
    content {
      retention_period = retention_policy.value * 86400
      # Locking cannot be undone, by anybody: it is done for the anchors in production alone.
      is_locked = each.key == "audit-anchors" && var.lock_anchors
    }
  }

  dynamic "lifecycle_rule" {
    for_each = each.value.delete_after_days > 0 ? [each.value.delete_after_days] : []
    content {
      action {
        type = "Delete"
      }
      condition {
        age = lifecycle_rule.value
      }
    }
  }

  dynamic "lifecycle_rule" {
    for_each = each.value.retention_days == 0 ? [30] : []
    content {
      action {
        type = "Delete"
      }
      condition {
        days_since_noncurrent_time = lifecycle_rule.value
      }
    }
  }
}

resource "google_storage_bucket_iam_member" "this" {
  for_each = {
    for grant in flatten([
      for bucket, settings in local.buckets : [
        for account, roles in settings.roles : [for role in roles : { bucket = bucket, account = account, role = role }]
      ]
    ]) : "${grant.bucket}:${grant.account}:${grant.role}" => grant
  }

  bucket = google_storage_bucket.this[each.value.bucket].name
  role   = "roles/storage.${each.value.role}"
  member = "serviceAccount:${var.emails[each.value.account]}"
}

locals {
  # retention_days: nobody can delete or overwrite before; delete_after_days: deleted by itself. 0 means neither.
  buckets = {
    "source" = {
      retention_days    = 0
      delete_after_days = 0
      roles             = { "send-api" = ["objectUser"] }
    }
    "success" = {
      retention_days    = 0
      delete_after_days = var.keep_days
      roles             = { "send-api" = ["objectUser"] }
    }
    "error" = {
      retention_days    = 0
      delete_after_days = var.keep_days
      roles             = { "send-api" = ["objectUser"] }
    }
    # Evidence: written once, never overwritten.
    "response" = {
      retention_days    = var.keep_days
      delete_after_days = var.keep_days
      roles             = { "receive-api" = ["objectCreator", "objectViewer"] }
    }
    "audit-anchors" = {
      retention_days    = var.anchor_days
      delete_after_days = 0
      roles = {
        "send-api"    = ["objectCreator", "objectViewer"]
        "receive-api" = ["objectCreator", "objectViewer"]
        "migrations"  = ["objectViewer"]
      }
    }
    "config" = {
      retention_days    = 0
      delete_after_days = 0
      roles             = { "send-api" = ["objectViewer"], "receive-api" = ["objectViewer"] }
    }
  }
}
