"""From files to facts: read, cleaned, and joined to people."""
