"""What the build and `assess` cost, each in a process of its own: `make bench`.

Builds invented controls, and the same pages as plain Markdown with the site builder alone, which no
build of ours can beat. Then assesses one object, and many.
"""

import argparse
import re
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass
from pathlib import Path

import yaml
from building import FIXTURES, REPOSITORY, TOOLS, project

from dok_guide.commands.assess import INCOMPLETE
from dok_guide.load import load_catalog
from dok_guide.published import publish
from dok_guide.website.edition import edition
from dok_guide.website.macros import Macros

BUILD = (TOOLS / "dok-guide", "site")
SIZES = (100, 1_000, 5_000)
PLAIN = (TOOLS / "mkdocs", "build", "--strict")
#: Starts a command from a process that is small: a child counts the memory of who started it.
LAUNCHER = """
import os, subprocess, sys, time
before = time.monotonic()
child = subprocess.Popen(sys.argv[1:], stdout=sys.stderr)
_, status, usage = os.wait4(child.pid, 0)
print(time.monotonic() - before, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)
sys.exit(os.waitstatus_to_exitcode(status))
"""


@dataclass(frozen=True)
class Cost:
    """Seconds by the wall, seconds of all cores, and the most megabytes of memory."""

    wall: float
    cpu: float
    memory: float


def main(sizes: list[int], objects: int) -> None:
    if sizes:
        bench_build(sizes)
    with tempfile.TemporaryDirectory() as folder:
        show("assess, 1 object", assess(Path(folder), 1))
        show(f"assess, {objects:,} objects", assess(Path(folder), objects))


def show(what: str, cost: Cost) -> None:
    print(f"{what}: {cost.wall:.2f} s, CPU {cost.cpu:.2f} s, {cost.memory:.0f} MB", flush=True)


def bench_build(sizes: list[int]) -> None:
    """Print a line for each number of controls; `each` are the seconds of CPU per control added."""
    print("controls  build s  plain s  ratio  CPU s  plain   each     MB  KB a page")
    size_before, cpu_before = 0, 0.0
    for size in sizes:
        with tempfile.TemporaryDirectory() as folder:
            made = invented(Path(folder), size)
            build = measured(made, BUILD)
            kilobytes = weight(made / "site") / size / 1000
            flatten(made)
            plain = measured(made, PLAIN)
        each = (build.cpu - cpu_before) / (size - size_before)
        print(
            f"{size:8} {build.wall:8.1f} {plain.wall:8.1f} {build.wall / plain.wall:6.2f}"
            f" {build.cpu:6.1f} {plain.cpu:6.1f} {each:6.3f} {build.memory:6.0f} {kilobytes:10.1f}",
            flush=True,
        )
        size_before, cpu_before = size, build.cpu


def assess(folder: Path, objects: int) -> Cost:
    """Assess as many installs of one invented operator as make that many objects."""
    install = (FIXTURES / "assess/install.yaml").read_text(encoding="utf-8")
    count = objects // len(list(yaml.safe_load_all(install)))
    copies = (
        re.sub(r"\b(example-db-operator|dashboard|orders|db-system|databases)\b(?!\.|/)",
               rf"\1-{number}", install).replace("[databases-", "[databases")
        for number in range(count)
    )  # fmt: skip
    one = "apiVersion: v1\nkind: ServiceAccount\nmetadata: {name: one}\n"
    if not (folder / "controls").exists():
        shutil.copytree(REPOSITORY / "controls", folder / "controls")
        publish(load_catalog(folder / "controls"), folder / "controls")
    (folder / "all.yaml").write_text("---\n".join(copies) or one, encoding="utf-8")
    crd = FIXTURES / "assess/crds/databases.yaml"
    (folder / "exceptions.yaml").write_text(ACCEPTED, encoding="utf-8")
    command = (TOOLS / "dok-guide", "assess", "all.yaml", crd, "--fail-on", "never",
               "--exceptions", "exceptions.yaml")  # fmt: skip
    return measured(folder, command)


#: The invented install has a workload that is nobody's; without objects nothing is judged.
ACCEPTED = """
- {gap: workload, reason: It is invented., expires: "9999-12-31"}
- {gap: nothing-judged, reason: It is invented., expires: "9999-12-31"}
"""


def invented(folder: Path, size: int) -> Path:
    """Make a project with copies of one control, each under an id of its own."""
    made = project(folder / "project", FIXTURES / "catalog")
    catalog = made / "controls/catalog.yaml"
    catalog.write_text(re.sub(r"limit: 2|first: 2", lambda m: f"{m[0]}000000", catalog.read_text()))
    text = (made / "controls/AB/AB-1.yaml").read_text(encoding="utf-8")
    for number in range(11, size + 8):
        copy = text.replace("AB-1\n", f"AB-{number}\n", 1).replace("AB-1.1", f"AB-{number}.1")
        copy = copy.replace("The operator waits", f"The operator {number} waits")
        copy = copy.replace("level: 1\nfirst: true\n", "level: 2\n")  # level 1 needs settings
        (made / f"controls/AB/AB-{number}.yaml").write_text(copy, encoding="utf-8")
    assert len(edition(made / "controls").catalog.controls) >= size
    return made


def flatten(made: Path) -> None:
    """Put into each stub what its macro would return, and switch the macros off."""
    macros = Macros(edition(made / "controls"))
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


def measured(folder: Path, command: tuple[str | Path, ...]) -> Cost:
    """Return what a command costs that may end with any code but that of a crash."""
    done = subprocess.run(
        [sys.executable, "-I", "-S", "-c", LAUNCHER, *command],
        cwd=folder, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode in (0, INCOMPLETE), f"{command}\n{done.stderr}"
    return Cost(*map(float, done.stdout.split()))


def weight(site: Path) -> int:
    """Return the bytes of the pages of controls."""
    return sum(path.stat().st_size for path in site.glob("controls/*/index.html"))


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("sizes", type=int, nargs="*", help="numbers of controls; 0 for none")
    parser.add_argument("--objects", type=int, default=10_000)
    given = parser.parse_args()
    main([size for size in given.sizes or SIZES if size], given.objects)
