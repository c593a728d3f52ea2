output "url" {
  description = "Address of the service, which is also whom its callers' ID tokens are for."
  value       = local.url
}

output "name" { value = google_cloud_run_v2_service.this.name }

output "job" { value = google_cloud_run_v2_job.migrate.name }
