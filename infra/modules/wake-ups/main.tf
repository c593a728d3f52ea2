# The alarm clocks: Cloud Tasks says "there is work", Cloud Scheduler says it once a minute whatever was lost.
resource "google_cloud_tasks_queue" "this" {
  for_each = local.queues

  name     = each.key
  location = var.region

  rate_limits {
    max_dispatches_per_second = 50
    max_concurrent_dispatches = 10
  }

  # A wake-up carries no data and the sweep repeats it: there is no point in repeating one for hours.
  retry_config {
    max_attempts       = 100
    max_retry_duration = "600s"
    min_backoff        = "0.1s"
    max_backoff        = "5s"
    max_doublings      = 6
  }

  stackdriver_logging_config {
    sampling_ratio = 0.01
  }
}

resource "google_cloud_tasks_queue_iam_member" "enqueuer" {
  for_each = local.queues

  name     = google_cloud_tasks_queue.this[each.key].name
  location = var.region
  role     = "roles/cloudtasks.enqueuer"
  member   = "serviceAccount:${var.emails[each.value]}"
}

resource "google_cloud_scheduler_job" "sweep" {
  for_each = var.sweeps

  name             = "${each.key}-sweep"
  region           = var.region
  schedule         = "* * * * *"
  time_zone        = "Etc/UTC"
  attempt_deadline = "30s"

  # The next minute is the retry.
  retry_config {
    retry_count = 0
  }

  http_target {
    http_method = "POST"
    uri         = "${each.value}/internal/scheduler/sweep"

    oidc_token {
      service_account_email = var.emails["scheduler"]
      audience              = each.value
    }
  }
}

locals {
  queues = {
    "send-drain"      = "send-api"
    "receive-publish" = "receive-api"
  }
}
