"""XLSForms this project did not write: checked, taken in, answered by each door, given out."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django_scopes import scope
from typer.testing import CliRunner

from satuhati.cli import app
from satuhati.core.surveys.release import release
from satuhati.formats.folder import read_folder
from satuhati.formats.release import release_files
from satuhati.formats.xlsform.asked import pages_ask
from satuhati.formats.xlsform.evaluate import Setting
from satuhati.formats.xlsform.filters import filter_of
from satuhati.formats.xlsform.model import Question
from satuhati.formats.xlsform.read import read_form
from satuhati.web.answers.actions import make_links
from satuhati.web.answers.links import token_of
from satuhati.web.profile.package import from_database, replace
from satuhati.web.register.models import Actor
from satuhati.web.surveys.beside import AnswerFlag, SurveySetup
from satuhati.web.surveys.doors import key_of
from satuhati.web.surveys.models import Answer, Instrument, Item
from satuhati.web.surveys.sheet import Sheet, form_of, sheet_of
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import Who

FOLDER = Path(__file__).parents[2] / "data" / "xlsforms"
REFUSED = FOLDER / "specify_other.xlsx"
FORMS = sorted(set(FOLDER.glob("*.xlsx")) - {REFUSED})
UNTIL = (timezone.localdate() + dt.timedelta(days=7)).isoformat()


@pytest.fixture
def keeper(by: Callable[..., Who], community: Community) -> Who:
    who = by("secretary", name="Sekar Contoh")
    with scope(community=community):
        for n in range(1, 7):
            Actor.objects.create(community=community, public_id=f"p{n}", kind="person",
                                 name=f"Orang Contoh {n}", sector="pokja")  # fmt: skip
    return who


@pytest.fixture
def browser(keeper: Who, client: Client) -> Client:
    client.force_login(keeper.user)
    return client


def answered(sheet: Sheet, n: int) -> dict[str, str]:
    """Something in every field, as a person would type it."""
    found = {"go": "send", "agreed": "1", "submission": f"form-number-{n:04d}-abcdef"}
    for q in sheet.asked:
        name = f"q-{q.name}"
        if q.kind == "select_multiple":
            found[f"{name}:0"] = "1"
        elif q.kind == "select_one":
            found[name] = "other" if q.other else fitting(q, found)[n % len(fitting(q, found))]
            if q.other:
                found[f"{name}_other"] = f"Sendiri {n}"
        else:
            found[name] = {"integer": str(n + 2), "decimal": f"{n},5", "date": "2001-02-03",
                           "time": "10:15", "datetime": "2001-02-03T10:15", "acknowledge": "OK",
                           "range": "1"}.get(q.kind, f"teks {n}")  # fmt: skip
    return found


def fitting(q: Question, found: dict[str, str]) -> list[str]:
    """What can be chosen, given what was chosen before."""
    own = filter_of(q)
    if own is None:
        return [c.name for c in q.choices]
    said = {name.removeprefix("q-"): text for name, text in found.items()}
    return list(own.fitting(Setting(said, dt.date(2026, 11, 29))))


def imported(browser: Client, file: Path) -> str:
    sent = SimpleUploadedFile(file.name, file.read_bytes())
    checked = browser.post("/k/melati/survei/kuesioner/unggah/",
                           {"file": sent, "population": "pokja"})  # fmt: skip
    assert checked.status_code == 302, checked.content.decode()
    there = checked.headers["Location"]
    assert browser.get(there).status_code == 200
    taken = browser.post(there, {"population": "pokja"})
    assert taken.status_code == 302, taken.content.decode()
    return taken.headers["Location"].rstrip("/").rpartition("/")[2]


def taken(client: Client, there: str, form: dict[str, str]) -> None:
    page = client.get(there)
    assert page.status_code == 200
    answer = client.post(there, form)
    assert answer.status_code == 302, _errors(answer)


def _errors(answer: Any) -> list[str]:
    import re

    return re.findall(r'id="([^"]+)_error">([^<]+)', answer.content.decode())


@pytest.mark.parametrize("file", FORMS, ids=lambda f: f.stem)
def test_the_whole_way(
    browser: Client, keeper: Who, community: Community, file: Path, tmp_path: Path
) -> None:
    done = CliRunner().invoke(app, ["survey", "instrument", "check", str(file)])
    assert done.exit_code == 0, done.output
    code = imported(browser, file)
    assert browser.get(f"/k/melati/survei/kuesioner/butir/{code}/").status_code == 200
    opened = browser.post("/k/melati/survei/baru/", {
        "questionnaire": f"kuesioner:{code}", "own_kind": "likert", "how": "census",
        "anonymous": "on", "open_address": "on", "until": UNTIL})  # fmt: skip
    assert opened.status_code == 302, opened.content.decode()
    round = opened.headers["Location"].rstrip("/").rpartition("/")[2]
    with scope(community=community):
        instrument = Instrument.objects.get(public_id=code)
        sheet = sheet_of(instrument, instrument.item_order, personal=False)
        links = make_links(by=keeper, actors=list(Actor.objects.filter(public_id__in=("p1", "p2"))))
        doors = [f"/j/{token_of(link)}/survei/{round}/" for link in links.values()]
        doors.append(f"/s/{key_of(SurveySetup.objects.get())}/")
    for n, there in enumerate(doors):
        taken(Client(), there, answered(sheet, n))
    for n in range(3, 6):
        taken(browser, f"/k/melati/survei/{round}/isi/", answered(sheet, n))
    with scope(community=community):
        kept = list(Answer.objects.values_list("values", flat=True))
        assert len(kept) == 6
        assert all(set(values) == set(instrument.item_order) for values in kept)
        # Each question that is asked reached its column in some form.
        settled = {n for values in kept for n, v in values.items() if v is not None}
        unheard = {q.name for q in sheet.asked if not q.relevant} - settled
        assert not unheard or any(s.relevant for s in sheet.form.sections()), unheard
    assert browser.post(f"/k/melati/survei/{round}/tutup/").status_code == 302
    with scope(community=community):
        assert set(AnswerFlag.objects.values_list("kind", flat=True)) <= {"twice"}
        assert Answer.objects.count() == 6, "marked, never deleted"
    data = from_database(community)
    found = release(data, community.code, code, rounds=[round])
    files, _ = release_files(found, ("csv", "xlsx", "sav"), "id")
    assert {Path(name).suffix for name in files} >= {".csv", ".xlsx", ".sav"}
    frame = data.answers[code]
    assert frame.height == 6
    for q in sheet.asked:
        if q.kind in ("integer", "decimal") and frame[q.name].null_count() < 6:
            assert frame[q.name].dtype.is_numeric(), q.name


def test_a_form_that_takes_a_reserved_name_is_refused_with_its_row(
    browser: Client, community: Community
) -> None:
    """It asks for ``sex`` with choices that are not those of the column of this name."""
    sent = SimpleUploadedFile(REFUSED.name, REFUSED.read_bytes())
    checked = browser.post("/k/melati/survei/kuesioner/unggah/", {"file": sent})
    answer = browser.post(checked.headers["Location"], {"population": "warga"})
    assert answer.status_code == 400
    assert "baris 2" in answer.content.decode()
    with scope(community=community):
        assert not Instrument.objects.exists()


def test_a_message_of_a_form_names_what_was_answered(browser: Client, community: Community) -> None:
    code = imported(browser, FOLDER / "flat_xlsform_test.xlsx")
    opened = browser.post("/k/melati/survei/baru/", {
        "questionnaire": f"kuesioner:{code}", "own_kind": "likert", "how": "meeting",
        "anonymous": "on", "until": UNTIL})  # fmt: skip
    round = opened.headers["Location"].rstrip("/").rpartition("/")[2]
    there = f"/k/melati/survei/{round}/isi/"
    form = {"go": "send", "agreed": "1", "submission": "x" * 20, "q-my_name": "Bu Contoh",
            "q-select_multiple_test:0": "1", "q-select_multiple_test:1": "1"}  # fmt: skip
    answer = browser.post(there, form)
    assert answer.status_code == 400
    assert ("q-select_multiple_test", "Sorry Bu Contoh, you can&#39;t select yes and no.") in (
        _errors(answer)
    )


def test_by_the_command_line_and_then_the_web(
    browser: Client, community: Community, tmp_path: Path
) -> None:
    """Taken into a folder, the folder taken in: it can be asked; its workbook brings conditions."""
    file = FOLDER / "flat_xlsform_test.xlsx"
    folder = tmp_path / "melati"
    runner = CliRunner()
    assert runner.invoke(app, ["folder", "new", str(folder)]).exit_code == 0
    done = runner.invoke(app, ["survey", "instrument", "import", str(file), str(folder),
                               "--population", "pokja", "--json"])  # fmt: skip
    assert done.exit_code == 0, done.output
    data, _ = read_folder(folder)
    with scope(community=community):
        replace(community, data)
        instrument = Instrument.objects.get(name="Flat test")
        asked = [q.name for q in sheet_of(instrument, instrument.item_order).asked]
        form, _ = read_form(file)
        assert asked == [q.name for q, _ in pages_ask(form) if q.answered]
        assert instrument.item_order[-1] == "calculate_test", "a column that nobody is asked"
        assert form_of(instrument) is None
    page = browser.get("/k/melati/survei/baru/").content.decode()
    assert f'value="kuesioner:{instrument.public_id}"' in page
    assert imported(browser, file) == instrument.public_id, "its rows are found"
    with scope(community=community):
        found = form_of(Instrument.objects.get())
        assert found is not None
        assert any(q.relevant for q in found.questions())
        # A package takes the rows' place, and the form stays theirs.
        replace(community, from_database(community))
        assert form_of(Instrument.objects.get()) == found
        # With other items under the same code the form is theirs no more.
        Item.objects.filter(name="my_name").delete()
        assert form_of(Instrument.objects.get()) is None
