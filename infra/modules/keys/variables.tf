variable "region" { type = string }

variable "agents" {
  description = "E-mails of Google's own accounts, by service."
  type        = map(string)
}

variable "config_readers" {
  description = "E-mails of the accounts that decrypt configuration objects, by name."
  type        = map(string)
}

variable "signer" {
  description = "E-mail of the account that attests images."
  type        = string
}
