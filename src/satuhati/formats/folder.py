"""A community as a folder of CSV files: one per table, ``answers/<instrument>.csv``, a descriptor.

Only an empty cell is missing; ``NA`` is text here. Codes, choices, numbers and dates lose outer
blanks when read; text is kept to the letter. Valid data survive ``write_folder`` →
``read_folder`` unchanged.
"""

from __future__ import annotations

import json
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from satuhati.core.community import CommunityData
from satuhati.errors import Doubt, InputError, Problem
from satuhati.formats.assemble import assemble
from satuhati.formats.choose import choose
from satuhati.formats.codebook import codebook
from satuhati.formats.csvtext import MAX_MB, read_bytes, too_large
from satuhati.formats.csvwrite import write_csv
from satuhati.formats.datapackage import DESCRIPTOR, describe
from satuhati.formats.headers import items_of, named
from satuhati.formats.packageforms import (
    FORMS,
    PackageForm,
    form_resources,
    read_forms,
    write_forms,
)
from satuhati.formats.rawtable import RawTable, read_csv
from satuhati.schema import ANSWER_KEYS, SCHEMA_VERSION, TABLES

README = "README.md"
ANSWERS = "answers"
_ENDINGS = (".csv.gz", ".csv")
_QUIET = (".", "~$", "readme", "license", "licence", "lisensi", "desktop.ini", "thumbs.db")


def read_folder(
    path: str | Path, *, community: str | None = None, max_mb: float = MAX_MB
) -> tuple[CommunityData, tuple[Doubt, ...]]:
    """Read, type and check a package folder; every problem is found, not only the first.

    ``community`` picks one of several communities (and names the one of a folder without table
    ``community``). Files together must be smaller than ``max_mb`` million bytes, unpacked.

    Raises :class:`InputError`: not a folder, no table in it, a newer or older schema version, and
    whatever is wrong with files, columns, values and references.
    """
    folder = Path(path)
    found, answers, doubts, problems = _inventory(folder)
    check_version(folder)
    forms, wrong, unlisted = read_forms(folder, read_descriptor(folder))
    if wrong:
        raise InputError([*problems, *wrong])
    doubts += unlisted
    if not found and not answers and not (folder / DESCRIPTOR).is_file() and not problems:
        raise InputError(Problem("folder_without_tables", folder.name))
    total = sum(p.stat().st_size for p in (*found.values(), *answers.values()) if p.is_file())
    total += sum(len(form.content) for form in forms)
    if total >= max_mb * 1_000_000:
        raise too_large(folder.name or str(path), total, max_mb)
    broken = {_table_of(p.file or "") for p in problems}
    raws: dict[str, RawTable] = {}
    wide: dict[str, RawTable] = {}
    unpacked = 0
    for group, files, under in ((raws, found, ""), (wide, answers, f"{ANSWERS}/")):
        for name, file in files.items():
            try:
                raw = read_csv(file, name=under + file.name, max_mb=max_mb)
            except InputError as error:
                problems += error.problems
                broken.add(name)
                continue
            unpacked += raw.size
            if unpacked >= max_mb * 1_000_000:
                raise too_large(folder.name or str(path), unpacked, max_mb)
            group[name] = raw
    for name, raw in raws.items():
        raws[name], same = named(raw, name)
        problems += same
    for name, raw in wide.items():
        items = items_of(raws.get("items"), name)
        wide[name], same = named(raw, f"{ANSWERS}/{name}", items)
        problems += same
    data, more = assemble(
        raws,
        wide,
        default_code=community or folder.resolve().name,
        broken=frozenset(broken),
        problems=problems,
        doubts=doubts,
    )
    return choose(data, community), more


def _inventory(
    folder: Path,
) -> tuple[dict[str, Path], dict[str, Path], list[Doubt], list[Problem]]:
    """Which file is which table; unknown files are a doubt, strange ones a problem."""
    doubts: list[Doubt] = []
    problems: list[Problem] = []
    tables: dict[str, Path] = {}
    answers: dict[str, Path] = {}
    for entry in entries(folder):
        lower = entry.name.lower()
        if lower.startswith(_QUIET) or lower == DESCRIPTOR:
            continue
        if lower == FORMS and entry.is_dir():
            continue
        if lower == ANSWERS and entry.is_dir() and not entry.is_symlink():
            for file in entries(entry):
                if not file.name.lower().startswith(_QUIET):
                    _place(file, f"{ANSWERS}/", answers, doubts, problems)
            continue
        _place(entry, "", tables, doubts, problems)
    return tables, answers, doubts, problems


def forms_in(path: str | Path) -> tuple[PackageForm, ...]:
    """The questionnaires a package folder carries. Raises :class:`InputError`."""
    folder = Path(path)
    forms, problems, _ = read_forms(folder, read_descriptor(folder))
    if problems:
        raise InputError(problems)
    return forms


def tables_in(path: str | Path) -> tuple[str, ...]:
    """The tables of which a folder has a file, with or without rows."""
    return tuple(_inventory(Path(path))[0])


def entries(folder: Path) -> list[Path]:
    """What lies in a folder, sorted; raises ``InputError`` if it is none or cannot be read."""
    try:
        if not folder.is_dir():
            code = "not_a_folder" if folder.exists() else "file_missing"
            raise InputError(Problem(code, str(folder.name or folder)))
        return sorted(folder.iterdir())
    except (OSError, ValueError) as error:
        why = getattr(error, "strerror", None) or type(error).__name__
        raise InputError(Problem("file_unreadable", folder.name, fields={"why": why})) from None


def _place(
    file: Path, under: str, into: dict[str, Path], doubts: list[Doubt], problems: list[Problem]
) -> None:
    shown = under + file.name
    ending = next((e for e in _ENDINGS if file.name.lower().endswith(e)), None)
    name = file.name[: -len(ending)] if ending else ""
    if not under:
        name = name.lower()
    if not ending or not name or (not under and name not in TABLES):
        doubts.append(Doubt("file_unknown", {"file": shown}))
    elif file.is_symlink() or not file.is_file():
        # A link could lead outside the package, a pipe could never end.
        problems.append(Problem("not_a_regular_file", shown))
    elif name in into:
        problems.append(Problem("table_twice", shown, fields={"other": into[name].name}))
    else:
        into[name] = file


def _table_of(file: str) -> str:
    return file.split(".")[0].lower()


def read_descriptor(folder: Path) -> dict[str, object] | None:
    """``datapackage.json`` as a mapping, ``None`` if there is none; raises ``InputError``."""
    path = folder / DESCRIPTOR
    if not path.exists() and not path.is_symlink():
        return None
    if path.is_symlink() or not path.is_file():
        raise InputError(Problem("not_a_regular_file", DESCRIPTOR))
    data = read_bytes(path, max_mb=20)
    try:
        found = json.loads(data.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise _descriptor_broken(type(error).__name__) from None
    if not isinstance(found, dict):
        raise _descriptor_broken("JSON")
    return found


def _descriptor_broken(why: str) -> InputError:
    return InputError(Problem("descriptor_broken", DESCRIPTOR, fields={"why": why}))


def version_of(folder: Path) -> int:
    """The schema version a package says it has; the present one if it says nothing."""
    found = (read_descriptor(folder) or {}).get("schema_version", SCHEMA_VERSION)
    if not isinstance(found, int) or isinstance(found, bool) or not 0 <= found < 10**6:
        raise _descriptor_broken("schema_version")
    return found


def check_version(folder: Path) -> None:
    """Refuse a package of another version, saying what to do."""
    found = version_of(folder)
    if found != SCHEMA_VERSION:
        code = "package_newer" if found > SCHEMA_VERSION else "package_older"
        fields = {"found": found, "known": SCHEMA_VERSION}
        raise InputError(Problem(code, DESCRIPTOR, fields=fields))


def write_folder(
    data: CommunityData,
    path: str | Path,
    *,
    overwrite: bool = False,
    forms: Sequence[PackageForm] = (),
) -> None:
    """Write a package folder, whole or not at all; ``forms`` travel beside the tables.

    Tables without rows are left out; so is column ``community`` where there is one community.
    ``NaN`` is written as missing. An existing folder must be empty, or with ``overwrite`` hold
    nothing but a package. Raises :class:`InputError` if it does not, or cannot be written.
    """
    with NewFolder(Path(path), overwrite=overwrite) as new:
        one = len(data.communities) == 1
        for name in TABLES:
            frame = data.tables[name]
            if frame.height:
                bare = one or name == "community"
                write_csv(frame.drop("community") if bare else frame, new / f"{name}.csv")
        if data.answers:
            (new / ANSWERS).mkdir()
        for name, frame in data.answers.items():
            write_csv(frame.drop("community") if one else frame, new / ANSWERS / f"{name}.csv")
        write_forms(forms, new)
        described = describe(data, forms=[form.resource() for form in forms])
        _text(new / DESCRIPTOR, json.dumps(described, ensure_ascii=False, indent=1) + "\n")
        _text(new / README, codebook(data))


class NewFolder:
    """A temporary sibling that becomes ``target`` when all went well, and else vanishes."""

    def __init__(
        self, target: Path, *, overwrite: bool = False, backup: Path | None = None
    ) -> None:
        """With ``backup`` an existing folder is moved there, whatever it holds."""
        self.target, self.overwrite, self.backup = target, overwrite, backup

    def __enter__(self) -> Path:
        target = self.target
        try:
            if target.is_symlink() or (target.exists() and not target.is_dir()):
                raise InputError(Problem("not_a_folder", target.name))
            taken = target.exists() and any(target.iterdir())
            mine = self.backup or (self.overwrite and taken and is_package_only(target))
            if taken and not mine:
                raise InputError(Problem("folder_exists", target.name))
            parent = target.resolve().parent
            self.temporary = Path(tempfile.mkdtemp(prefix=f".{target.name}.", dir=parent))
            umask = os.umask(0)
            os.umask(umask)
            self.temporary.chmod(0o777 & ~umask)
        except (OSError, ValueError) as error:
            raise unwritable(target, error) from None
        return self.temporary

    def __exit__(self, kind: type[BaseException] | None, error: object, _: object) -> None:
        try:
            if kind is None:
                self._swap()
        except OSError as failure:
            raise unwritable(self.target, failure) from None
        finally:
            shutil.rmtree(self.temporary, ignore_errors=True)
        if isinstance(error, OSError):
            raise unwritable(self.target, error) from None

    def _swap(self) -> None:
        aside = None
        if self.target.exists():
            aside = self.backup or self.temporary.with_name(self.temporary.name + ".old")
            self.target.rename(aside)
        try:
            self.temporary.rename(self.target)
        except OSError:
            if aside is not None:
                aside.rename(self.target)
            raise
        if aside is not None and self.backup is None:
            shutil.rmtree(aside, ignore_errors=True)


def unwritable(path: Path, error: BaseException) -> InputError:
    """The one error for an output that cannot be written."""
    why = getattr(error, "strerror", None) or type(error).__name__
    return InputError(Problem("output_unwritable", path.name, fields={"why": why}))


def is_package_only(folder: Path) -> bool:
    """Whether the folder holds a package and nothing a person may have put beside it."""
    if not (folder / DESCRIPTOR).is_file():
        return False
    known = {DESCRIPTOR, README, ANSWERS, FORMS} | {f"{t}{e}" for t in TABLES for e in _ENDINGS}
    inside = folder / ANSWERS
    names = {p.name for p in folder.iterdir()}
    csv_only = not inside.exists() or (
        inside.is_dir() and all(p.name.endswith(_ENDINGS) for p in inside.iterdir())
    )
    forms = folder / FORMS
    listed = {str(r.get("path")) for r in form_resources(read_descriptor(folder))}
    mine = not forms.exists() or (
        forms.is_dir() and {f"{FORMS}/{p.name}" for p in forms.iterdir()} <= listed
    )
    return names <= known and csv_only and mine


def _text(path: Path, content: str) -> None:
    path.write_text(content, encoding="utf-8", newline="\n")


TEMPLATE = (
    "community", "areas", "actors", "posts", "terms", "meeting_series", "meetings", "attendance",
    "decisions", "followups", "followup_partners", "norms", "services", "awareness",
    "instruments", "items", "rounds", "tie_rounds", "roster", "ties", "sources", "excerpts",
    "codes", "codings", "confirmed_empty",
)  # fmt: skip
"""Tables of a new folder, in the order in which they are best filled in."""


def new_folder(path: str | Path, *, tables: Sequence[str] = TEMPLATE) -> tuple[str, ...]:
    """An empty package to fill in: header rows and instructions. Returns the file names."""
    empty = CommunityData.of({})
    with NewFolder(Path(path), overwrite=False) as new:
        for name in tables:
            bare = empty.tables[name].drop("community")
            write_csv(bare, new / f"{name}.csv")
        (new / ANSWERS).mkdir()
        _text(new / ANSWERS / README, _ANSWERS_README)
        descriptor = json.dumps(describe(empty, tables=tables), ensure_ascii=False, indent=1)
        _text(new / DESCRIPTOR, descriptor + "\n")
        _text(new / README, codebook(empty, tables=tables, template=True))
        names = tuple(sorted(_relative(new)))
    return names


def _relative(folder: Path) -> Iterator[str]:
    return (p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file())


_ANSWERS_README = f"""# Jawaban kuesioner

Satu berkas per kuesioner, dinamai menurut kodenya di instruments.csv: `<kode>.csv`.
Kolom bakunya: {", ".join(c.name for c in ANSWER_KEYS)}; sesudahnya satu kolom untuk tiap butir
di items.csv (kolom `name`). Satu baris adalah satu orang pada satu putaran (rounds.csv).

*One file per questionnaire, named after its code; a column for each item, a row for each person.*
"""
