"""YAML with places, and JSON Schema errors that point at them."""
