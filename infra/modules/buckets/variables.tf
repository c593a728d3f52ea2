variable "project_id" { type = string }

variable "region" { type = string }

variable "archive_key" {
  description = "Id of the key for messages and reports."
  type        = string
}

variable "audit_key" {
  description = "Id of the key for the audit log's anchors."
  type        = string
}

variable "keep_days" {
  description = "How long messages and reports are kept."
  type        = number
}

variable "anchor_days" {
  description = "How long anchors of the audit log cannot be deleted; at least as long as its rows are kept."
  type        = number
}

variable "lock_anchors" {
  description = "Locks the retention of the anchors for good."
  type        = bool
}

variable "emails" {
  description = "E-mail of each account by name."
  type        = map(string)
}
