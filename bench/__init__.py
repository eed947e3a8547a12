"""How fast appraise is, against peers that do the whole of the same job on the same machine."""
