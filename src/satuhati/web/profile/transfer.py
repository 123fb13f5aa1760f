"""Pages that ask for work in the background: reports to download, packages in and out."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib import messages
from django.http import FileResponse, Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from satuhati.reports.words import table as table_word
from satuhati.text import translator
from satuhati.web.profile.models import BackgroundJob
from satuhati.web.profile.queries import get_jobs_for, get_releasable_for, latest_snapshot
from satuhati.web.profile.shown import note_shown
from satuhati.web.profile.tasks import (
    apply_import,
    make_answers,
    make_export,
    make_report,
    preview_import,
)
from satuhati.web.profile.views import tabs
from satuhati.web.tenancy.pages import page

FORMS = ("pdf", "docx", "html")
ANSWER_FORMS = {"xlsx": "Excel", "sav": "SPSS", "csv": "CSV + R", "parquet": "Parquet", "all": ""}
KINDS = (".zip", ".xlsx")
NAME_BYTES = 100
TYPES = {
    ".pdf": "application/pdf",
    ".html": "text/html; charset=utf-8",
    ".zip": "application/zip",
    ".docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
}


def _job(request: HttpRequest, job: int, *kinds: str) -> BackgroundJob:
    """A job of the reader's own, in this community."""
    found: BackgroundJob = get_object_or_404(
        BackgroundJob, pk=job, community=request.who.community, by=request.who.user, kind__in=kinds
    )
    return found


@page("report.download")
def downloads(request: HttpRequest) -> HttpResponse:
    """Ask for the report as PDF, DOCX or HTML, and fetch it when it is ready."""
    who = request.who
    t = translator(request.lang)
    if request.method == "POST":
        form = request.POST.get("form", "")
        if form not in FORMS:
            raise Http404
        job = BackgroundJob.objects.create(
            community=who.community,
            by=who.user,
            kind="report",
            parameters={"form": form, "lang": request.lang},
        )
        make_report.enqueue(job.pk)
        return redirect("job", who.community.code, job.pk)
    context = {
        "jobs": get_jobs_for(who, "report"),
        "exports": get_jobs_for(who, "export") if who.may("package.export") else [],
        "tabs": tabs(who, "unduh", t),
        "forms": FORMS,
        "rounds": get_releasable_for(who) if who.may("answers.export") else [],
        "answer_forms": ANSWER_FORMS,
        "answers": get_jobs_for(who, "answers") if who.may("answers.export") else [],
    }
    return render(request, "profile/downloads.html", context)


@page("report.download", methods=("GET",))
def job(request: HttpRequest, job: int) -> HttpResponse:
    """How far a job is; refreshes itself while it is under way."""
    found = _job(request, job, "report", "import", "export", "answers")
    context: dict[str, Any] = {"job": found, "lang_key": request.lang}
    if found.kind == "import":
        context["tables"] = [
            {**row, "label": table_word(row["table"], request.lang)}
            for row in found.result.get("tables", [])
        ]
    template = "profile/job_state.html" if request.htmx else "profile/job.html"
    return render(request, template, context)


@page("report.download", methods=("GET",))
def fetch(request: HttpRequest, job: int) -> HttpResponse:
    """The file a job made. Only whoever asked for it gets it."""
    found = _job(request, job, "report", "export", "answers")
    right = {"export": "package.export", "answers": "answers.export"}.get(found.kind)
    if right is not None and not request.who.may(right):
        raise Http404
    path = Path(settings.UPLOADS) / str(found.pk) / found.file
    if not found.file or not path.is_file():
        raise Http404
    if found.kind == "report":
        note_shown(request.who, latest_snapshot(request.who), "unduh")
    # Always a download: a page of ours may not be framed by what somebody typed into a record.
    return FileResponse(
        path.open("rb"),
        as_attachment=True,
        filename=found.file,
        content_type=TYPES.get(path.suffix, "application/octet-stream"),
    )


def kept_name(name: str, suffix: str) -> str:
    """The person's own name of a file, fit for our disk: an error names what they know.

    Letters, digits and plain marks stay; the folder before it and all else do not.
    """
    stem = Path(name.replace("\\", "/")).stem
    plain = "".join(c if c.isalnum() or c in "-_ ." else "_" for c in stem)
    while len(plain.encode()) > NAME_BYTES:
        plain = plain[:-1]
    return f"{plain.strip(' .') or 'upload'}{suffix}"


@page("package.import")
def take_in(request: HttpRequest) -> HttpResponse:
    """Send a package; what it would change is shown before anything does."""
    who = request.who
    t = translator(request.lang)
    error = ""
    if request.method == "POST":
        sent = request.FILES.get("file")
        suffix = Path(sent.name or "").suffix.lower() if sent else ""
        if sent is None:
            error = t("Please choose a file.")
        elif suffix not in KINDS:
            error = t("Send a .zip of the package folder, or an .xlsx workbook.")
        elif sent.size > settings.MAX_UPLOAD_MB * 1_000_000:
            limit = t.number(settings.MAX_UPLOAD_MB)
            error = t("The file is larger than {limit} MB.", limit=limit)
        else:
            name = kept_name(sent.name or "", suffix)
            made = BackgroundJob.objects.create(
                community=who.community,
                by=who.user,
                kind="import",
                parameters={"file": name},
            )
            folder = Path(settings.UPLOADS) / str(made.pk)
            shutil.rmtree(folder, ignore_errors=True)
            folder.mkdir(parents=True, mode=0o700)
            with (folder / name).open("wb") as out:
                for piece in sent.chunks():
                    out.write(piece)
            preview_import.enqueue(made.pk)
            return redirect("job", who.community.code, made.pk)
    context = {"error": error, "limit": settings.MAX_UPLOAD_MB, "jobs": get_jobs_for(who, "import")}
    return render(request, "profile/import.html", context, status=400 if error else 200)


@page("package.import", methods=("POST",))
def confirm(request: HttpRequest, job: int) -> HttpResponse:
    """Go on with an import that was previewed."""
    found = _job(request, job, "import")
    ready = BackgroundJob.objects.filter(pk=found.pk, state="previewed").update(
        state="waiting", percent=0
    )
    if ready:  # a second tap finds it under way already
        apply_import.enqueue(found.pk)
    return redirect("job", request.who.community.code, found.pk)


@page("package.export", methods=("POST",))
def give_out(request: HttpRequest) -> HttpResponse:
    """The whole community as a package: for moving it to another server."""
    who = request.who
    t = translator(request.lang)
    made = BackgroundJob.objects.create(community=who.community, by=who.user, kind="export")
    make_export.enqueue(made.pk)
    messages.success(request, t("The package is being written."))
    return redirect("job", who.community.code, made.pk)


@page("answers.export", methods=("POST",))
def answers(request: HttpRequest) -> HttpResponse:
    """The answers of a round with labels and codebook: for a statistician's program."""
    who = request.who
    code, form = request.POST.get("round", ""), request.POST.get("form", "")
    if form not in ANSWER_FORMS or code not in {r.code for r in get_releasable_for(who)}:
        raise Http404
    made = BackgroundJob.objects.create(
        community=who.community,
        by=who.user,
        kind="answers",
        parameters={"round": code, "form": form, "lang": request.lang},
    )
    make_answers.enqueue(made.pk)
    return redirect("job", who.community.code, made.pk)
