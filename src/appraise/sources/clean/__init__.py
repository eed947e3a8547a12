"""One converter for every source: from what stands in a cell to a number, text, date, yes/no or missing."""
