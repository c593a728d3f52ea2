output "values" {
  description = "What the contract's placeholders stand for."
  value       = local.values
}

output "endpoints_service" { value = google_endpoints_service.this.service_name }

output "run_service" {
  description = "Name of the gateway's Cloud Run service; null while there is none."
  value       = one(google_cloud_run_v2_service.this[*].name)
}
