"""The wheel holds every module, script and marker of the package, and its commands are Celery's."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from configparser import ConfigParser
from pathlib import Path

import pytest

from tests.support.processes import ROOT

PACKAGE = "celery_durable_jobs"

pytestmark = pytest.mark.xdist_group("wheel")  # it is built once


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> zipfile.ZipFile:
    """The project as a wheel, built from a copy: a build leaves folders behind."""
    folder = tmp_path_factory.mktemp("wheel")
    source = folder / "source"
    source.mkdir()
    for name in ("setup.cfg", "pyproject.toml", "MANIFEST.in", "LICENSE", "README.md"):
        if (ROOT / name).exists():
            shutil.copy(ROOT / name, source)
    shutil.copytree(ROOT / PACKAGE, source / PACKAGE, ignore=shutil.ignore_patterns("__pycache__"))
    command = [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation"]
    built = subprocess.run([*command, "--wheel-dir", str(folder), str(source)], capture_output=True, text=True)
    assert built.returncode == 0, built.stdout + built.stderr
    (path,) = folder.glob("*.whl")
    return zipfile.ZipFile(path)


def metadata_folder(wheel: zipfile.ZipFile) -> str:
    """The name of its folder of metadata, which holds the version."""
    return next(name.split("/")[0] for name in wheel.namelist() if name.split("/")[0].endswith(".dist-info"))


def test_every_file_of_the_package_ships(wheel):
    written = {
        path.relative_to(ROOT).as_posix()
        for path in (ROOT / PACKAGE).rglob("*")
        if path.suffix in {".py", ".lua"} or path.name == "py.typed"
    }
    shipped = {name for name in wheel.namelist() if name.startswith(f"{PACKAGE}/")}
    assert shipped == written
    assert f"{PACKAGE}/py.typed" in shipped


def test_every_folder_with_modules_is_a_package():
    """A folder without ``__init__.py`` imports in the source tree, and is missing in the wheel."""
    folders = {path.parent for path in (ROOT / PACKAGE).rglob("*.py")}
    assert [folder for folder in folders if not (folder / "__init__.py").exists()] == []


def test_nothing_else_is_installed(wheel):
    tops = {name.split("/")[0] for name in wheel.namelist()}
    assert tops == {PACKAGE, metadata_folder(wheel)}
    assert any(name.endswith("/LICENSE") for name in wheel.namelist())


def test_the_commands_are_celerys(wheel):
    points = ConfigParser()
    points.read_string(wheel.read(f"{metadata_folder(wheel)}/entry_points.txt").decode())
    assert points.sections() == ["celery.commands"]
    commands = dict(points["celery.commands"])
    assert set(commands) == {"durable-shards", "durable-jobs"}
    for target in commands.values():
        module = target.partition(":")[0].replace(".", "/") + ".py"
        assert (ROOT / module).exists()
        assert Path(module).parts[0] == PACKAGE
