"""The plain nouns of the field: periods, roles, people, outcomes, places and problems."""
