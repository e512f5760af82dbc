"""A form made of a page: each link to `field.invalid`, in its place and tagged, becomes a field.

ISO 32000-2, 12.7. The addresses are `https://field.invalid/tx/NAME?LABEL` for a text and
`https://field.invalid/rb/NAME/STATE?LABEL` for one of several buttons.
"""

import io
from functools import cache
from typing import Any
from urllib.parse import unquote, urlsplit

#: Where the template puts fields; `.invalid` never resolves (RFC 2606).
_FIELD = "https://field.invalid/"
_PRINT = 4
_READ_ONLY, _SEVERAL_LINES, _RADIO = 1, 1 << 12, 1 << 15
#: As many points are needed for a second line.
_TWO_LINES = 30
#: What can be typed: Latin with its accents, Greek, Cyrillic, and what stands around words.
_TYPED = ((0x20, 0x7E), (0xA0, 0x24F), (0x370, 0x3FF), (0x400, 0x4FF), (0x1E00, 0x1EFF),
          (0x2010, 0x2027), (0x2030, 0x205E), (0x20A0, 0x20BF), (0x2190, 0x2193))  # fmt: skip


def with_fields(laid_out: bytes, unseen: dict[str, str]) -> bytes:
    """Return a PDF whose links to `field.invalid` are fields.

    `unseen` are fields without a place, for whoever reads the form.
    """
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(laid_out)) as pdf, pikepdf.open(io.BytesIO(_letters())) as letters:
        ((name, font),) = letters.pages[0].obj.Resources.Font.items()
        fonts = pikepdf.Dictionary({name: pdf.copy_foreign(font)})
        form = _Form(pdf, f"{name} 8 Tf 0 g")
        for page in pdf.pages:
            form.add_page(page.obj)
        for name, value in unseen.items():
            form.add_unseen(name, value)
        pdf.Root.AcroForm = pdf.make_indirect(
            pikepdf.Dictionary(
                Fields=pikepdf.Array(form.fields.values()),
                DR=pikepdf.Dictionary(Font=fonts),
                DA=pikepdf.String(form.look),
            )
        )
        pdf.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            recompress_flate=True,
        )
    return out.getvalue()


@cache
def _letters() -> bytes:
    """Return a PDF with one font, embedded with all letters that can be typed."""
    import typst

    text = "".join(chr(code) for first, last in _TYPED for code in range(first, last + 1))
    source = '#set text(font: "Libertinus Serif", fallback: false, ligatures: false)\n#"{}"'
    escaped = "".join(f"\\u{{{ord(letter):x}}}" for letter in text)
    return typst.compile(source.format(escaped).encode(), format="pdf", ignore_system_fonts=True)


class _Form:
    """The fields of a PDF that is being changed."""

    def __init__(self, pdf: Any, look: str) -> None:  # noqa: ANN401
        numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
        #: The structure element of each annotation, by its number in the parent tree.
        self._parents = {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}
        self._pdf = pdf
        self.look = look
        self.fields: dict[str, Any] = {}

    def add_page(self, page: Any) -> None:  # noqa: ANN401 - of pikepdf
        """Make fields of the links of a page."""
        import pikepdf

        page.Tabs = pikepdf.Name.S  # in the order of the structure
        for link in page.get("/Annots", []):
            address = str(link.get("/A", {}).get("/URI", ""))
            if address.startswith(_FIELD):
                self._become_field(link, address)
                self._parents[int(link.StructParent)].S = pikepdf.Name.Form

    def add_unseen(self, name: str, value: str) -> None:
        """Add a field without a widget, which nobody can change."""
        import pikepdf

        field = pikepdf.Dictionary(FT=pikepdf.Name.Tx, Ff=_READ_ONLY, V=pikepdf.String(value))
        self._name(self._pdf.make_indirect(field), name)

    def _become_field(self, link: Any, address: str) -> None:  # noqa: ANN401
        import pikepdf

        parts = urlsplit(address)
        kind, name, *state = parts.path.strip("/").split("/")
        for key in ("/A", "/Border", "/Contents"):
            if key in link:
                del link[key]
        link.Subtype = pikepdf.Name.Widget
        link.F = _PRINT
        link.TU = pikepdf.String(unquote(parts.query))
        if kind == "tx":
            self._become_text(link, name)
        else:
            self._become_button(link, name, state[0])

    def _become_text(self, link: Any, name: str) -> None:  # noqa: ANN401
        import pikepdf

        width, height = _size(link)
        link.FT = pikepdf.Name.Tx
        link.Ff = _SEVERAL_LINES if height > _TWO_LINES else 0
        link.DA = pikepdf.String(self.look)
        link.AP = pikepdf.Dictionary(N=self._drawn(width, height, "/Tx BMC EMC"))
        self._name(link, name)

    def _become_button(self, link: Any, name: str, state: str) -> None:  # noqa: ANN401
        import pikepdf

        if name not in self.fields:
            group = pikepdf.Dictionary(
                FT=pikepdf.Name.Btn, Ff=_RADIO, V=pikepdf.Name.Off, Kids=pikepdf.Array(),
                TU=pikepdf.String(str(link.TU).partition(":")[0] + ": verdict"),
            )  # fmt: skip
            self._name(self._pdf.make_indirect(group), name)
        group = self.fields[name]
        group.Kids.append(link)
        link.Parent = group
        link.AS = pikepdf.Name.Off
        # what a program draws that makes its own appearances: the disc of ZapfDingbats
        link.MK = pikepdf.Dictionary(CA=pikepdf.String("l"))
        width, height = _size(link)
        drawn = {f"/{state}": _disc(width, height), "/Off": "q Q"}  # some readers want a stream
        link.AP = pikepdf.Dictionary(
            N=pikepdf.Dictionary(
                {name: self._drawn(width, height, text) for name, text in drawn.items()}
            )
        )

    def _name(self, field: Any, name: str) -> None:  # noqa: ANN401
        import pikepdf

        field.T = pikepdf.String(name)
        self.fields[name] = field

    def _drawn(self, width: float, height: float, drawing: str) -> Any:  # noqa: ANN401
        import pikepdf

        return self._pdf.make_stream(
            drawing.encode(),
            Type=pikepdf.Name.XObject,
            Subtype=pikepdf.Name.Form,
            BBox=pikepdf.Array([0, 0, round(width, 3), round(height, 3)]),
        )


def _size(link: Any) -> tuple[float, float]:  # noqa: ANN401
    left, bottom, right, top = (float(edge) for edge in link.Rect)
    return right - left, top - bottom


def _disc(width: float, height: float) -> str:
    """Return the drawing of a round dot: four curves, as PDF knows no circle."""
    x, y, r = width / 2, height / 2, min(width, height) * 0.28
    k = r * 0.5523
    points = (
        (x + r, y + k, x + k, y + r, x, y + r), (x - k, y + r, x - r, y + k, x - r, y),
        (x - r, y - k, x - k, y - r, x, y - r), (x + k, y - r, x + r, y - k, x + r, y),
    )  # fmt: skip
    curves = " ".join(" ".join(f"{n:.2f}" for n in each) + " c" for each in points)
    return f"q {x + r:.2f} {y:.2f} m {curves} f Q"
