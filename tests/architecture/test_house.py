"""The house keeps its own rules: locks, paths, layers, start-up, documented targets."""

from __future__ import annotations

import ast
import re
import shutil
import subprocess
import sys
import tomllib
from functools import cache
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from packaging.version import Version

ROOT = Path(__file__).resolve().parents[2]
REQUIREMENTS = ROOT / "requirements"
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
EXTRAS: dict[str, list[str]] = PROJECT["project"]["optional-dependencies"]
NOT_OURS = {".git", "__pycache__", "build", "dist"}


@cache
def tracked() -> tuple[Path, ...]:
    """The files of the repository; in an unpacked archive, all that are not made by tools."""
    if (ROOT / ".git").exists() and shutil.which("git"):
        listed = subprocess.run(
            ["git", "ls-files", "-z"], cwd=ROOT, check=True, capture_output=True, text=True
        ).stdout
        files = [ROOT / name for name in listed.split("\0") if name]
        return tuple(file for file in files if file.is_file())

    def made_by_tools(parts: tuple[str, ...]) -> bool:
        hidden = any(
            p.startswith(".") and p.endswith(("cache", "venv", "hypothesis")) for p in parts
        )
        return hidden or ".venv-core" in parts or bool(NOT_OURS & set(parts))

    return tuple(
        file
        for file in ROOT.rglob("*")
        if file.is_file() and not made_by_tools(file.relative_to(ROOT).parts)
    )


def required(*requirements: str) -> dict[str, Requirement]:
    """Direct requirements by canonical name; an extra of our own stands for its list."""
    found: dict[str, Requirement] = {}
    for text in requirements:
        requirement = Requirement(text)
        if canonicalize_name(requirement.name) == "satuhati":
            for extra in requirement.extras:
                found |= required(*EXTRAS[extra])
        else:
            found[canonicalize_name(requirement.name)] = requirement
    return found


def locked(name: str) -> dict[str, list[Version]]:
    """The versions a lock holds (several where Python versions differ)."""
    versions: dict[str, list[Version]] = {}
    lock = (REQUIREMENTS / f"{name}.lock").read_text(encoding="utf-8")
    for package, version in re.findall(r"^([A-Za-z0-9._-]+)==([^\s;\\]+)", lock, re.MULTILINE):
        versions.setdefault(canonicalize_name(package), []).append(Version(version))
    return versions


CORE: list[str] = PROJECT["project"]["dependencies"]
LOCKS = {
    "build": PROJECT["build-system"]["requires"],
    "core": CORE,
    **{extra: [*CORE, *listed] for extra, listed in EXTRAS.items()},
}


def test_there_is_one_lock_per_extra() -> None:
    assert {file.stem for file in REQUIREMENTS.glob("*.lock")} == set(LOCKS)


@pytest.mark.parametrize("name", LOCKS)
def test_lock_holds_every_dependency_within_its_bounds(name: str) -> None:
    held = locked(name)
    for package, requirement in required(*LOCKS[name]).items():
        assert package in held, f"{package} is not in {name}.lock: run `make lock`"
        for version in held[package]:
            assert requirement.specifier.contains(version), f"{requirement}: run `make lock`"


@pytest.mark.parametrize("name", LOCKS)
def test_lock_names_no_place_and_hashes_every_file(name: str) -> None:
    lines = (REQUIREMENTS / f"{name}.lock").read_text(encoding="utf-8").splitlines()
    assert lines
    hash_line = re.compile(r"^    --hash=sha256:[0-9a-f]{64}( \\)?$")
    pin_line = re.compile(r"^[a-z0-9._-]+==[A-Za-z0-9.!+_-]+( ; [a-z_ .'\"0-9A-Z=<>!()-]+?)? \\$")
    for i, line in enumerate(lines):
        if not hash_line.match(line):
            assert pin_line.match(line), f"{name}.lock line {i + 1}: {line}"
            assert hash_line.match(lines[i + 1]), f"{name}.lock line {i + 1} has no hash"


def test_locks_agree_with_each_other() -> None:
    seen: dict[str, list[Version]] = {}
    for name in LOCKS:
        for package, versions in locked(name).items():
            assert seen.setdefault(package, versions) == versions, package


def test_plain_install_has_no_web_and_no_documents() -> None:
    assert not {"django", "jinja2", "weasyprint", "python-docx", "pyxform", "pyspark"} & set(
        locked("core")
    )


def imported(file: Path) -> set[str]:
    """The top-level modules a file imports, wherever in it."""
    names: set[str] = set()
    for node in ast.walk(ast.parse(file.read_text(encoding="utf-8"), str(file))):
        if isinstance(node, ast.Import):
            names |= {alias.name.split(".")[0] for alias in node.names}
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            names.add(node.module.split(".")[0])
    return names - set(sys.stdlib_module_names) - {"satuhati"}


def test_nothing_is_imported_that_is_not_declared() -> None:
    """What came along with another package may leave with it; declare what is used."""
    provided_by = packages_distributions()
    everything = required(*CORE, *(text for listed in EXTRAS.values() for text in listed))
    plain = required(*CORE)
    reports = required(*CORE, *EXTRAS["report"])
    web = required(*CORE, *EXTRAS["web"])
    # Inline, as in release_sav.py and xlsform/: a plain install works without.
    formats = required(*CORE, *EXTRAS["spss"], *EXTRAS["survey"])
    core = required(*CORE, *EXTRAS["fast"])  # compiled.py alone, which is imported where it pays
    undeclared = []
    for file in tracked():
        if file.suffix != ".py":
            continue
        place = file.relative_to(ROOT).parts
        own = {other.stem for other in file.parent.glob("*.py")}  # a script's neighbours
        if place[0] == "tests":  # conftest makes their strategies importable from any test
            own |= {other.stem for other in (ROOT / "tests").rglob("*_strategies.py")}
        if place[0] in (
            "tests",
            "scripts",
            "benchmarks",
        ):  # the servers that tests start, and what they drive
            own |= {
                "postgres_server",
                "e2e_demo",
                "e2e_pages",
                "khal_client",
                "forms_read",
                "xlsform_books",
                "collect_phone",
            }
        allowed = everything
        if place[0] == "src":
            extras = {"formats": formats, "reports": reports, "cli": reports | web, "web": web,
                      "core": core if file.name == "compiled.py" else plain}  # fmt: skip
            allowed = extras.get(place[2], plain)
        for module in imported(file) - own:
            packages = {canonicalize_name(name) for name in provided_by.get(module, ())}
            if not packages & set(allowed):
                undeclared.append(f"{file.relative_to(ROOT)}: {module}")
    assert not undeclared, "\n".join(undeclared)


# Written in pieces, so that this file does not contain what it looks for.
PLACES = [
    r"(?<![\w.])/(?:wo" r"rk|ro" r"ot|ho" r"me)/\w",
    r"(?<![\w.])/tm" r"p/\w",
    r"C:\\Use" r"rs",
    r"py" r"pi\.org",
    r"python" r"hosted\.org",
    r"registry\.np" r"mjs\.org",
    r"--(?:extra-)?index" r"-url\s*[= ]\s*\S*:",
    r"--find" r"-links[= ]",
]  # fmt: skip


@pytest.mark.parametrize("place", PLACES)
def test_no_tracked_file_names_a_machine_or_a_package_host(place: str) -> None:
    pattern = re.compile(place)
    found = []
    for file in tracked():
        try:
            text = file.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue  # pictures, fonts, packed data
        for i, line in enumerate(text.splitlines(), 1):
            # In an address, /home/ and the like are pages.
            if pattern.search(re.sub(r"https?://(?![^/]*py" r"pi)\S+", "", line)):
                found.append(f"{file.relative_to(ROOT)}:{i}: {line.strip()[:100]}")
    assert not found, "\n".join(found)


def loaded_by(statement: str) -> set[str]:
    """The top-level modules a fresh interpreter has after a statement."""
    code = f"{statement}\nimport sys; print(*sorted({{m.split('.')[0] for m in sys.modules}}))"
    run = subprocess.run([sys.executable, "-c", code], check=True, capture_output=True, text=True)
    return set(run.stdout.split())


def test_command_line_starts_light() -> None:
    heavy = {
        "django",
        "polars",
        "numpy",
        "scipy",
        "igraph",
        "numba",
        "jinja2",
        "weasyprint",
        "docx",
    }
    assert not heavy & loaded_by("import satuhati.cli")


def test_core_needs_no_extra() -> None:
    modules = sorted(
        ".".join(file.relative_to(ROOT / "src").with_suffix("").parts).removesuffix(".__init__")
        for file in (ROOT / "src" / "satuhati" / "core").rglob("*.py")
    )
    assert modules
    loaded = loaded_by("import " + ", ".join(modules))
    assert not {"django", "typer", "rich", "openpyxl", "jinja2", "weasyprint", "docx"} & loaded


def targets() -> set[str]:
    makefile = (ROOT / "Makefile").read_text(encoding="utf-8")
    return set(re.findall(r"^([a-z-]+):.*?## ", makefile, re.MULTILINE)) - {"help"}


def test_makefile_has_the_promised_targets() -> None:
    promised = {"setup", "demo", "test", "test-core", "lint", "format", "bench", "docs", "fresh"}
    assert promised <= targets()


def test_every_target_is_documented() -> None:
    told = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    told += (ROOT / "README.md").read_text(encoding="utf-8")
    assert [name for name in sorted(targets()) if f"`make {name}" not in told] == []


def test_readme_names_what_a_fresh_debian_lacks() -> None:
    """``scripts/fresh`` installs exactly what the README names."""
    script = (ROOT / "scripts" / "fresh").read_text(encoding="utf-8")
    named = re.search(r"^named_in_readme=\((.*)\)$", script, re.MULTILINE)
    assert named is not None
    assert f"apt-get install {named[1]}" in (ROOT / "README.md").read_text(encoding="utf-8")


def test_every_dependency_is_accounted_for() -> None:
    table = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8")
    rows = re.findall(rf"^\| ([a-z0-9-]+) \| ({'|'.join(LOCKS)}) \|", table, re.MULTILINE)
    declared = {(name, "build") for name in required(*LOCKS["build"])}
    declared |= {(name, "core") for name in required(*CORE)}
    for extra, listed in EXTRAS.items():
        own = [text for text in listed if not text.startswith("satuhati")]
        declared |= {(name, extra) for name in required(*own)}
    assert set(rows) == declared


def test_every_dependency_says_why() -> None:
    text = (ROOT / "pyproject.toml").read_text(encoding="utf-8")
    for listed in (CORE, *EXTRAS.values()):
        for requirement in listed:
            assert re.search(rf'^\s*"{re.escape(requirement)}",\s+# \w', text, re.MULTILINE), (
                requirement
            )


def test_continuous_integration_runs_make_test() -> None:
    script = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    assert script.startswith("#!/usr/bin/env bash\n")
    assert "set -euo pipefail" in script
    assert re.search(r"^make .*\btest\b", script, re.MULTILINE)
    assert "export CI=true" in script


@pytest.mark.parametrize("script", [".ci/run", "scripts/fresh", "scripts/system-packages"])
def test_scripts_can_be_run(script: str) -> None:
    file = ROOT / script
    assert file.stat().st_mode & 0o111, f"{script} is not executable"
    subprocess.run(["bash", "-n", str(file)], check=True)


def test_missing_system_package_is_an_error_in_ci_only(tmp_path: Path) -> None:
    """With a package manager that knows of nothing and cannot install."""
    for name, body in {"dpkg-query": "exit 1", "apt-get": "exit 100"}.items():
        command = tmp_path / name
        command.write_text(f"#!/bin/sh\n{body}\n", encoding="utf-8")
        command.chmod(0o755)
    script = str(ROOT / "scripts" / "system-packages")
    path = f"{tmp_path}:/usr/bin:/bin"
    for ci, expected in (("true", 1), ("", 0)):
        run = subprocess.run(
            [script], env={"PATH": path, "CI": ci}, check=False, capture_output=True, text=True
        )
        assert run.returncode == expected, run.stderr
        assert "apt-get install libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0" in run.stderr
    tests = subprocess.run(
        [script, "test"],
        env={"PATH": path, "CI": "true"},
        check=False,
        capture_output=True,
        text=True,
    )
    assert tests.returncode == 1
    assert "chromium" in tests.stderr
    assert "postgresql" in tests.stderr


def test_licences_are_there_in_full() -> None:
    licence = (ROOT / "LICENSE").read_text(encoding="utf-8")
    assert "GNU AFFERO GENERAL PUBLIC LICENSE" in licence
    assert "13. Remote Network Interaction" in licence
    assert "Attribution 4.0" in (ROOT / "LICENSE-TEXTS").read_text(encoding="utf-8")


def test_no_two_test_files_bear_one_name() -> None:
    """Tests are modules by their name alone: of two alike only one could be collected."""
    names = [file.name for file in (ROOT / "tests").rglob("test_*.py")]
    assert sorted({name for name in names if names.count(name) > 1}) == []
