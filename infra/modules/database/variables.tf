variable "region" { type = string }

variable "network" {
  description = "Id of the network in which the server gets its address."
  type        = string
}

variable "kms_key" {
  description = "Id of the key that encrypts disks and backups."
  type        = string
}

variable "tier" {
  description = "Size of the machine, such as db-custom-2-8192 (2 vCPU, 8 GiB)."
  type        = string
}

variable "disk_gib" {
  description = "First size of the disk; it grows by itself."
  type        = number
}

variable "highly_available" {
  description = "A standby in a second zone."
  type        = bool
}

variable "retained_backups" {
  description = "How many daily backups are kept."
  type        = number
}

variable "max_connections" {
  description = "What all instances, jobs and people together may hold."
  type        = number
}

variable "passwords" {
  description = "Secret of each built-in account's password, by the account's name; empty until the secrets have versions."
  type        = map(string)
}

variable "password_version" {
  description = "Raise it after adding new versions of the passwords: a write-only value is written when this changes."
  type        = number
}

variable "reader_groups" {
  description = "Google groups whose members may log in with their own identity."
  type        = list(string)
}
