"""Build invented controls, and the same pages as plain Markdown, and print what each costs.

Then assess 10,000 invented objects with all checks of the guide. `make bench`, or
`python tests/bench.py 100 1000` for other sizes of the build, `0` for none.
"""

import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import yaml
from building import FIXTURES, environment, project

from dok_guide.load import load_catalog

TOOLS = Path(sys.executable).parent


def main(sizes: list[int]) -> None:
    print("controls  build                 seconds   MB memory  KB a control")
    for size in filter(None, sizes):
        with tempfile.TemporaryDirectory() as folder:
            made = invented(Path(folder), size)
            for name, commands in (("data (check to html)", COMMANDS), ("plain Markdown", PLAIN)):
                if name.startswith("plain"):
                    flatten(made)
                seconds, memory = timed(made, commands)
                kilobytes = weight(made / "site") / size / 1000
                print(f"{size:8}  {name:20} {seconds:8.1f} {memory:11.0f} {kilobytes:13.1f}")
    with tempfile.TemporaryDirectory() as folder:
        bench_assess(Path(folder))


def bench_assess(folder: Path) -> None:
    """Assess as many installs of one invented operator as make 10,000 objects."""
    install = (FIXTURES / "assess/install.yaml").read_text(encoding="utf-8")
    count = OBJECTS // len(list(yaml.safe_load_all(install)))
    copies = (
        re.sub(r"\b(example-db-operator|dashboard|orders|db-system|databases)\b(?!\.|/)",
               rf"\1-{number}", install).replace("[databases-", "[databases")
        for number in range(count)
    )  # fmt: skip
    (folder / "all.yaml").write_text("---\n".join(copies), encoding="utf-8")
    crd = FIXTURES / "assess/crds/databases.yaml"
    (folder / "exceptions.yaml").write_text(ACCEPTED, encoding="utf-8")
    command = [f"{TOOLS}/dok-guide", "assess", "all.yaml", str(crd), "--fail-on", "never",
               "--exceptions", "exceptions.yaml"]  # fmt: skip
    seconds, memory = timed(folder, (command,))
    print(f"assess: {OBJECTS:,} objects, all checks: {seconds:.1f} s, {memory:.0f} MB")


OBJECTS = 10_000
#: The invented install has a workload that is nobody's.
ACCEPTED = '- {gap: workload, reason: It is invented., expires: "9999-12-31"}'

COMMANDS = (
    [f"{TOOLS}/dok-guide", "pages"],
    [f"{TOOLS}/dok-guide", "export", "docs"],
    [f"{TOOLS}/mkdocs", "build", "--strict"],
    [f"{TOOLS}/dok-guide", "html"],
)
PLAIN = ([f"{TOOLS}/mkdocs", "build", "--strict"],)


def invented(folder: Path, size: int) -> Path:
    """Make a project with copies of one control, each under an id of its own."""
    made = project(folder / "project", FIXTURES / "catalog")
    catalog = made / "controls/catalog.yaml"
    catalog.write_text(re.sub(r"limit: 2|first: 2", lambda m: f"{m[0]}000000", catalog.read_text()))
    text = (made / "controls/AB/AB-1.yaml").read_text(encoding="utf-8")
    for number in range(11, size + 8):
        copy = text.replace("AB-1\n", f"AB-{number}\n", 1).replace("AB-1.1", f"AB-{number}.1")
        (made / f"controls/AB/AB-{number}.yaml").write_text(copy, encoding="utf-8")
    assert len(load_catalog(made / "controls").controls) >= size
    return made


def flatten(made: Path) -> None:
    """Put into each stub what its macro would return, and switch the macros off."""
    from dok_guide.website.macros import Macros

    macros = Macros(load_catalog(made / "controls"))
    call = re.compile(r'\[\[= (\w+)\((?:"([^"]*)")?\) =\]\]')

    def rendered(found: re.Match[str]) -> str:
        arguments = [found[2]] if found[2] else []
        return getattr(macros, found[1])(*arguments)

    for path in (made / "docs").rglob("*.md"):
        path.write_text(call.sub(rendered, path.read_text(encoding="utf-8")), encoding="utf-8")
    settings = (made / "mkdocs.yml").read_text(encoding="utf-8")
    settings = re.sub(r"  - macros:\n(?:      .*\n)+", "", settings)
    (made / "mkdocs.yml").write_text(settings, encoding="utf-8")
    shutil.rmtree(made / "site")


def timed(made: Path, commands: tuple[list[str], ...]) -> tuple[float, float]:
    """Return the seconds that the commands take together, and the most memory of one in MB."""
    before = time.monotonic()
    peak = 0.0
    for command in commands:
        process = subprocess.Popen(
            command,
            cwd=made,
            env=environment(made) if (made / "controls").is_dir() else None,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
        )
        assert process.stdout
        output = process.stdout.read().decode()
        _, status, usage = os.wait4(process.pid, 0)
        assert status == 0, output
        peak = max(peak, usage.ru_maxrss / 1024)
    return time.monotonic() - before, peak


def weight(site: Path) -> int:
    """Return the bytes of the pages of controls."""
    return sum(path.stat().st_size for path in site.glob("controls/*/index.html"))


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    main([int(size) for size in sys.argv[1:]] or [100, 1000, 5000])
