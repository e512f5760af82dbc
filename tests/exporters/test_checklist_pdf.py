"""The PDF checklist: read back, filled in, printed to pixels."""

import io
import shutil
import subprocess
from pathlib import Path

import pikepdf
import pypdf
import pytest
from building import REPOSITORY

from dok_guide.exporters.checklist_pdf import MAIN, render
from dok_guide.model import Catalog
from dok_guide.review.formats import as_pdf, pdf_names
from dok_guide.review.model import STATUSES, requirements

VERAPDF = REPOSITORY / ".venv/peers/verapdf"


@pytest.fixture(scope="module")
def files(guide: Catalog) -> dict[str, bytes]:
    return render(guide)


@pytest.fixture(scope="module")
def pdf(files: dict[str, bytes]) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(files[MAIN[0]]))


def test_a_file_up_to_each_level_and_one_for_all(files: dict[str, bytes], guide: Catalog) -> None:
    assert sorted(files) == sorted(MAIN)
    names = {
        name: set(pypdf.PdfReader(io.BytesIO(data)).get_fields()) for name, data in files.items()
    }
    head = {*pdf_names.HEAD, pdf_names.MADE_FOR}
    for level, name in zip(guide.levels, MAIN[1:], strict=True):
        controls = {
            field.partition("-producer")[0].partition("-consumer")[0]
            for field in names[name] - head
        }
        assert controls == {control.id for control in guide.up_to(level.id)}
    assert names[MAIN[-1]] == names[MAIN[0]]


def test_one_verdict_for_each_requirement_and_fields_for_what_it_needs(
    files: dict[str, bytes], guide: Catalog
) -> None:
    with pikepdf.open(io.BytesIO(files[MAIN[0]])) as opened:
        fields = {str(field.T): field for field in opened.Root.AcroForm.Fields}
        wanted = {*pdf_names.HEAD, pdf_names.MADE_FOR}
        for control, audience in requirements(guide):
            name = f"{control.id}-{audience}"
            group = fields[name]
            assert (group.FT, int(group.Ff)) == ("/Btn", 1 << 15)  # of radio buttons one is on
            states = {next(s for s in kid.AP.N.keys() if s != "/Off")[1:] for kid in group.Kids}  # noqa: SIM118 - of pikepdf
            assert states == {status.replace(" ", "-") for status in STATUSES[1:]}
            assert [str(kid.TU) for kid in group.Kids] == [
                f"{control.id} {audience}: {status}" for status in STATUSES[1:]
            ]
            fingerprint = f" {name}={control.fingerprint(audience)}"
            assert fingerprint in str(fields[pdf_names.MADE_FOR].V)
            small = {"evidence", "reason", "owner", "expires"}
            small |= {"items"} if control.items_of(audience) else set()
            wanted |= {name, *(f"{name}-{each}" for each in small)}
    assert set(fields) == wanted
    assert not any("." in name for name in fields), "a dot would make a hierarchy (ISO 32000)"


def test_what_is_typed_is_set_in_an_embedded_font_with_three_scripts(
    files: dict[str, bytes],
) -> None:
    with pikepdf.open(io.BytesIO(files[MAIN[1]])) as opened:
        form = opened.Root.AcroForm
        ((name, font),) = form.DR.Font.items()
        assert str(form.DA).startswith(f"{name} ")
        assert "/FontFile3" in font.DescendantFonts[0].FontDescriptor
        known = font.ToUnicode.read_bytes().decode("latin-1").lower()
        for letter in "AzéŽßΩωЖя€":
            assert f"<{ord(letter):04x}>" in known, letter


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
        widgets = [kid for field in fields for kid in field.get("/Kids", [field]) if "/Rect" in kid]
        assert len(widgets) > len(fields) > 0
        assert {str(parents[int(each.StructParent)].S) for each in widgets} == {"/Form"}


def test_same_catalog_same_bytes(guide: Catalog, files: dict[str, bytes]) -> None:
    assert render(guide) == files


def test_page_fits_a4_and_letter(pdf: pypdf.PdfReader) -> None:
    for page in pdf.pages:
        assert float(page.mediabox.width) <= 595.3  # A4 is narrower than Letter
        assert float(page.mediabox.height) <= 792.1  # Letter is shorter than A4


def filled(data: bytes, verdict: str = "partly-met") -> tuple[bytes, str]:
    """Fill the first requirement in as a reader does; return its name, too."""
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as opened:
        fields = {str(field.T): field for field in opened.Root.AcroForm.Fields}
        name = next(each for each in fields if each.endswith("-producer"))
        fields[name].V = pikepdf.Name(f"/{verdict}")
        for kid in fields[name].Kids:
            on = f"/{verdict}" in kid.AP.N
            kid.AS = pikepdf.Name(f"/{verdict}") if on else pikepdf.Name.Off
        fields[f"{name}-items"].V = pikepdf.String("A, c")
        fields[f"{name}-evidence"].V = pikepdf.String("two\nlines, Ωμέγα, Привет")
        fields[f"{name}-reason"].V = opened.make_stream(b"long")
        fields["subject"].V = pikepdf.String("Orders")
        opened.save(out)
    return out.getvalue(), name


def test_a_filled_form_is_read(files: dict[str, bytes], guide: Catalog) -> None:
    data, name = filled(files[MAIN[1]])
    taken = as_pdf.read(data, guide)
    assert taken.problems == ()
    (answer,) = [each for each in taken.review.answers if not each.empty]
    assert f"{answer.control}-{answer.audience}" == name
    assert (answer.status, answer.items, answer.reason) == ("partly met", ("a", "c"), "long")
    assert answer.evidence == "two\nlines, Ωμέγα, Привет"
    assert taken.review.subject == "Orders"
    assert not answer.changed


def test_a_form_of_another_version_is_told(files: dict[str, bytes], guide: Catalog) -> None:
    data, name = filled(files[MAIN[1]])
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(data)) as opened:
        for field in opened.Root.AcroForm.Fields:
            if str(field.T) == pdf_names.MADE_FOR:
                field.V = pikepdf.String(f"0.9 {name}={'0' * 12}")
        opened.save(out)
    problems = as_pdf.read(out.getvalue(), guide).problems
    assert [problem for problem in problems if "was answered before it was changed" in problem]
    assert [problem for problem in problems if 'made for version "0.9"' in problem]


def test_two_verdicts_of_a_broken_reader_are_none(files: dict[str, bytes], guide: Catalog) -> None:
    out = io.BytesIO()
    with pikepdf.open(io.BytesIO(filled(files[MAIN[1]])[0])) as opened:
        group = next(f for f in opened.Root.AcroForm.Fields if "/Kids" in f)
        group.V = pikepdf.Name("/met")
        opened.save(out)
    taken = as_pdf.read(out.getvalue(), guide)
    (answer,) = [each for each in taken.review.answers if not each.empty]
    assert answer.status == "not reviewed"
    assert "Status was: met and partly met" in (answer.note or "")


def test_other_pdfs_are_refused(files: dict[str, bytes], guide: Catalog) -> None:
    whole = files[MAIN[1]]
    empty = io.BytesIO()
    with pikepdf.new() as new:
        new.add_blank_page()
        new.save(empty)
    locked = io.BytesIO()
    with pikepdf.open(io.BytesIO(whole)) as opened:
        opened.save(locked, encryption=pikepdf.Encryption(owner="x", user="x"))
    for data, message in (
        (empty.getvalue(), "has no field of the checklist"),
        (locked.getvalue(), "is encrypted; save it without a password"),
        (b"%PDF-1.7 nothing", "cannot be read as PDF"),
    ):
        with pytest.raises(ValueError, match=message):
            as_pdf.read(data, guide)


@pytest.mark.slow
def test_chosen_button_shows_and_no_other(files: dict[str, bytes], tmp_path: Path) -> None:
    """Choose one with pikepdf and let Poppler draw it."""
    blank, path = tmp_path / "blank.pdf", tmp_path / "filled.pdf"
    blank.write_bytes(files[MAIN[1]])
    data, name = filled(files[MAIN[1]])
    path.write_bytes(data)
    with pikepdf.open(blank) as opened:
        group = next(field for field in opened.Root.AcroForm.Fields if str(field.T) == name)
        boxes = {
            str(kid.TU).partition(": ")[2]: tuple(float(edge) for edge in kid.Rect)
            for kid in group.Kids
        }
    for verdict, box in boxes.items():
        more = _ink(path, box, tmp_path) - _ink(blank, box, tmp_path)
        assert (more > 5) == (verdict == "partly met"), (verdict, more)


@pytest.mark.slow
def test_forms_are_pdf_ua_by_the_reference_validator(
    files: dict[str, bytes], tmp_path: Path
) -> None:
    """Blank ones; that one without tags fails shows that it looks."""
    for name, data in files.items():
        (tmp_path / Path(name).name).write_bytes(data)
    with pikepdf.open(io.BytesIO(files[MAIN[1]])) as opened:
        del opened.Root.MarkInfo
        opened.save(tmp_path / "untagged.pdf")
    paths = sorted(tmp_path.glob("*.pdf"))
    done = subprocess.run(
        ["java", "-cp", f"{VERAPDF}/*", "org.verapdf.apps.GreenfieldCliWrapper",
         "--flavour", "ua1", "--format", "text", *paths],
        capture_output=True, text=True, check=False, timeout=600,
    )  # fmt: skip
    results = {Path(line.split()[1]).name: line.split()[0] for line in done.stdout.splitlines()}
    assert results.pop("untagged.pdf", done.stderr) == "FAIL"
    assert results == {Path(name).name: "PASS" for name in files}


Box = tuple[float, float, float, float]


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
