output "address" {
  description = "What the DNS records of both hosts point to."
  value       = one(module.edge[*].address)
}

output "mirror" {
  description = "Where infra/mirror.sh copies others' images to."
  value       = module.images.mirror
}

output "secrets" {
  description = "Secrets that need a version."
  value       = keys(module.secrets.ids)
}

output "endpoints_services" {
  description = "Names of the Endpoints services, which API keys are for."
  value       = { send = module.send_gateway.endpoints_service, receive = module.receive_gateway.endpoints_service }
}
