"""The hooks a plugin can answer, how plugins are found, and what they declared."""
