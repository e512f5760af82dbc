"""The PDF checklist: read back, filled in, printed to pixels."""

import io
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pypdf
import pytest

from dok_guide.exporters.checklist_pdf import MAIN, render
from dok_guide.model import Catalog
from dok_guide.review.model import STATUSES, requirements


@pytest.fixture(scope="module")
def files(guide: Catalog) -> dict[str, bytes]:
    return render(guide)


@pytest.fixture(scope="module")
def pdf(files: dict[str, bytes]) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(files[MAIN[0]]))


def test_four_files_that_share_the_controls(files: dict[str, bytes]) -> None:
    assert sorted(files) == sorted(MAIN)
    names = {
        name: set(pypdf.PdfReader(io.BytesIO(data)).get_fields()) for name, data in files.items()
    }
    head = {"subject", "subject_version", "reviewer", "date"}
    levels = [names[name] - head for name in MAIN[1:]]
    assert set.union(*levels) == names[MAIN[0]] - head
    assert sum(map(len, levels)) == len(names[MAIN[0]] - head)


def test_a_field_for_each_verdict_and_one_for_notes(pdf: pypdf.PdfReader, guide: Catalog) -> None:
    fields = pdf.get_fields()
    for control, audience in requirements(guide):
        name = f"{control.id}-{audience}"
        for status in STATUSES[1:]:
            box = fields[f"{name}-{status.replace(' ', '-')}"]
            assert box["/FT"] == "/Btn"
            assert box["/TU"] == f"{control.id} {audience}: {status}"
        assert fields[f"{name}-note"]["/FT"] == "/Tx"
    assert len(fields) == 4 + 5 * len(list(requirements(guide)))
    assert not any("." in name for name in fields), "a dot would make a hierarchy (ISO 32000)"


def test_every_requirement_stands_once_and_in_one_piece(
    pdf: pypdf.PdfReader, guide: Catalog
) -> None:
    pages = ["".join(page.extract_text().split()) for page in pdf.pages]
    for control, audience in requirements(guide):
        text = getattr(control.requirement, audience).replace("`", "")
        last = (control.items_of(audience) or (text,))[-1].replace("`", "")
        start = [i for i, page in enumerate(pages) if "".join(text.split()) in page]
        end = [i for i, page in enumerate(pages) if "".join(last.split()) in page]
        assert set(start) & set(end), (control.id, audience)


def test_version_and_date_on_each_page(pdf: pypdf.PdfReader, guide: Catalog) -> None:
    for number, page in enumerate(pdf.pages, 1):
        text = page.extract_text()
        assert f"version {guide.version}, {guide.published}" in text
        assert f"{number} of {len(pdf.pages)}" in text


def test_tagged_with_bookmarks_and_links(pdf: pypdf.PdfReader, guide: Catalog) -> None:
    root = pdf.trailer["/Root"]
    assert root["/MarkInfo"]["/Marked"]
    assert b"pdfuaid" in root["/Metadata"].get_data()
    titles = [entry.title for entry in pdf.outline[1]]
    assert titles == [c.title for c in guide.categories if guide.in_category(c.id)]
    links = {
        str(annotation["/A"]["/URI"])
        for page in pdf.pages
        for annotation in (entry.get_object() for entry in page.get("/Annots", []))
        if annotation["/Subtype"] == "/Link"
    }
    assert {f"{guide.base_url}controls/{c.id}/" for c in guide.active} <= links
    assert not any("field.invalid" in link for link in links)


def test_each_field_is_tagged_as_a_form(files: dict[str, bytes]) -> None:
    with pikepdf.open(io.BytesIO(files[MAIN[3]])) as opened:
        numbers = opened.Root.StructTreeRoot.ParentTree.Nums
        parents = {int(numbers[i]): numbers[i + 1] for i in range(0, len(numbers), 2)}
        fields = list(opened.Root.AcroForm.Fields)
        assert fields
        assert {str(parents[int(field.StructParent)].S) for field in fields} == {"/Form"}


def test_same_catalog_same_bytes(guide: Catalog, files: dict[str, bytes]) -> None:
    assert render(guide) == files


def test_page_fits_a4_and_letter(pdf: pypdf.PdfReader) -> None:
    for page in pdf.pages:
        assert float(page.mediabox.width) <= 595.3  # A4 is narrower than Letter
        assert float(page.mediabox.height) <= 792.1  # Letter is shorter than A4


@pytest.mark.slow
@pytest.mark.parametrize("engine", ["pypdf", "pikepdf"])
def test_filled_box_shows_and_no_other(
    guide: Catalog, files: dict[str, bytes], tmp_path: Path, engine: str
) -> None:
    """Tick one box with two libraries and let Poppler draw it."""
    blank, path = tmp_path / "blank.pdf", tmp_path / "filled.pdf"
    blank.write_bytes(files[MAIN[0]])
    name = f"{next(requirements(guide))[0].id}-producer-met"
    fill = {"pypdf": _with_pypdf, "pikepdf": _with_pikepdf}[engine]
    box, other = fill(blank, path, name, name.replace("-met", "-not-met"))
    before, after = (_ink(each, box, tmp_path) for each in (blank, path))
    assert after > before + 20
    assert _ink(path, other, tmp_path) == _ink(blank, other, tmp_path)


Box = tuple[float, float, float, float]


def _with_pypdf(source: Path, target: Path, name: str, other: str) -> tuple[Box, Box]:
    writer = pypdf.PdfWriter(clone_from=source)
    writer.update_page_form_field_values(writer.pages[0], {name: "/Yes"}, auto_regenerate=False)
    writer.write(target)
    found = {a.get_object()["/T"]: a.get_object() for a in writer.pages[0]["/Annots"] if "/T" in a}
    return tuple(found[name]["/Rect"]), tuple(found[other]["/Rect"])


def _with_pikepdf(source: Path, target: Path, name: str, other: str) -> tuple[Box, Box]:
    with pikepdf.open(source) as opened:
        found = {str(field.T): field for field in opened.Root.AcroForm.Fields}
        found[name].V = found[name].AS = pikepdf.Name.Yes
        boxes = tuple(tuple(float(x) for x in found[each].Rect) for each in (name, other))
        opened.save(target)
    return boxes


def _ink(path: Path, box: Box, folder: Path) -> int:
    """Return how many dark pixels Poppler draws inside a box on the first page, at 144 dpi."""
    program = shutil.which("pdftoppm")
    assert program, "pdftoppm is missing: see tests/programs.sh"
    left, bottom, right, top = (float(edge) * 2 for edge in box)
    area = ["-x", left + 3, "-y", 1584 - top + 3, "-W", right - left - 6, "-H", top - bottom - 6]
    out = folder / "area"
    subprocess.run(
        [program, "-r", "144", "-gray", "-f", "1", "-l", "1", "-singlefile"]
        + [str(round(a)) if isinstance(a, float) else a for a in area]
        + [path, out],
        check=True,
        capture_output=True,
    )
    pixels = out.with_suffix(".pgm").read_bytes().split(b"\n", 3)[3]
    return sum(pixel < 128 for pixel in pixels)
