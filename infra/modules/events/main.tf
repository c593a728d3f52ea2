# What happened, told to whoever wants to know. Why no Pub/Sub schema stands on these topics: docs/adr/0022-event-forms.md.
resource "google_pubsub_topic" "this" {
  for_each = toset(["esight-error-reports", "esight-deliveries", "esight-error-reports-dead", "esight-deliveries-dead"])

  name = each.value

  # A subscriber that lost its place can be set back by a week.
  message_retention_duration = "604800s"

  message_storage_policy {
    allowed_persistence_regions = [var.region]
    enforce_in_transit          = true
  }
}

resource "google_pubsub_topic_iam_member" "publisher" {
  for_each = {
    "esight-error-reports" = "receive-api"
    "esight-deliveries"    = "send-api"
    # What can never be applied it gives away itself, with a reason, before Pub/Sub would.
    "esight-error-reports-dead" = "send-api"
  }

  topic  = google_pubsub_topic.this[each.key].name
  role   = "roles/pubsub.publisher"
  member = "serviceAccount:${var.emails[each.value]}"
}

resource "google_pubsub_subscription" "send_api" {
  name  = "send-api-error-reports"
  topic = google_pubsub_topic.this["esight-error-reports"].id

  # Also how long one push may take.
  ack_deadline_seconds       = 30
  message_retention_duration = "604800s"

  expiration_policy {
    ttl = ""
  }

  retry_policy {
    minimum_backoff = "1s"
    maximum_backoff = "60s"
  }

  push_config {
    push_endpoint = "${var.send_api}/internal/pubsub/error-reports"

    oidc_token {
      service_account_email = var.emails["pubsub-push"]
      audience              = var.send_api
    }
  }

  # An outage of send-api must not bury good events: at these delays 100 attempts are more than an hour and a half.
  dead_letter_policy {
    dead_letter_topic     = google_pubsub_topic.this["esight-error-reports-dead"].id
    max_delivery_attempts = 100
  }
}

resource "google_pubsub_subscription" "bigquery" {
  for_each = local.landings

  name                       = "bigquery-${each.key}"
  topic                      = google_pubsub_topic.this[each.value.topic].id
  message_retention_duration = "604800s"
  # Other kinds of events may share the topic; they have no table.
  filter = "attributes.type = \"${each.value.type}\""

  expiration_policy {
    ttl = ""
  }

  bigquery_config {
    table            = each.value.table
    use_table_schema = true
    # Members that are new to an event reach BigQuery once the table has their column; until then they are left out.
    drop_unknown_fields = true
  }

  dead_letter_policy {
    dead_letter_topic     = google_pubsub_topic.this[each.value.dead].id
    max_delivery_attempts = 20
  }

  depends_on = [google_bigquery_table_iam_member.landing]
}

# Dead letters are kept for a month and looked at by people: docs/operations.md.
resource "google_pubsub_subscription" "dead" {
  for_each = toset(["esight-error-reports-dead", "esight-deliveries-dead"])

  name                       = each.value
  topic                      = google_pubsub_topic.this[each.value].id
  ack_deadline_seconds       = 60
  message_retention_duration = "2678400s"

  expiration_policy {
    ttl = ""
  }
}

# Pub/Sub itself moves messages to the dead letters, and writes the tables.
resource "google_pubsub_topic_iam_member" "dead_publisher" {
  for_each = toset(["esight-error-reports-dead", "esight-deliveries-dead"])

  topic  = google_pubsub_topic.this[each.value].name
  role   = "roles/pubsub.publisher"
  member = "serviceAccount:${var.agents["pubsub"]}"
}

resource "google_pubsub_subscription_iam_member" "dead_acknowledger" {
  for_each = merge(
    { send_api = google_pubsub_subscription.send_api.name },
    { for name, subscription in google_pubsub_subscription.bigquery : name => subscription.name },
  )

  subscription = each.value
  role         = "roles/pubsub.subscriber"
  member       = "serviceAccount:${var.agents["pubsub"]}"
}

resource "google_bigquery_table_iam_member" "landing" {
  for_each = local.landings

  dataset_id = var.dataset
  table_id   = each.value.table_id
  role       = "roles/bigquery.dataEditor"
  member     = "serviceAccount:${var.agents["pubsub"]}"
}

locals {
  landings = {
    "error-reports" = {
      topic    = "esight-error-reports"
      type     = "esight-error-report"
      dead     = "esight-error-reports-dead"
      table    = var.tables["error_reports"]
      table_id = "error_reports"
    }
    "deliveries" = {
      topic    = "esight-deliveries"
      type     = "esight-delivery"
      dead     = "esight-deliveries-dead"
      table    = var.tables["deliveries"]
      table_id = "deliveries"
    }
  }
}
