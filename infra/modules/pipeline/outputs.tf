output "libraries_bucket" { value = google_storage_bucket.kept["libraries"].name }
