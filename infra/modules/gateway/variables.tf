variable "project_id" { type = string }

variable "region" { type = string }

variable "name" {
  description = "Name of the gateway's Cloud Run service."
  type        = string
}

variable "endpoints_name" {
  description = "First part of the Endpoints service's name."
  type        = string
}

variable "contract" {
  description = "Path of the OpenAPI file."
  type        = string
}

variable "public_host" {
  description = "Host under which clients reach the gateway: the audience of users' tokens."
  type        = string
}

variable "backend_url" {
  description = "Address of the service behind it."
  type        = string
}

variable "token_issuer" {
  description = "E-mail of the account that signs users' tokens."
  type        = string
}

variable "account" {
  description = "E-mail of the account that the gateway runs as."
  type        = string
}

variable "deployer" {
  description = "E-mail of the account that rolls out configurations."
  type        = string
}

variable "network" { type = string }

variable "subnetwork" { type = string }

variable "min_instances" { type = number }

variable "max_instances" { type = number }

variable "running" {
  description = "Whether the gateway itself is made, besides its Endpoints service."
  type        = bool
}

variable "placeholder_image" {
  description = "Image that stands in until the first deployment."
  type        = string
}

variable "deletion_protection" { type = bool }
