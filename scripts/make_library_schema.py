"""Write schemas/library.schema.json, whose KPIs are those of schemas/role.schema.json without what roles say."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

SCHEMAS = Path(__file__).parents[1] / "schemas"
LEFT_TO_ROLES = ("weight", "monitor", "use", "variant", "definition_id", "members")
USED = ("bands", "target_bands")


def main() -> None:
    """Write the schema anew."""
    role = json.loads((SCHEMAS / "role.schema.json").read_text("utf-8"))
    text = json.dumps(library_schema(role), indent=2, ensure_ascii=False)
    (SCHEMAS / "library.schema.json").write_text(text + "\n", "utf-8")


def library_schema(role: dict[str, Any]) -> dict[str, Any]:
    """The schema of a library, made from the one of a template."""
    definitions = dict(role["$defs"])
    for name in ("kra", "gate", "adjustment", "example"):
        del definitions[name]
    kpi = {key: value for key, value in definitions["kpi"].items() if key not in {"if", "then"}}
    kpi["properties"] = {key: value for key, value in kpi["properties"].items() if key not in LEFT_TO_ROLES}
    changes = {**kpi, "description": "What a variant says otherwise.", "required": []}
    changes["properties"] = {key: value for key, value in kpi["properties"].items() if key != "id"}
    kpi["description"] = "One KPI, without a weight: the templates that use it say what it weighs."
    kpi["required"] = ["id", "title", "formula", "score"]
    kpi["properties"] = kpi["properties"] | {"variants": _variants()}
    return {
        "$schema": role["$schema"],
        "title": "A library of KPIs",
        "description": "KPIs that are defined once and used by the templates of several roles.",
        "type": "object",
        "additionalProperties": False,
        "patternProperties": role["patternProperties"],
        "required": ["library", "kpis"],
        "properties": {
            "language": role["properties"]["language"],
            "library": {
                **role["properties"]["role"],
                "description": "The name of the library; a template writes `use: NAME.KPI`.",
                "examples": ["collections"],
            },
            "title": {**role["properties"]["title"], "description": "What it is a library of."},
            "version": {**role["properties"]["version"], "description": "The version of the library."},
            "scale": role["properties"]["scale"],
            "kpis": {
                "description": "The KPIs.",
                "type": "array",
                "minItems": 1,
                "maxItems": 500,
                "items": {"$ref": "#/$defs/kpi"},
                "examples": role["$defs"]["kra"]["properties"]["kpis"]["examples"],
            },
        },
        "$defs": {**definitions, "kpi": kpi, "variant": changes},
    }


def _variants() -> dict[str, Any]:
    return {
        "description": "Other definitions of the same KPI by name; each says only what it has otherwise.",
        "type": "object",
        "minProperties": 1,
        "maxProperties": 20,
        "additionalProperties": False,
        "patternProperties": {"^[a-z][a-z0-9_]{0,63}$": {"$ref": "#/$defs/variant"}},
        "examples": [{"seed_wording": {"formula": "100 * collected / opening"}}],
    }


if __name__ == "__main__":
    main()
