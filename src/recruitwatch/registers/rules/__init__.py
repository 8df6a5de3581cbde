"""Reading files, deciding what rows mean, and merging them into records: pure."""
