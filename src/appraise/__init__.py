"""A rule-driven appraisal engine: rules in YAML and facts in tables become scored, explained, printed people."""

from __future__ import annotations

__version__ = "0.1.0"
