"""What people do with audits, by verb: `drafting`, `interviewing`, `submitting`, `reviewing`."""
