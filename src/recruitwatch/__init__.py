"""recruitwatch: register, audit and score recruitment agencies; hear workers; keep fair contracts."""
