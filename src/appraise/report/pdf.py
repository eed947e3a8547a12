"""Draws packs as tagged PDFs; runs in a worker process that a page cannot take down."""

from __future__ import annotations

import gc
import logging
from typing import TYPE_CHECKING, Any
from xml.etree import ElementTree as ET

from weasyprint import CSS, HTML, UA_STYLESHEET, cssselect2
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import FatalURLFetchingError

from appraise.model.errors import AppraiseError
from appraise.model.place import Place
from appraise.model.problem import Problem, Severity
from appraise.report.defaults import defaults_for, needs_all
from appraise.report.fetch import BASE, DesignFetcher
from appraise.report.look import style_of
from appraise.report.page import Pages
from appraise.report.press import Rendered
from appraise.report.tags import mend_tags

if TYPE_CHECKING:
    from appraise.report.pack import PackView
    from appraise.report.press import PressSettings

VARIANT = "pdf/ua-1"
LONGEST_ADDRESS = 80
CALM = 1_000_000
"""How many objects more than before make the collector look while a page is drawn; a pack stays below."""

LINKS = ("#", "http:", "https:", "mailto:")


class _Page(HTML):  # type: ignore[misc]  # WeasyPrint ships no types
    """A page to draw; where it is well-formed XML too, it is read in 3 ms instead of 70."""

    def __init__(self, html: str, fetcher: DesignFetcher, defaults: Any) -> None:
        self._defaults = UA_STYLESHEET if needs_all(html) else defaults
        root = _well_formed(html)
        if root is None:
            super().__init__(string=html, base_url=BASE, url_fetcher=fetcher)
            return
        self.base_url = BASE
        self.url_fetcher = fetcher
        self.media_type = "print"
        self.wrapper_element = cssselect2.ElementWrapper.from_html_root(root, content_language=None)
        self.etree_element = self.wrapper_element.etree_element

    def _ua_stylesheets(self, forms: bool = False) -> list[Any]:  # noqa: FBT001, FBT002 -- WeasyPrint's signature
        """The default style; only pages with forms that can be filled in have another one too."""
        return super()._ua_stylesheets(forms) if forms else [self._defaults]


def _well_formed(html: str) -> ET.Element | None:
    if "<!ENTITY" in html:
        return None
    try:
        return ET.fromstring(html)  # noqa: S314 -- it declares no entities, and expat loads nothing
    except ET.ParseError:
        return None


class _Log(logging.Handler):
    """Keeps what WeasyPrint says: an error there is a failure here."""

    def __init__(self) -> None:
        super().__init__(logging.ERROR)
        self.said: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.said.append(" ".join(record.getMessage().split())[:300])


class Press:
    """One font configuration, one style sheet and one set of compiled designs, for all the packs of a worker.

    Fresh ones per pack would cost 600 ms each and leak memory.
    """

    def __init__(self, settings: PressSettings) -> None:
        self._style, problems = style_of(settings.look, settings.designs)
        if problems:
            raise AppraiseError(problems)
        self._settings = settings
        self._pages = Pages(settings.designs)
        self._fetcher = DesignFetcher(settings.designs, settings.look)
        self._fonts = FontConfiguration()
        self._sheet = CSS(string=self._style, base_url=BASE, url_fetcher=self._fetcher, font_config=self._fonts)
        self._defaults = defaults_for(self._style)
        self._images: dict[str, object] = {}

    def pack(self, view: PackView) -> Rendered:
        """The pack of one person."""
        look = self._settings.look
        html, problems = self._pages.html_of(view, logo=look.logo_name if look.logo else "")
        if problems:
            return Rendered(view.key, b"", problems=tuple(problems))
        drawn = self.page(html, view.key)
        if not self._settings.standalone or not drawn.pdf:
            return drawn
        alone, _ = self._pages.html_of(view, style=self._style, logo=look.logo_data)
        return Rendered(view.key, drawn.pdf, alone, drawn.pages, drawn.problems)

    def page(self, html: str, key: str) -> Rendered:
        """A finished HTML page as a tagged PDF."""
        log = _Log()
        logger = logging.getLogger("weasyprint")
        logger.addHandler(log)
        self._fetcher.refused.clear()
        try:
            drawn = self._drawn(html, key, log)
        except FatalURLFetchingError:
            drawn = Rendered(key, b"")
        except Exception as failure:  # noqa: BLE001 -- whatever a page does, it costs one pack
            drawn = Rendered(key, b"", problems=(_failed(key, f"{type(failure).__name__}: {failure}"),))
        finally:
            logger.removeHandler(log)
        if self._fetcher.refused:
            return Rendered(key, b"", problems=(_refused(key, self._fetcher.refused[0]),))
        return drawn

    def _drawn(self, html: str, key: str, log: _Log) -> Rendered:
        page = _Page(html, self._fetcher, self._defaults)
        for link in page.etree_element.iter():
            if link.tag in {"a", "area"} and not link.get("href", "#").strip().lower().startswith(LINKS):
                return Rendered(key, b"", problems=(_refused(key, link.get("href", "")),))
        document = page.render(
            font_config=self._fonts, stylesheets=[self._sheet], pdf_variant=VARIANT, cache=self._images
        )
        data: bytes = document.write_pdf(finisher=mend_tags, pdf_variant=VARIANT)
        if log.said:
            return Rendered(key, b"", problems=(_failed(key, log.said[0]),))
        lacking = sorted({code for font in document.fonts.values() for code in font.missing})
        return Rendered(key, data, pages=len(document.pages), problems=tuple(_lacking(key, lacking)))


def start_renderer(settings: PressSettings) -> Press:
    """Build the press of a worker process; raises AppraiseError where the look cannot be used.

    What is built here stays for the life of the process: the collector no longer looks at it. At the rest it looks
    after each pack, when next to nothing is left, and not in between, when nearly everything is in use.
    """
    press = Press(settings)
    gc.collect()
    gc.freeze()
    gc.set_threshold(CALM)
    return press


def render(press: Press, view: PackView) -> Rendered:
    """Draw one pack."""
    drawn = press.pack(view)
    gc.collect()
    return drawn


def _refused(key: str, address: str) -> Problem:
    shown = address if len(address) <= LONGEST_ADDRESS else f"{address[:LONGEST_ADDRESS]}…"
    message = f"pack of '{key}': the page refers to '{shown}', which is not a file of the designs"
    hint = "put the file into reports/ and name it relative to that folder; links may be http, https or mailto"
    return Problem(Place("reports"), code="address-refused", message=message, hint=hint, person=key)


def _failed(key: str, said: str) -> Problem:
    message = f"pack of '{key}': it could not be drawn: {' '.join(said.split())[:300]}"
    hint = "if the design was changed, compare it with the shipped one"
    return Problem(Place("reports"), code="pack-not-drawn", message=message, hint=hint, person=key)


def _lacking(key: str, codes: list[int]) -> list[Problem]:
    if not codes:
        return []
    shown = "".join(chr(code) for code in codes[:10])
    so = "so they are printed as boxes and the pack is not accessible"
    message = f"pack of '{key}': no font has the characters '{shown}', {so}"
    hint = "put a font that has them (.ttf) into reports/fonts"
    place = Place("reports/fonts")
    return [
        Problem(place, code="font-lacks-character", message=message, hint=hint, severity=Severity.WARNING, person=key)
    ]
