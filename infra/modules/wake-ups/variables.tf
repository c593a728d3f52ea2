variable "region" { type = string }

variable "emails" {
  description = "E-mail of each account by name."
  type        = map(string)
}

variable "sweeps" {
  description = "Address of each service that is swept, by the service's name."
  type        = map(string)
}
