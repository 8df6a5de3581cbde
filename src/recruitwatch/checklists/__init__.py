"""Checklists: what inspectors and interviewers ask, in published versions that are never edited."""
