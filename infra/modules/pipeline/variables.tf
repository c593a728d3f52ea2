variable "project_id" { type = string }

variable "region" { type = string }

variable "repository" {
  description = "Full name of the connected repository: projects/P/locations/L/connections/C/repositories/R."
  type        = string
}

variable "repository_type" {
  description = "What kind of repository it is, such as GITHUB."
  type        = string
}

variable "branch" {
  description = "The branch that is deployed."
  type        = string
}

variable "approval_required" {
  description = "A person approves each deployment."
  type        = bool
}

variable "services" {
  description = "What the pipeline of each service is told, by send and receive."
  type = map(object({
    run_service         = string
    migrate_job         = string
    database_account    = string
    gateway_run_service = string
    gateway_values      = map(string)
    check_key           = string
  }))
}

variable "images" {
  description = "Address of the repository of our own images."
  type        = string
}

variable "mirror" {
  description = "Address of the repository of others' images."
  type        = string
}

variable "curl_version" {
  description = "Tag of the mirrored curl image."
  type        = string
}

variable "attestor" { type = string }

variable "key_version" {
  description = "Full name of the key version that signs attestations."
  type        = string
}

variable "emails" {
  description = "E-mail of each account by name."
  type        = map(string)
}

variable "network" { type = string }

variable "subnetwork" { type = string }
