variable "project_id" { type = string }

variable "clients" {
  description = "The Endpoints service that each client's key is for. Addresses are limited by the load balancer's rules: behind it a key's own limit would see Google's."
  type        = map(string)
}
