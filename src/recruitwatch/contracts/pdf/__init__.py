"""Drawing a contract that is ready to be drawn. Everything here reads a `Paper` and nothing else."""
