variable "region" { type = string }

variable "kms_key" {
  description = "Id of the key that encrypts them."
  type        = string
}

variable "readers" {
  description = "Names of the accounts that read each secret, by the secret's name."
  type        = map(list(string))
}

variable "emails" {
  description = "E-mail of each account by name."
  type        = map(string)
}
