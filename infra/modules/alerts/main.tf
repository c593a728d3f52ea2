# Who is told, and of what. Each alert's summary says what to do first; docs/operations.md has the whole of it.
resource "google_monitoring_notification_channel" "email" {
  for_each = toset(var.emails)

  display_name = each.value
  type         = "email"
  labels       = { email_address = each.value }
}

resource "google_monitoring_alert_policy" "metric" {
  for_each = local.alerts

  display_name          = "EnergyLoad: ${each.key}"
  combiner              = "OR"
  severity              = each.value.severity
  notification_channels = local.channels

  conditions {
    display_name = each.key

    condition_prometheus_query_language {
      query               = each.value.query
      duration            = each.value.lasts
      evaluation_interval = "60s"
      # A counter that nothing has counted yet is no series, and no mistake in the rule.
      disable_metric_validation = true
    }
  }

  documentation {
    mime_type = "text/markdown"
    content   = each.value.todo
  }

  alert_strategy {
    auto_close = "86400s"
  }
}

resource "google_monitoring_alert_policy" "log" {
  for_each = local.log_alerts

  display_name          = "EnergyLoad: ${each.key}"
  combiner              = "OR"
  severity              = "CRITICAL"
  notification_channels = local.channels

  conditions {
    display_name = each.key

    condition_matched_log {
      filter = each.value.filter
    }
  }

  documentation {
    mime_type = "text/markdown"
    content   = each.value.todo
  }

  alert_strategy {
    auto_close = "604800s"
    notification_rate_limit {
      period = "300s"
    }
  }
}

# A key in a URL is in the request logs of the load balancer and of Cloud Run before anything of ours runs. Such entries are dropped,
# whole, before they are stored; they are counted first, so that the clients that still do it can be found and changed.
resource "google_logging_project_exclusion" "api_keys" {
  name        = "api-keys-in-urls"
  description = "Request log entries whose URL holds an API key or a token"
  filter      = local.key_in_url
}

resource "google_logging_metric" "api_keys" {
  name        = "api-keys-in-urls"
  description = "Requests that carried an API key or a token in their URL"
  filter      = local.key_in_url

  metric_descriptor {
    metric_kind = "DELTA"
    value_type  = "INT64"
  }
}

locals {
  channels   = [for channel in google_monitoring_notification_channel.email : channel.id]
  key_in_url = "httpRequest.requestUrl=~\"[?&](key|api_key|access_token)=\""
}
