variable "project_id" { type = string }

variable "region" { type = string }

variable "keep_days" {
  description = "How long rows are kept."
  type        = number
}

variable "readers" {
  description = "Who may read the tables, such as group:dashboards@example.com."
  type        = list(string)
}
