"""What decides in an audit: which items count, what is frozen, who may act, what becomes a finding.

Import from the modules below; they are split by verb.
"""
