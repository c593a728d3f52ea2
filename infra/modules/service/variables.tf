variable "project_id" { type = string }

variable "project_number" { type = string }

variable "region" { type = string }

variable "name" {
  description = "Name of the Cloud Run service."
  type        = string
}

variable "job_name" {
  description = "Name of the job that runs the image's commands."
  type        = string
}

variable "account" {
  description = "Name of the account that the service runs as."
  type        = string
}

variable "gateway_account" {
  description = "Name of the account of its gateway."
  type        = string
}

variable "invokers" {
  description = "Names of the accounts that may call it."
  type        = list(string)
}

variable "accounts" {
  description = "E-mail and number of each account by name."
  type = object({
    emails     = map(string)
    unique_ids = map(string)
  })
}

variable "gateway_host" {
  description = "Public host of its gateway: the audience of users' tokens."
  type        = string
}

variable "trusted_hops" {
  description = "How many entries at the end of X-Forwarded-For were written by hops of ours."
  type        = number
}

variable "database" {
  description = "Address of the server and name of the database."
  type = object({
    host = string
    name = string
  })
}

variable "database_account" {
  description = "The service's own account at the database, which the job gives its rights to."
  type        = string
}

variable "pool_size" {
  description = "Connections that one instance may hold."
  type        = number
}

variable "anchor_bucket" {
  description = "Bucket of the audit log's anchors."
  type        = string
}

variable "secrets" {
  description = "Secret behind each source of the service, by the source's name."
  type        = map(string)
}

variable "job_secrets" {
  description = "Secret behind each source of the job, by the source's name."
  type        = map(string)
}

variable "environment" {
  description = "What this service alone is told."
  type        = map(string)
}

variable "network" { type = string }

variable "subnetwork" { type = string }

variable "min_instances" { type = number }

variable "max_instances" { type = number }

variable "cpu_only_during_requests" {
  description = "Takes the CPU away between requests: cheaper, and telemetry then waits for the next request."
  type        = bool
}

variable "collector_image" {
  description = "Image of the OpenTelemetry collector; null for none."
  type        = string
}

variable "placeholder" {
  description = "The service does not have its own image yet."
  type        = bool
}

variable "placeholder_image" {
  description = "Image that stands in until the first deployment."
  type        = string
}

variable "deletion_protection" { type = bool }
