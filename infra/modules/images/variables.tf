variable "region" { type = string }

variable "readers" {
  description = "E-mails of the accounts that may pull, by name."
  type        = map(string)
}

variable "writers" {
  description = "E-mails of the accounts that may push images of ours, by name."
  type        = map(string)
}
