"""Files are written whole or not at all."""

import errno
import os
from pathlib import Path

import pytest

from dok_guide.writing import replacing, write_bytes, write_text


def test_a_file_is_made_with_its_folders(tmp_path: Path) -> None:
    path = tmp_path / "a/b/c.txt"
    assert write_text(path, "ä")
    assert path.read_bytes() == "ä".encode()
    assert [each.name for each in path.parent.iterdir()] == ["c.txt"]


def test_a_file_that_would_not_change_keeps_its_time(tmp_path: Path) -> None:
    path = tmp_path / "a"
    write_bytes(path, b"a")
    os.utime(path, ns=(1, 1))
    assert not write_bytes(path, b"a")
    assert path.stat().st_mtime_ns == 1
    assert write_bytes(path, b"b")
    assert path.stat().st_mtime_ns != 1


def test_permissions_and_links_stay(tmp_path: Path) -> None:
    path, link = tmp_path / "a", tmp_path / "link"
    path.write_bytes(b"a")
    path.chmod(0o640)
    link.symlink_to(path)
    write_bytes(link, b"b")
    assert link.is_symlink()
    assert path.read_bytes() == b"b"
    assert path.stat().st_mode & 0o777 == 0o640


def test_what_was_there_stays_if_writing_fails(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"a")

    def full(self: Path, data: bytes) -> None:
        with self.open("wb") as file:
            file.write(data[:1])
        raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC), str(self))

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(OSError, match="No space left") as caught:
        write_bytes(path, b"bcd")
    assert caught.value.filename == str(path)
    assert path.read_bytes() == b"a"
    assert [each.name for each in tmp_path.iterdir()] == ["a"]


def test_a_file_that_may_not_be_written_is_not_replaced(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"a")
    monkeypatch.setattr(os, "access", lambda *_: False)  # who runs the tests may be root
    with pytest.raises(PermissionError):
        write_bytes(path, b"b")
    assert path.read_bytes() == b"a"
    assert [each.name for each in tmp_path.iterdir()] == ["a"]


def test_a_device_is_written_to() -> None:
    assert write_bytes(Path(os.devnull), b"a")
    with pytest.raises(OSError, match="No space left"):
        write_bytes(Path("/dev/full"), b"a")


def test_a_folder_is_replaced_as_a_whole(tmp_path: Path) -> None:
    site = tmp_path / "a/site"
    for name in ("one", "two"):
        with replacing(site) as new:
            (new / name).write_text(name)
    assert [path.name for path in site.iterdir()] == ["two"]
    assert [path.name for path in site.parent.iterdir()] == ["site"]


def test_a_folder_stays_if_there_is_no_new_one(tmp_path: Path) -> None:
    site = tmp_path / "site"
    site.mkdir()
    (site / "one").write_text("one")
    with pytest.raises(FileNotFoundError), replacing(site) as new:
        (new / "two/half").write_text("half")
    assert [path.name for path in site.iterdir()] == ["one"]
    assert [path.name for path in tmp_path.iterdir()] == ["site"]
