"""The place of an agency's own people: their card, their findings, what they contest. Nothing of others."""
