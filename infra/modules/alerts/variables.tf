variable "emails" {
  description = "Who is told."
  type        = list(string)
}

variable "max_connections" {
  description = "What the database allows."
  type        = number
}
