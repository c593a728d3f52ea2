variable "project_id" { type = string }

variable "agents" {
  description = "E-mails of Google's own accounts, by service."
  type        = map(string)
}
