"""A whole country of invented records, for measuring: written by COPY, read by cards as real ones are."""
