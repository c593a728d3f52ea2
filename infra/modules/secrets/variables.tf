variable "region" { type = string }

variable "kms_key" {
  description = "Id of the key that encrypts them."
  type        = string
}

variable "readers" {
  description = "Names of the accounts that read each secret, by the secret's name."
  type        = map(list(string))
}

variable "writers" {
  description = "Names of the accounts that add versions to each secret, by the secret's name; people add them to all others."
  type        = map(list(string))
  default     = {}
}

variable "emails" {
  description = "E-mail of each account by name."
  type        = map(string)
}
