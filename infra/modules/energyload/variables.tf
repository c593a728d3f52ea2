variable "project_id" { type = string }

variable "region" { type = string }

variable "stage" {
  description = "How far the project is set up: foundations, placeholders or running (docs/deploy.md)."
  type        = string

  validation {
    condition     = contains(["foundations", "placeholders", "running"], var.stage)
    error_message = "A stage is foundations, placeholders or running."
  }
}

variable "hosts" {
  description = "Public hosts of the two gateways; their DNS records point to the output address."
  type = object({
    send    = string
    receive = string
  })
}

variable "clients" {
  description = "Clients that get an API key, per gateway; a name is good for one gateway alone."
  type = object({
    send    = list(string)
    receive = list(string)
  })
}

variable "esight" {
  description = "Addresses of e-Sight's four calls."
  type = object({
    token_url       = string
    sites_url       = string
    meters_url      = string
    consumption_url = string
  })

  validation {
    condition     = alltrue([for url in values(var.esight) : startswith(url, "https://")])
    error_message = "e-Sight is called by https alone."
  }
}

variable "database" {
  description = "Size and care of the database."
  type = object({
    tier             = string
    disk_gib         = number
    highly_available = bool
    retained_backups = number
    password_version = number
    reader_groups    = list(string)
  })
}

variable "repository" {
  description = "The repository as Cloud Build knows it, and the branch that is deployed."
  type = object({
    name   = string
    type   = string
    branch = string
  })
}

variable "mirrored" {
  description = "Tags of others' images in the mirror; infra/mirrored-images.txt."
  type = object({
    collector = string
    curl      = string
  })
}

variable "min_instances" {
  description = "Instances of each service and gateway that are always there."
  type        = number
}

variable "max_instances" {
  description = "Instances of each service and gateway at most; with pool_size it decides max_connections."
  type        = number
}

variable "pool_size" {
  description = "Database connections that one instance may hold."
  type        = number
  default     = 10
}

variable "cpu_only_during_requests" {
  description = "Takes the CPU away between requests (docs/adr/0020)."
  type        = bool
}

variable "telemetry" {
  description = "Runs a collector beside each service that hands traces and metrics to Google Cloud; the alerts need it."
  type        = bool
  default     = true
}

variable "trusted_hops" {
  description = "Entries at the end of X-Forwarded-For that hops of ours wrote: the client's, the load balancer's, the gateway's."
  type        = number
  default     = 3
}

variable "attestation_version" {
  description = "Which version of the attestation key signs; raise it after making a new one."
  type        = number
  default     = 1
}

variable "keep_days" {
  description = "How long messages, reports, rows of the books and anchors are kept."
  type        = number
  default     = 400
}

variable "lock_anchors" {
  description = "Locks the retention of the audit log's anchors for good."
  type        = bool
}

variable "requests_per_minute" {
  description = "Requests that one address may make in a minute."
  type        = number
  default     = 6000
}

variable "logins_per_minute" {
  description = "Logins that one address may start in a minute."
  type        = number
  default     = 60
}

variable "waf_preview" {
  description = "Only logs what the preconfigured WAF rules would refuse."
  type        = bool
}

variable "approval_required" {
  description = "A person approves each deployment."
  type        = bool
}

variable "alert_emails" {
  description = "Who is told of alerts."
  type        = list(string)
}

variable "dashboard_readers" {
  description = "Who may read the books in BigQuery, such as group:dashboards@example.com."
  type        = list(string)
}

variable "deletion_protection" {
  description = "Keeps Terraform from deleting services."
  type        = bool
}
