variable "region" { type = string }

variable "agents" {
  description = "E-mails of Google's own accounts, by service."
  type        = map(string)
}

variable "emails" {
  description = "E-mail of each account by name."
  type        = map(string)
}

variable "send_api" {
  description = "Address of send-api."
  type        = string
}

variable "dataset" {
  description = "Id of the dataset in which events land."
  type        = string
}

variable "tables" {
  description = "Full name of each table that events land in (project.dataset.table), by its id."
  type        = map(string)
}
