"""What people of the ministry do with accounts, by verb."""
