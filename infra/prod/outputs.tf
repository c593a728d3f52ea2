output "address" {
  description = "What the DNS records of both hosts point to."
  value       = module.energyload.address
}

output "mirror" {
  description = "Where infra/mirror.sh copies others' images to."
  value       = module.energyload.mirror
}

output "secrets" {
  description = "Secrets that need a version."
  value       = module.energyload.secrets
}

output "endpoints_services" {
  description = "Names of the Endpoints services, which API keys are for."
  value       = module.energyload.endpoints_services
}
