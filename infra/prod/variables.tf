variable "project_id" {
  description = "The project of this environment and of nothing else."
  type        = string
}

variable "stage" {
  description = "How far the project is set up: foundations, placeholders or running."
  type        = string
  default     = "running"
}

variable "repository" {
  description = "The repository as Cloud Build knows it: projects/P/locations/L/connections/C/repositories/R."
  type        = string
}

variable "domain" {
  description = "Domain of the two hosts, such as dev.example.com: send.DOMAIN and receive.DOMAIN."
  type        = string
}

variable "esight" {
  description = "Addresses of e-Sight's four calls."
  type = object({
    token_url       = string
    sites_url       = string
    meters_url      = string
    consumption_url = string
  })
}

variable "clients" {
  description = "Clients that get an API key, per gateway."
  type = object({
    send    = list(string)
    receive = list(string)
  })
}

variable "alert_emails" {
  description = "Who is told of alerts."
  type        = list(string)
}

variable "dashboard_readers" {
  description = "Who may read the books in BigQuery."
  type        = list(string)
  default     = []
}

variable "database_reader_groups" {
  description = "Google groups whose members may read the database with their own identity."
  type        = list(string)
  default     = []
}

variable "password_version" {
  description = "Raise it after adding new versions of the database's passwords."
  type        = number
  default     = 1
}
