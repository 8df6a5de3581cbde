"""What an inspector typed: the visit (`visits`) and answers, whole pages of them (`answering`)."""
