"""From facts to a rating: measures, KPI scores, KRA scores, the overall and its label."""
