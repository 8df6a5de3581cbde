"""What people do with whole registers: check a file, import it, undo an import."""
