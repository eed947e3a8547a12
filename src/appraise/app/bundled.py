"""Where the folders are that ship with the program: templates, plugins, schemas and reports."""

from __future__ import annotations

from pathlib import Path

FOLDERS = ("templates", "plugins", "schemas", "reports")
"""What stands beside `src/` in a checkout and under `_bundled/` in an installed wheel."""


def bundled_folder(name: str) -> Path:
    """The shipped folder of that name: `templates`, `plugins`, `schemas` or `reports`."""
    return _home(Path(__file__).resolve().parents[1]) / name


def schema_text(name: str) -> str:
    """The text of a shipped JSON Schema: `schema_text("workspace")` reads `schemas/workspace.schema.json`."""
    return (bundled_folder("schemas") / f"{name}.schema.json").read_text("utf-8")


def schema_names() -> tuple[str, ...]:
    """The names of the shipped schemas in order."""
    suffix = ".schema.json"
    return tuple(sorted(path.name.removesuffix(suffix) for path in bundled_folder("schemas").glob(f"*{suffix}")))


def _home(package: Path) -> Path:
    """The checkout around the package, or the package's own copy where there is none.

    The checkout wins: an editable install keeps a copy under `_bundled` that goes stale without a word.
    """
    checkout = package.parents[1]
    in_checkout = package.parent.name == "src" and (checkout / "schemas").is_dir()
    return checkout if in_checkout else package / "_bundled"
