"""What background jobs do. Loads Polars and the document makers: worker only."""

from __future__ import annotations

import contextlib
import io
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import polars as pl
from django.conf import settings
from django.utils import timezone
from django_scopes import scope

from satuhati.core.community import CommunityData
from satuhati.core.profile.assemble import dossier
from satuhati.core.surveys.release import Value, release
from satuhati.errors import InputError
from satuhati.formats.folder import forms_in, write_folder
from satuhati.formats.package import read_any
from satuhati.formats.release import FORMATS, release_files
from satuhati.reports import render_docx, render_html, render_pdf
from satuhati.schema.measures import measures
from satuhati.schema.responses import response_words
from satuhati.text import LANGUAGES, Language, Text
from satuhati.web.audit.recording import Outcome, action, record
from satuhati.web.profile.forms_along import (
    Along,
    compared_forms,
    forms_of,
    read_along,
    take_along,
)
from satuhati.web.profile.models import BackgroundJob
from satuhati.web.profile.package import from_database, replace
from satuhati.web.profile.queries import get_releasable_for
from satuhati.web.surveys.asked_words import asked_of
from satuhati.web.surveys.beside import SurveySetup
from satuhati.web.surveys.models import Instrument, Item
from satuhati.web.tenancy.clock import today_in
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import Who, who_is

EXAMPLES, FILES_LIMIT = 5, 400
KEEP_DAYS = 14


class ChangedSinceError(Exception):
    """The records changed after the preview that was confirmed."""


def place_of(job: BackgroundJob) -> Path:
    """Where the files of a job lie."""
    return Path(settings.UPLOADS) / str(job.pk)


@contextlib.contextmanager
def at_work(job_id: int, state: str) -> Iterator[BackgroundJob]:
    """A job while it is worked on; what goes wrong is kept and said, never swallowed."""
    job = BackgroundJob.objects.select_related("community", "by").get(pk=job_id)
    BackgroundJob.objects.filter(pk=job.pk).update(state="working", percent=5)
    try:
        yield job
    except InputError as error:
        problems = [{lang: p.line(lang) for lang in LANGUAGES} for p in error.problems[:50]]
        _end(job, "refused", problems=problems)
    except ChangedSinceError:
        _end(job, "changed")
    except Exception:
        _end(job, "failed")
        raise  # into the log, with its place
    else:
        _end(job, state)


def _end(job: BackgroundJob, state: str, **fields: Any) -> None:
    BackgroundJob.objects.filter(pk=job.pk).update(
        state=state, percent=100, ended_at=timezone.now(), **fields
    )


def _on(job: BackgroundJob, percent: int) -> None:
    BackgroundJob.objects.filter(pk=job.pk).update(percent=percent)


def _who(job: BackgroundJob) -> Who:
    """Who asked, with the role held now: a right may have ended in between."""
    found = who_is(job.by, job.community) if job.by is not None else None
    return found or Who(None, "resident", job.community)


def write_report(job_id: int) -> None:
    """The report in the language and form asked for."""
    with at_work(job_id, "done") as job:
        lang: Language = "en" if job.parameters.get("lang") == "en" else "id"
        form = job.parameters.get("form", "pdf")
        _who(job).require("report.download")
        data = from_database(job.community)
        _on(job, 20)
        full = dossier(data, job.community.code, today_in(job.community))
        _on(job, 40)
        if form == "docx":
            content = render_docx(full, measures(), lang)
        else:
            text = render_html(full, measures(), lang)
            _on(job, 60)
            content = text.encode() if form == "html" else render_pdf(text)
        _keep(job, f"laporan-{job.community.code}.{form}", content)


def _keep(job: BackgroundJob, name: str, content: bytes) -> None:
    """The job's result, whole or not at all."""
    folder = place_of(job)
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    temporary = folder / f".{name}"
    temporary.write_bytes(content)
    temporary.rename(folder / name)
    BackgroundJob.objects.filter(pk=job.pk).update(file=name)


def prune() -> int:
    """Remove the files of jobs that ended long ago; how many."""
    before = timezone.now() - timezone.timedelta(days=KEEP_DAYS)
    old = BackgroundJob.objects.filter(ended_at__lt=before).exclude(file="")
    for job in old:
        shutil.rmtree(place_of(job), ignore_errors=True)
    return int(old.update(file=""))


# -- import and export ---------------------------------------------------------------------------


def uploaded(job: BackgroundJob, place: Path) -> tuple[CommunityData, tuple[Along, ...]]:
    """The package a person sent, and the questionnaires that travel with it, read and checked.

    Raises :class:`InputError`.
    """
    source = place_of(job) / str(job.parameters["file"])
    if source.suffix.lower() == ".zip":
        source = unpack(source, place)
    data, _ = read_any(source, max_mb=settings.MAX_UPLOAD_MB * 4)
    if len(data.communities) != 1:
        from satuhati.errors import Problem

        shown = ", ".join(data.communities[:8]) or "–"
        raise InputError(Problem("community_choice", fields={"value": "–", "choices": shown}))
    along = read_along(forms_in(source) if source.is_dir() else (), data)
    return renamed(data, job.community.code), along


def unpack(archive: Path, place: Path) -> Path:
    """The folder inside a zip: plain files of a bounded size, nothing outside ``place``."""
    from satuhati.errors import Problem

    limit = settings.MAX_UPLOAD_MB * 4 * 1_000_000
    try:
        with zipfile.ZipFile(archive) as opened:
            entries = [e for e in opened.infolist() if not e.is_dir()]
            total = sum(e.file_size for e in entries)
            if len(entries) > FILES_LIMIT or total > limit:
                fields = {"size": total // 1_000_000, "limit": limit // 1_000_000}
                raise InputError(Problem("file_too_large", archive.name, fields=fields))
            read = 0
            for entry in entries:
                target = (place / entry.filename).resolve()
                linked = (entry.external_attr >> 16) & 0o170000 == 0o120000
                if linked or not target.is_relative_to(place.resolve()):
                    raise InputError(Problem("not_a_regular_file", entry.filename))
                target.parent.mkdir(parents=True, exist_ok=True)
                with opened.open(entry) as source, target.open("wb") as out:
                    while piece := source.read(1 << 20):
                        read += len(piece)
                        if read > limit:  # the sizes written in the archive may lie
                            fields = {"size": read // 1_000_000, "limit": limit // 1_000_000}
                            raise InputError(Problem("file_too_large", archive.name, fields=fields))
                        out.write(piece)
    except (zipfile.BadZipFile, OSError, RuntimeError, NotImplementedError, EOFError) as error:
        why = getattr(error, "strerror", None) or type(error).__name__
        raise InputError(Problem("file_unreadable", archive.name, fields={"why": why})) from None
    # A zip of a folder holds that folder; what an Apple machine adds beside it does not count.
    inside = [p for p in place.iterdir() if p.name != "__MACOSX" and not p.name.startswith(".")]
    return inside[0] if len(inside) == 1 and inside[0].is_dir() else place


def renamed(data: CommunityData, code: str) -> CommunityData:
    """The same records under the code that the community has here."""

    def mine(frame: pl.DataFrame) -> pl.DataFrame:
        return frame.with_columns(pl.lit(code).alias("community"))

    tables = {n: mine(f) for n, f in data.tables.items() if f.height}
    tables["community"] = tables["community"].with_columns(pl.lit(code).alias("id"))
    return CommunityData.of(tables, {n: mine(f) for n, f in data.answers.items()})


def compared(now: CommunityData, new: CommunityData) -> list[dict[str, Any]]:
    """Per table how many rows are new, changed, removed and the same, with examples by id."""
    found = []
    pairs = [(n, now.tables[n], new.tables[n]) for n in now.tables]
    empty = pl.DataFrame(schema={"community": pl.String, "id": pl.String})
    for name in sorted({*now.answers, *new.answers}):
        before, after = now.answers.get(name, empty), new.answers.get(name, empty)
        pairs.append((f"answers/{name}", before, after))
    for name, before, after in pairs:
        old = {r["id"]: r for r in before.iter_rows(named=True)}
        later = {r["id"]: r for r in after.iter_rows(named=True)}
        added = [i for i in later if i not in old]
        removed = [i for i in old if i not in later]
        changed = [i for i in later if i in old and later[i] != old[i]]
        if not (old or later):
            continue
        found.append(
            {
                "table": name,
                "added": len(added),
                "changed": len(changed),
                "removed": len(removed),
                "same": len(later) - len(added) - len(changed),
                "examples": [*changed, *removed, *added][:EXAMPLES],
            }
        )
    return found


def preview(job_id: int) -> None:
    """Read what was sent and say what it would change; nothing is changed."""
    with at_work(job_id, "previewed") as job:
        _who(job).require("package.import")
        with tempfile.TemporaryDirectory(prefix="satuhati-import-") as place:
            new, along = uploaded(job, Path(place))
        _on(job, 60)
        community = Community.objects.get(pk=job.community_id)
        changes = compared(from_database(community), new) + compared_forms(community, along)
        result = {"data_version": community.data_version, "tables": changes}
        BackgroundJob.objects.filter(pk=job.pk).update(result=result)


@action("package.import", "package.import")
def put_in_place(
    *, by: Who, data: CommunityData, version: int | None = None, along: Sequence[Along] = ()
) -> Outcome[Any]:
    """All records of a community replaced, or none; the questionnaires of the package with them.

    ``version`` is the one that was previewed.
    """
    locked = Community.objects.select_for_update().get(pk=by.community.pk)  # type: ignore[union-attr]
    if version is not None and locked.data_version != version:
        raise ChangedSinceError
    counts = replace(locked, data)
    details = {"rows": sum(counts.values())}
    if along:
        details["forms"] = take_along(by, locked, along)
    return Outcome(counts, "community", locked.code, details)


def apply(job_id: int) -> None:
    """Put what was previewed in place, if nothing changed since."""
    with at_work(job_id, "done") as job:
        with tempfile.TemporaryDirectory(prefix="satuhati-import-") as place:
            new, along = uploaded(job, Path(place))
        _on(job, 40)
        put_in_place(by=_who(job), data=new, version=job.result["data_version"], along=along)
        shutil.rmtree(place_of(job), ignore_errors=True)


def export(job_id: int) -> None:
    """The whole community as a zip of its package: for moving it elsewhere."""
    with at_work(job_id, "done") as job:
        _who(job).require("package.export")
        data = from_database(job.community)
        _on(job, 30)
        with tempfile.TemporaryDirectory(prefix="satuhati-export-") as place:
            folder = Path(place) / job.community.code
            write_folder(data, folder, forms=forms_of(job.community))
            packed = io.BytesIO()
            with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
                for file in sorted(folder.rglob("*")):
                    if file.is_file():
                        archive.write(file, f"{job.community.code}/{file.relative_to(folder)}")
        _keep(job, f"{job.community.code}.zip", packed.getvalue())
        note_export(_who(job), data)


def note_export(by: Who, data: CommunityData) -> None:
    """An export holds everything: it is put on record."""
    rows = sum(f.height for f in (*data.tables.values(), *data.answers.values()))
    code = by.community.code if by.community is not None else ""
    record(by, "package.export", Outcome(None, "community", code, {"rows": rows}))


def _keyed(item: Item, words: Mapping[str, Text]) -> dict[Value, Text]:
    """Words by the value that stands in the file: a figure of items that are figures."""
    if item.type not in ("likert", "binary", "number"):
        found: dict[Value, Text] = {}
        found.update(words)
        return found
    with contextlib.suppress(ValueError):
        return {float(code): word for code, word in words.items()}
    return {}


def answer_words(instrument: str, code: str) -> dict[str, dict[Value, Text]]:
    """The words that people read: of the questionnaire's own form, or of this server's pages."""
    found: dict[str, dict[Value, Text]] = {}
    here = SurveySetup.objects.filter(round=code).exists()
    own = asked_of(Instrument.objects.get(public_id=instrument)).words
    for item in Item.objects.filter(instrument__public_id=instrument):
        if item.name in own:
            found[item.name] = _keyed(item, own[item.name])
            continue
        if not here:
            continue
        words = response_words(item.type, item.low, item.high, item.text_id, as_asked_here=True)
        if words:
            found[item.name] = dict(sorted(words.items()))
    return found


def give_answers(job_id: int) -> None:
    """The answers of a closed round, nobody named, with codebook, as a zip."""
    with at_work(job_id, "done") as job:
        who = _who(job)
        who.require("answers.export")
        code, form = job.parameters.get("round"), job.parameters.get("form")
        lang: Language = "en" if job.parameters.get("lang") == "en" else "id"
        with scope(community=job.community):
            one = next((r for r in get_releasable_for(who) if r.code == code), None)
        if one is None:  # removed meanwhile, or no longer enough answers
            raise ChangedSinceError
        data = from_database(job.community)
        _on(job, 30)
        with scope(community=job.community):
            labels = answer_words(one.instrument, one.code)
        found = release(data, job.community.code, one.instrument, rounds=[one.code], labels=labels)
        files, _ = release_files(found, FORMATS if form == "all" else (form,), lang)
        _on(job, 80)
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            for name, content in files.items():
                archive.writestr(name, content)
        _keep(job, f"{one.code}-{form}.zip", packed.getvalue())
        told = {"rows": found.frame.height, "form": form}
        record(who, "answers.export", Outcome(None, "rounds", one.code, told))
