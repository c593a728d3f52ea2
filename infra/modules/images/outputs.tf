output "services" {
  description = "Address of the repository of our own images."
  value       = "${var.region}-docker.pkg.dev/${google_artifact_registry_repository.services.project}/${google_artifact_registry_repository.services.repository_id}"
}

output "mirror" {
  description = "Address of the repository of others' images."
  value       = "${var.region}-docker.pkg.dev/${google_artifact_registry_repository.mirror.project}/${google_artifact_registry_repository.mirror.repository_id}"
}
