"""Measuring: each figure beside its ceiling, taken in the same run (docs/bench.md). Not a test:
nothing here is collected or asserted, and no figure can fail a build."""
