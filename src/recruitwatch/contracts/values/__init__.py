"""The words of the contracts feature. Everything is frozen and nothing decides.

`written` and `corridors` are what people write in files, `judged` is what rules say, `terms` is a
contract as it was agreed, `paper` is a contract ready to be drawn.
"""
