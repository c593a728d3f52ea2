output "queues" {
  description = "Name of each queue by itself, usable once its service may fill it."
  value       = { for name, queue in google_cloud_tasks_queue.this : name => queue.id }
  depends_on  = [google_cloud_tasks_queue_iam_member.enqueuer]
}
