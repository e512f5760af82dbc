"""The checklist as PDF to print or to fill in a reader: one file for each level, and one for all.

Typst sets it as PDF/UA-1, with a link where a field belongs. Each such link, which is in its place
and tagged already, then becomes a field of a form (ISO 32000-2, 12.7).
"""

import io
import json
from importlib.resources import files
from typing import Any, cast
from urllib.parse import unquote, urlsplit

from dok_guide.model import LEVELS, Catalog, Level
from dok_guide.review.model import STATUSES, requirements

TITLE = "PDF checklist"
DESCRIPTION = "To print on A4 or Letter, or to fill in a PDF reader; by level, and all."
MAIN = (
    "downloads/checklist.pdf",
    *(f"downloads/checklist-level-{level}.pdf" for level in LEVELS),
)
#: Where the template puts fields; `.invalid` never resolves (RFC 2606).
_FIELD = "https://field.invalid/"
_HEAD = (
    ("subject", "Operator or installation"),
    ("subject_version", "Version"),
    ("reviewer", "Reviewer"),
    ("date", "Date"),
)
_HOW = (
    "For each requirement tick one box, and note what you saw and where. What is not applicable "
    "needs a reason, an accepted gap a reason and a date until when. An empty row is not reviewed."
)


def render(catalog: Catalog) -> dict[str, bytes]:
    """Return the files; a catalog with fewer levels has fewer."""
    whole = {MAIN[0]: _pdf(catalog, None)}
    return whole | {
        f"downloads/checklist-level-{level.id}.pdf": _pdf(catalog, level)
        for level in catalog.levels
    }


def _pdf(catalog: Catalog, level: Level | None) -> bytes:
    import typst

    source = (files("dok_guide") / "templates/checklist.typ").read_bytes()
    data = json.dumps(_data(catalog, level), ensure_ascii=False)
    laid_out = typst.compile(
        source, format="pdf", pdf_standards=["ua-1"], sys_inputs={"data": data},
        ignore_system_fonts=True,
    )  # fmt: skip
    return _with_fields(laid_out)


def _data(catalog: Catalog, level: Level | None) -> dict[str, Any]:
    scope = f"level {level.id} {level.title}" if level else "all levels"
    return {
        "title": catalog.title,
        "subtitle": f"checklist for {scope}",
        "version": catalog.version,
        "published": catalog.published,
        "url": catalog.base_url,
        "how": _HOW,
        "head": [{"name": name, "label": label} for name, label in _HEAD],
        "categories": [
            {"title": category.title, "rows": rows}
            for category in catalog.categories
            if (rows := _rows(catalog, category.id, level))
        ],
    }


def _rows(catalog: Catalog, category: str, level: Level | None) -> list[dict[str, Any]]:
    found = []
    for control, audience in requirements(catalog):
        if control.category != category or (level and control.level != level.id):
            continue
        name = f"{control.id}-{audience}"
        found.append(
            {
                "control": control.id,
                "audience": audience,
                "title": control.title,
                "level": str(control.level),
                "url": catalog.page_of(control),
                "summary": control.summary,
                "requirement": getattr(control.requirement, audience),
                "items": control.items_of(audience),
                "note": f"{name}-note",
                "statuses": [
                    {"name": f"{name}-{status.replace(' ', '-')}", "label": status}
                    for status in STATUSES[1:]
                ],
            }
        )
    return found


def _with_fields(laid_out: bytes) -> bytes:
    """Return a PDF in which each link to `field.invalid` is a field."""
    import pikepdf

    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(laid_out)) as pdf:
        parents = _parents(pdf)
        fields = []
        for page in pdf.pages:
            page.obj.Tabs = pikepdf.Name.S  # in the order of the structure
            for link in cast("Any", page.obj).get("/Annots", []):
                address = str(link.get("/A", {}).get("/URI", ""))
                if address.startswith(_FIELD):
                    _become_field(pdf, link, address)
                    parents[int(link.StructParent)].S = pikepdf.Name.Form
                    fields.append(link)
        font = pikepdf.Dictionary(
            Type=pikepdf.Name.Font, Subtype=pikepdf.Name.Type1, BaseFont=pikepdf.Name.Helvetica
        )
        pdf.Root.AcroForm = pdf.make_indirect(
            pikepdf.Dictionary(
                Fields=pikepdf.Array(fields),
                DR=pikepdf.Dictionary(Font=pikepdf.Dictionary(Helv=pdf.make_indirect(font))),
                DA=pikepdf.String("/Helv 8 Tf 0 g"),
            )
        )
        pdf.save(
            out,
            deterministic_id=True,
            object_stream_mode=pikepdf.ObjectStreamMode.generate,
            recompress_flate=True,
        )
    return out.getvalue()


def _parents(pdf: Any) -> dict[int, Any]:  # noqa: ANN401
    """Return the structure element of each annotation, by its number in the parent tree."""
    numbers = pdf.Root.StructTreeRoot.ParentTree.Nums
    return {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}


def _become_field(pdf: Any, link: Any, address: str) -> None:  # noqa: ANN401
    import pikepdf

    parts = urlsplit(address)
    kind, name = parts.path.strip("/").split("/")
    left, bottom, right, top = (float(edge) for edge in link.Rect)
    width, height = right - left, top - bottom
    for key in ("/A", "/Border", "/Contents"):
        if key in link:
            del link[key]
    link.Subtype = pikepdf.Name.Widget
    link.F = 4  # print it
    link.T = pikepdf.String(name)
    link.TU = pikepdf.String(unquote(parts.query))
    if kind == "tx":
        link.FT = pikepdf.Name.Tx
        link.Ff = 1 << 12 if height > 30 else 0  # noqa: PLR2004 - several lines where there is room
        link.DA = pikepdf.String("/Helv 8 Tf 0 g")
        link.AP = pikepdf.Dictionary(N=_appearance(pdf, width, height, b"/Tx BMC EMC"))
        return
    on = pikepdf.Name("/Yes")
    tick = (
        f"q 1.2 w {width * 0.2:.2f} {height * 0.5:.2f} m {width * 0.42:.2f} {height * 0.22:.2f} l "
    )
    tick += f"{width * 0.82:.2f} {height * 0.8:.2f} l S Q"
    link.FT = pikepdf.Name.Btn
    link.V = link.AS = pikepdf.Name.Off
    link.AP = pikepdf.Dictionary(
        N=pikepdf.Dictionary(
            {
                str(on): _appearance(pdf, width, height, tick.encode()),
                # an empty stream makes some readers complain
                "/Off": _appearance(pdf, width, height, b"q Q"),
            }
        )
    )


def _appearance(pdf: Any, width: float, height: float, drawing: bytes) -> Any:  # noqa: ANN401
    import pikepdf

    return pdf.make_stream(
        drawing,
        Type=pikepdf.Name.XObject,
        Subtype=pikepdf.Name.Form,
        BBox=pikepdf.Array([0, 0, round(width, 3), round(height, 3)]),
    )
