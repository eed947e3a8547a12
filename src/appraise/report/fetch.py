"""What a page may load while it is drawn: files of the designs and the logo, nothing else in the world."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from weasyprint.urls import URLFetcher, URLFetcherResponse

if TYPE_CHECKING:
    from appraise.report.designs import Designs
    from appraise.report.look import Look

BASE = "https://designs.invalid/"
"""The address of the designs: a name that can never exist, so that nothing outside is ever meant by mistake."""

TYPES = {
    ".css": "text/css",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".ttf": "font/ttf",
    ".otf": "font/otf",
}


class DesignFetcher(URLFetcher):  # type: ignore[misc]  # WeasyPrint ships no types
    """Serves design files under `BASE` and refuses the rest, `data:` addresses included; a refusal ends the drawing."""

    def __init__(self, designs: Designs, look: Look) -> None:
        super().__init__(fail_on_errors=True, allow_redirects=False, allowed_protocols=())
        self._designs = designs
        self._look = look
        self.refused: list[str] = []

    def fetch(self, url: str, headers: Any = None) -> URLFetcherResponse:  # noqa: ARG002 -- WeasyPrint's signature
        """The design file at that address; ValueError for any other."""
        name = url.removeprefix(BASE)
        if url.startswith(BASE):
            if self._look.logo and name == self._look.logo_name and self._look.logo_type:
                return URLFetcherResponse(url, self._look.logo, {"Content-Type": self._look.logo_type})
            found = self._designs.find(name)
            kind = TYPES.get("." + name.rpartition(".")[2].lower())
            if found and kind:
                return URLFetcherResponse(url, found[0].read_bytes(), {"Content-Type": kind})
        self.refused.append(name[:200])
        raise ValueError(f"refused: {name[:200]}")
