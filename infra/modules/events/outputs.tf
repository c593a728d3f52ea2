output "topics" {
  description = "Full name of each topic by its short one, usable once its publisher may publish."
  value       = { for name, topic in google_pubsub_topic.this : name => topic.id }
  depends_on  = [google_pubsub_topic_iam_member.publisher]
}
