"""The expression language: one grammar, bound to kinds, numbers, columns and words."""
