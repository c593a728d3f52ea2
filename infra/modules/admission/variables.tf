variable "attestation_key" {
  description = "Id of the key that signs attestations."
  type        = string
}

variable "attestation_version" {
  description = "Which version of the key signs."
  type        = number
}

variable "attests" {
  description = "E-mail of the account that attests."
  type        = string
}

variable "mirror" {
  description = "Address of the repository of others' images."
  type        = string
}

variable "admit_placeholder" {
  description = "Admits the image that stands in until the first deployment."
  type        = bool
}

variable "placeholder_image" { type = string }
