"""Role templates: found, merged, built and checked."""
