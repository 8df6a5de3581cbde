"""The invented country of the demonstration. It may use every feature; nothing but the command
line uses it."""
