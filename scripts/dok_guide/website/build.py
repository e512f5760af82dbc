"""The whole build of the site, in one process: what goes before the site builder and after it."""

import logging
import os
import subprocess
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from dok_guide.model import Catalog
from dok_guide.published import publish
from dok_guide.source import CatalogError, Problem
from dok_guide.website.edition import CONTROLS, DOCS, edition
from dok_guide.website.finishing import finish
from dok_guide.writing import replacing

#: The settings of the site builder; those of a site that opens without a server.
SETTINGS, OFFLINE = Path("mkdocs.yml"), Path("mkdocs-offline.yml")


def build_site(site: Path, builder: Sequence[str] = (), settings: Path = SETTINGS) -> None:
    """Build the site of the folder that we are in: stubs, downloads, pages, policy, checksums.

    The pages are made by MkDocs, or by the command of another builder that writes into `site`. The
    site that was there stays until there are new pages. Raises CatalogError if a file of the
    catalog or a built page has problems, or no page was built; OSError if one can't be written.
    """
    current = edition()
    _use_date(current.catalog)
    publish(current.catalog, CONTROLS)
    if builder:
        current.write(DOCS)
        _run(builder)
    else:
        show_log(logging.WARNING)
        with replacing(site) as new:
            make_pages(new, settings=settings)
    if problems := finish(site, current.downloads):
        raise CatalogError(problems)


def make_pages(site: Path, preview: str = "", settings: Path = SETTINGS) -> None:
    """Let MkDocs make the pages, for a server at the address of a preview if there is one.

    Raises CatalogError if it can't, or has warnings; in a preview these are only shown.
    """
    from mkdocs.commands.build import build
    from mkdocs.config import load_config
    from mkdocs.exceptions import MkDocsException

    edition().write(DOCS)
    given = {"site_url": preview} if preview else {"strict": True}
    try:
        config = load_config(str(settings), site_dir=str(site.absolute()), **given)
        config.plugins.on_startup(command="serve" if preview else "build", dirty=False)
        build(config, serve_url=preview or None)
        config.plugins.on_shutdown()
    except MkDocsException as error:
        raise _unbuilt(str(error)) from None
    except SystemExit:  # so the macros say that one is wrong
        raise _unbuilt("a page could not be rendered, see above") from None


def show_log(level: int) -> None:
    """Show what the site builder says from a level on."""
    os.environ["NO_MKDOCS_2_WARNING"] = "1"  # the theme would advertise
    handler = logging.StreamHandler()
    handler.setFormatter(logging.Formatter("%(levelname)s: %(message)s"))
    handler.setLevel(level)
    logger = logging.getLogger("mkdocs")
    logger.handlers = [handler]
    logger.setLevel(logging.INFO)  # above warnings, `strict` would miss them


def _use_date(catalog: Catalog) -> None:
    """Give the builder the date of the release instead of the clock."""
    published = datetime.fromisoformat(f"{catalog.published}T00:00:00+00:00")
    os.environ["SOURCE_DATE_EPOCH"] = str(int(published.timestamp()))


def _run(command: Sequence[str]) -> None:
    done = subprocess.run(command, check=False)  # noqa: S603 - the user's own
    if done.returncode:
        raise _unbuilt(f"{command[0]} ended with exit code {done.returncode}")


def _unbuilt(reason: str) -> CatalogError:
    return CatalogError([Problem(str(SETTINGS), 1, f"the site was not built: {reason}")])
