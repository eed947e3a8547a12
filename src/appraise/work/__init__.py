"""Many items over many processes, none of which can take the others down."""
