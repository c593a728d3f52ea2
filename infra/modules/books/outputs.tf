output "dataset" { value = google_bigquery_dataset.this.dataset_id }

output "tables" {
  description = "Full name of each landing table by its id."
  value       = { for id, table in google_bigquery_table.landing : id => "${var.project_id}.${table.dataset_id}.${table.table_id}" }
}
