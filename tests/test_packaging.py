"""What is shipped is what stands in the checkout."""

from __future__ import annotations

import json
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

FOLDERS = ("templates", "plugins", "schemas", "reports")
TOP_LEVEL = {*FOLDERS, "src", "tests", "docs", "scripts", "requirements", "README.md", "LICENSE", "pyproject.toml"}
NEVER_SHIPPED = {"__pycache__", ".DS_Store"}


def build(source: Path, target: str, folder: Path) -> Path:
    """Builds a `wheel` or `sdist` of a source tree without a network, and gives the file."""
    command = [sys.executable, "-m", "hatchling", "build", "--target", target, "--directory", str(folder)]
    subprocess.run(command, cwd=source, check=True, capture_output=True, text=True)
    return next(path for path in folder.iterdir() if path.suffix in {".whl", ".gz"})


def files_under(folder: Path) -> dict[str, bytes]:
    """The files of a folder with what they hold, by their path in the folder."""
    files = [path for path in folder.rglob("*") if path.is_file() and not NEVER_SHIPPED & set(path.parts)]
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in files if path.suffix != ".pyc"}


@pytest.fixture(scope="module")
def unpacked_sdist(checkout: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The source distribution, built from the checkout."""
    folder = tmp_path_factory.mktemp("sdist")
    packed = build(checkout, "sdist", folder)
    subprocess.run(["tar", "-xzf", packed.name], cwd=folder, check=True)
    return next(path for path in folder.iterdir() if path.is_dir())


@pytest.fixture(scope="module")
def unpacked_wheel(unpacked_sdist: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The wheel, built from the source distribution as an installer would."""
    folder = tmp_path_factory.mktemp("wheel")
    with zipfile.ZipFile(build(unpacked_sdist, "wheel", folder)) as archive:
        archive.extractall(folder / "site")
    return folder / "site"


@pytest.mark.parametrize("name", FOLDERS)
def test_the_wheel_carries_the_shipped_workspace(name: str, checkout: Path, unpacked_wheel: Path) -> None:
    """Each top-level folder stands in the wheel under `appraise/_bundled`, file for file and byte for byte."""
    shipped = files_under(unpacked_wheel / "appraise" / "_bundled" / name)
    there = files_under(checkout / name)
    assert sorted(shipped) == sorted(there)
    assert [path for path in there if shipped[path] != there[path]] == []


def test_the_wheel_carries_the_whole_package(checkout: Path, unpacked_wheel: Path) -> None:
    """Every file of the package is in the wheel, the marker for type checkers too."""
    shipped = {path for path in files_under(unpacked_wheel / "appraise") if not path.startswith("_bundled/")}
    assert shipped == set(files_under(checkout / "src" / "appraise"))


def test_the_source_distribution_keeps_the_top_level(checkout: Path, unpacked_sdist: Path) -> None:
    """An unpacked source distribution is a checkout: the same folders at the top, with the same files."""
    assert TOP_LEVEL - {path.name for path in unpacked_sdist.iterdir()} == set()
    for name in FOLDERS:
        assert sorted(files_under(unpacked_sdist / name)) == sorted(files_under(checkout / name))


def test_the_wheel_runs_without_a_checkout(unpacked_wheel: Path, tmp_path: Path) -> None:
    """From the wheel alone the command makes the example workspace, role templates and all."""
    words = [sys.executable, "-m", "appraise", "init", str(tmp_path / "example"), "--example", "collections"]
    environment = {"PYTHONPATH": str(unpacked_wheel), "HOME": str(tmp_path), "PATH": ""}
    made = subprocess.run(words, cwd=tmp_path, env=environment, check=False, capture_output=True, text=True)
    assert (made.returncode, (tmp_path / "example" / "appraise.yaml").exists()) == (0, True), made.stderr


def test_the_wheel_brings_its_option_to_pytest(unpacked_wheel: Path, tmp_path: Path) -> None:
    """Where the wheel is installed, pytest knows `--appraise`: an example workspace has its examples as tests."""
    company = unpacked_wheel / "appraise" / "_bundled" / "templates" / "examples" / "one_spreadsheet"
    words = [sys.executable, "-m", "pytest", "--appraise", str(company), "-p", "no:cacheprovider", "-W", "error"]
    environment = {"PYTHONPATH": str(unpacked_wheel), "HOME": str(tmp_path), "PATH": ""}
    tried = subprocess.run(words, cwd=tmp_path, env=environment, check=False, capture_output=True, text=True)
    assert tried.returncode == 0, tried.stdout + tried.stderr
    assert "1 passed" in tried.stdout


def test_the_wheel_brings_its_plugins(unpacked_wheel: Path, tmp_path: Path) -> None:
    """From the wheel alone the shipped metrics are found and loaded, in any folder."""
    words = [sys.executable, "-m", "appraise", "plugins", "--load", "--json"]
    environment = {"PYTHONPATH": str(unpacked_wheel), "HOME": str(tmp_path), "PATH": ""}
    told = subprocess.run(words, cwd=tmp_path, env=environment, check=True, capture_output=True, text=True)
    brought = {plugin["name"]: plugin["brings"] for plugin in json.loads(told.stdout)["plugins"]}
    assert "measure cei_standard" in brought["shipped plugins/debt_collection"]
