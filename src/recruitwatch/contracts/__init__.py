"""Standard contracts: the clause library, the law of corridors, assembling and drawing a contract."""
