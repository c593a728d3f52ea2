# Where dashboards read: one table per kind of event, as Pub/Sub lands it, and views with the columns that they have always read.
resource "google_bigquery_dataset" "this" {
  dataset_id    = "energyload"
  friendly_name = "EnergyLoad"
  description   = "What was delivered to e-Sight and what e-Sight refused"
  location      = var.region
}

resource "google_bigquery_table" "landing" {
  for_each = local.landing

  dataset_id          = google_bigquery_dataset.this.dataset_id
  table_id            = each.key
  description         = each.value.description
  schema              = jsonencode([for column in each.value.columns : merge({ mode = "NULLABLE" }, column)])
  clustering          = ["message_id"]
  deletion_protection = true

  time_partitioning {
    type          = "DAY"
    field         = "starting"
    expiration_ms = var.keep_days * 86400000
  }
}

# An event is delivered at least once, and is the same under the same eventId: each view shows it once.
resource "google_bigquery_table" "view" {
  for_each = local.views

  dataset_id          = google_bigquery_dataset.this.dataset_id
  table_id            = each.key
  description         = each.value.description
  deletion_protection = false

  view {
    use_legacy_sql = false
    query          = <<-SQL
      SELECT ${join(", ", each.value.columns)}
      FROM `${var.project_id}.energyload.${each.value.of}`
      WHERE ${each.value.where}
      QUALIFY ROW_NUMBER() OVER (PARTITION BY eventId ORDER BY ending) = 1
    SQL
  }

  depends_on = [google_bigquery_table.landing]
}

resource "google_bigquery_dataset_iam_member" "reader" {
  for_each = toset(var.readers)

  dataset_id = google_bigquery_dataset.this.dataset_id
  role       = "roles/bigquery.dataViewer"
  member     = each.value
}
