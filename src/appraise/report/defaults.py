"""How HTML looks before any design: WeasyPrint's own style sheet, less what the designs at hand do not use.

Its rules for footnotes, for notes and for the marks of lists match every element, those for margin boxes every page.
Each match is a style to work out: 5,000 in a pack, a fifteenth of its time, for boxes that are never made.
"""

from __future__ import annotations

import copy
import re
from typing import Any

from weasyprint import UA_STYLESHEET

RARE = re.compile(r"footnote|note\(|:note-|list-item|@import|<style|<link")
"""What a style sheet or a page says that needs the whole sheet, or may need it."""

NOTES = ("footnote", "note")
MARKER = "marker"
LIST_ITEM = "li"


def needs_all(text: str) -> bool:
    """Whether a style sheet or a page may ask for what the lesser sheet leaves out."""
    return RARE.search(text) is not None


def defaults_for(style: str) -> Any:
    """The default sheet for pages with that style sheet; they are drawn the same with it as with the whole one."""
    if needs_all(style):
        return UA_STYLESHEET
    sheet, matcher = copy.copy(UA_STYLESHEET), copy.copy(UA_STYLESHEET.matcher)
    everywhere, by_name = matcher.other_selectors, matcher.lower_local_name_selectors
    markers = [one for one in everywhere if one[3] == MARKER]
    matcher.other_selectors = [one for one in everywhere if one[3] != MARKER and not _of_notes(one[3])]
    matcher.lower_local_name_selectors = by_name | {LIST_ITEM: [*by_name[LIST_ITEM], *markers]}
    sheet.matcher = matcher
    sheet.page_rules = [
        (rule, [one for one in selectors if one[1] is None or one[1] in style], declarations)
        for rule, selectors, declarations in sheet.page_rules
    ]
    return sheet


def _of_notes(pseudo: str | None) -> bool:
    return pseudo is not None and pseudo.partition("-")[0] in NOTES
