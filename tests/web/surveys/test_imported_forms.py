"""A group's own XLSForm: uploaded, checked, tried on, asked with its conditions, kept as values."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django_scopes import scope

from satuhati.web.profile.package import from_database
from satuhati.web.surveys.kept_forms import InstrumentForm, PretestStep
from satuhati.web.surveys.models import Answer, Instrument, Item
from satuhati.web.tenancy.models import Community, User
from satuhati.web.tenancy.who import Who

TODAY = timezone.localdate()
HEAD = (
    "type", "name", "label::Bahasa Indonesia (id)", "label::English (en)", "required", "relevant",
    "constraint", "constraint_message::Bahasa Indonesia (id)", "constraint_message::English (en)",
    "calculation",
)  # fmt: skip
ROWS = (
    ("note", "hello", "**Selamat datang** di <b>rumah</b>", "# Welcome"),
    ("begin group", "home", "Rumah", "Home"),
    ("select_one yn", "children", "Ada anak kecil?", "Any small children?", "yes"),
    ("integer", "how_many", "Berapa anak?", "How many children?", "", "${children} = '1'",
     ". > 0 and . < 10", "Satu sampai sembilan.", "One to nine."),
    ("text", "names", "Kegiatan ${how_many} anak itu?", "What do the ${how_many} do?", "",
     "${how_many} > 1"),
    ("end group",),
    ("select_multiple media or_other", "heard", "Dari mana?", "From where?"),
    ("select_one rate", "glad", "Saya senang di sini.", "I am glad here."),
    ("decimal", "rice", "Beras (kg)", "Rice (kg)"),
    ("date", "born", "Hari lahir", "Day of birth", "", "", ". <= today()"),
    ("calculate", "rice_each", *[""] * 7, "round(${rice} div (${how_many} + 1), 2)"),
)  # fmt: skip
CHOICES = (
    ("list_name", "name", "label::Bahasa Indonesia (id)", "label::English (en)"),
    ("yn", "1", "Ya", "Yes"), ("yn", "0", "Tidak", "No"),
    ("media", "kader", "Kader", "A volunteer"), ("media", "rt", "Ketua RT", "The RT head"),
    *(("rate", str(n), f"Nilai {n}", f"Step {n}") for n in range(1, 6)),
)  # fmt: skip


def workbook(path: Path, version: str = "1", rows: Any = ROWS, form_id: str = "rumah") -> bytes:
    import openpyxl

    made = openpyxl.Workbook()
    made.remove(made.active)
    settings = (("form_title", "form_id", "version", "satuhati_population"),
                ("Rumah kita", form_id, version, "pokja"))  # fmt: skip
    for title, lines in (("survey", (HEAD, *rows)), ("choices", CHOICES), ("settings", settings)):
        sheet = made.create_sheet(title)
        for line in lines:
            sheet.append([cell or None for cell in line])
    file = path / f"rumah-{version}.xlsx"
    made.save(file)
    return file.read_bytes()


def sent(content: bytes, name: str = "rumah.xlsx") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def taken_in(browser: Client, content: bytes, **more: str) -> str:
    """Upload, check and take in; the instrument's code."""
    answer = browser.post("/k/melati/survei/kuesioner/unggah/", {"file": sent(content), **more})
    assert answer.status_code == 302, answer.content.decode()
    checked = answer.headers["Location"]
    page = browser.get(checked).content.decode()
    assert "Tidak ditemukan kesalahan" in page
    answer = browser.post(checked, more)
    assert answer.status_code == 302, answer.content.decode()
    return answer.headers["Location"].rstrip("/").rpartition("/")[2]


@pytest.fixture
def keeper(by: Callable[..., Who]) -> Who:
    return by("secretary", name="Sekar Contoh")


@pytest.fixture
def browser(keeper: Who, client: Client) -> Client:
    client.force_login(keeper.user)
    return client


def opened(browser: Client, instrument: str, **other: str) -> str:
    fields = {"questionnaire": f"kuesioner:{instrument}", "own": "", "own_kind": "likert",
              "how": "meeting", "anonymous": "on",
              "until": (TODAY + dt.timedelta(days=7)).isoformat(), **other}  # fmt: skip
    answer = browser.post("/k/melati/survei/baru/", fields)
    assert answer.status_code == 302, re.findall(r'class="error"[^>]*>([^<]+)',
                                                 answer.content.decode())  # fmt: skip
    return answer.headers["Location"].rstrip("/").rpartition("/")[2]


def answers(**given: str) -> dict[str, str]:
    return {"go": "send", "agreed": "1", "submission": "s" * 20,
            **{f"q-{k.replace('__', ':')}": v for k, v in given.items()}}  # fmt: skip


def test_from_the_workbook_to_the_values(
    browser: Client, community: Community, tmp_path: Path
) -> None:
    code = taken_in(browser, workbook(tmp_path))
    round = opened(browser, code)
    there = f"/k/melati/survei/{round}/isi/"
    # Neither what is computed nor what is written in beside "something else" is a question.
    assert "7 pertanyaannya" in browser.get(f"/k/melati/survei/{round}/").content.decode()
    page = browser.get(there).content.decode()
    assert "Ada anak kecil?" in page
    assert "Selamat datang di rumah" in page, "styled wording is read, not spelt out"
    with scope(community=community):
        assert Item.objects.get(name="names").text_id == "Kegiatan … anak itu?"
    # What is not asked is dropped, also when something was typed there.
    answer = browser.post(there, answers(
        children="0", how_many="banyak", names="main", glad="4", rice="2,5", born="2000-01-31",
        heard__0="1", heard__2="1", heard_other="Radio"))  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()
    with scope(community=community):
        kept = Answer.objects.get().values
    assert kept == {
        "children": 0.0, "how_many": None, "names": None, "heard": "kader other",
        "heard_other": "Radio", "glad": 4.0, "rice": 2.5, "born": "2000-01-31",
        "rice_each": None,
    }  # fmt: skip
    answer = browser.post(there, {**answers(
        children="1", how_many="3", names="main", rice="10"), "submission": "t" * 20})  # fmt: skip
    assert answer.status_code == 302
    with scope(community=community):
        kept = Answer.objects.get(public_id__endswith="t").values
    assert (kept["how_many"], kept["names"], kept["rice_each"]) == (3.0, "main", "2.5")
    browser.post(f"/k/melati/survei/{round}/tutup/")
    frame = from_database(community).answers[code]
    assert frame["rice_each"].to_list().count("2.5") == 1
    assert frame["heard"].null_count() == 1


def test_wrong_and_missing_answers_keep_what_was_typed(
    browser: Client, community: Community, tmp_path: Path
) -> None:
    round = opened(browser, taken_in(browser, workbook(tmp_path)))
    there = f"/k/melati/survei/{round}/isi/"
    for lang, message in (("id", "Satu sampai sembilan."), ("en", "One to nine.")):
        User.objects.update(language=lang)
        answer = browser.post(there, answers(children="1", how_many="12", rice="3"))
        page = answer.content.decode()
        assert answer.status_code == 400
        assert message in re.findall(r'class="error"[^>]*>([^<]+)', page)
        assert 'value="12"' in page
        assert 'value="3"' in page
    answer = browser.post(there, answers(how_many="2"))
    assert answer.status_code == 400
    assert "q-children_error" in answer.content.decode(), "needed"
    answer = browser.post(there, answers(children="0", born="2999-01-01"))
    assert "q-born_error" in answer.content.decode()
    with scope(community=community):
        assert not Answer.objects.exists()
        assert Instrument.objects.count() == 1
        assert Item.objects.filter(name="heard_other").count() == 1
        assert InstrumentForm.objects.count() == 1
        assert not PretestStep.objects.exists()


def test_a_version_stands_beside_the_one_before(
    browser: Client, community: Community, tmp_path: Path
) -> None:
    first = taken_in(browser, workbook(tmp_path))
    assert taken_in(browser, workbook(tmp_path)) == first, "the same once more changes nothing"
    changed = [list(row) for row in ROWS]
    changed[3][5] = "${children} != '0'"
    file = sent(workbook(tmp_path, rows=changed))
    checked = browser.post("/k/melati/survei/kuesioner/unggah/", {"file": file})
    answer = browser.post(checked.headers["Location"], {})
    assert answer.status_code == 400
    assert "Naikkan version" in answer.content.decode(), "asked otherwise under the same version"
    second = taken_in(browser, workbook(tmp_path, "2", [*changed, ("text", "more", "Lain?", "?")]))
    assert (first, second) == ("rumah", "rumah_v2")
    page = browser.get(f"/k/melati/survei/kuesioner/butir/{second}/").content.decode()
    assert f"/kuesioner/butir/{second}/versi/{first}/" in page
    page = browser.get(f"/k/melati/survei/kuesioner/butir/{second}/versi/{first}/").content.decode()
    assert "Berubah: 1. Baru: 1. Hilang: 0. Tetap: 8." in page
    assert "${children} != &#39;0&#39;" in page
    with scope(community=community):
        kept = bytes(InstrumentForm.objects.get(instrument="rumah_v2").workbook)
    answer = browser.get(f"/k/melati/survei/kuesioner/butir/{second}/unduh/")
    assert answer.content == kept


def test_every_mistake_is_said_with_its_place_in_both_languages(
    browser: Client, community: Community, tmp_path: Path
) -> None:
    wrong = [("teks", "a", "A", "A"), ("integer", "b", "B", "B", "", "${nobody} = 1"),
             ("select_one nowhere", "c", "C", "C")]  # fmt: skip
    for lang, words in (("id", ("survey", "baris 2", "baris 3", "baris 4", "kolom")),
                        ("en", ("survey", "row 2", "row 3", "row 4", "column"))):  # fmt: skip
        User.objects.update(language=lang)
        answer = browser.post("/k/melati/survei/kuesioner/unggah/",
                              {"file": sent(workbook(tmp_path, rows=wrong))})  # fmt: skip
        assert answer.status_code == 400
        said = " ".join(re.findall(r"<li>([^<]+)</li>", answer.content.decode()))
        for word in words:
            assert word in said.replace("rumah.xlsx: ", ""), (word, said)
    with scope(community=community):
        assert not Instrument.objects.exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 no workbook", b"\x00" * 50])
def test_what_is_no_workbook_is_refused_kindly(browser: Client, content: bytes) -> None:
    answer = browser.post("/k/melati/survei/kuesioner/unggah/", {"file": sent(content)})
    assert answer.status_code == 400
    assert 'role="alert"' in answer.content.decode() or "file_error" in answer.content.decode()
    assert browser.post("/k/melati/survei/kuesioner/unggah/", {}).status_code == 400
    other = browser.post("/k/melati/survei/kuesioner/unggah/", {"file": sent(b"x", "a.xls")})
    assert other.status_code == 400


def test_who_is_asked_has_to_be_chosen(
    browser: Client, community: Community, tmp_path: Path
) -> None:
    import openpyxl

    path = tmp_path / "siapa.xlsx"
    path.write_bytes(workbook(tmp_path))
    book = openpyxl.load_workbook(path)
    book["settings"]["D2"] = None
    book.save(path)
    there = browser.post("/k/melati/survei/kuesioner/unggah/", {"file": sent(path.read_bytes())})
    page = browser.post(there.headers["Location"], {"population": ""})
    assert page.status_code == 400
    assert "Pilih dulu siapa yang ditanya dengan kuesioner ini." in page.content.decode()
    assert "--population" not in page.content.decode(), "that is for the command line"
    assert browser.post(there.headers["Location"], {"population": "warga"}).status_code == 302


def test_the_pretest_is_ticked_with_who_and_when(
    browser: Client, keeper: Who, community: Community, tmp_path: Path
) -> None:
    code = taken_in(browser, workbook(tmp_path))
    base = f"/k/melati/survei/kuesioner/butir/{code}/"
    assert "Uji cobanya belum selesai: 0 dari 7" in browser.get(base).content.decode()
    form = {"step": "pilot", "revision": "0", "done": "1", "done_on": TODAY.isoformat(),
            "who": "Bu Contoh", "note": "Butir 3 diganti"}  # fmt: skip
    browser.post(base + "uji/", form)
    page = browser.get(base).content.decode()
    assert "1 dari 7" in page
    assert "Butir 3 diganti" in page
    browser.post(base + "uji/", {**form, "note": "Lain"})
    page = browser.get(base).content.decode()
    assert "Butir 3 diganti" in page, "somebody else was first"
    assert "Orang lain baru saja mengubah" in page
    late = (TODAY + dt.timedelta(days=2)).isoformat()
    browser.post(base + "uji/", {**form, "step": "experts", "done_on": late})
    with scope(community=community):
        assert list(PretestStep.objects.values_list("step", "who", "done_on")) == [
            ("pilot", "Bu Contoh", TODAY)
        ]
    answer = browser.get("/k/melati/survei/baru/").content.decode()
    assert "Rumah kita (uji coba belum selesai)" in answer
    round = opened(browser, code)
    page = browser.get(f"/k/melati/survei/{round}/").content.decode()
    assert "Uji coba kuesioner ini belum selesai" in page
    for step in ("translation", "back_translation", "experts", "cognitive", "consent", "version"):
        browser.post(base + "uji/", {**form, "step": step})
    assert "Uji cobanya belum selesai" not in browser.get(base).content.decode()


def test_who_may_not_sees_nothing_of_it(
    browser: Client, outsider: Client, client_of: Callable[[str], Client], tmp_path: Path
) -> None:
    code = taken_in(browser, workbook(tmp_path))
    base = "/k/melati/survei/kuesioner/"
    pages = [base, base + "unggah/", base + "periksa/abc/", f"{base}butir/{code}/",
             f"{base}butir/{code}/unduh/", f"{base}butir/{code}/versi/{code}/"]  # fmt: skip
    for path in pages:
        assert outsider.get(path).status_code == 404
        assert client_of("resident").get(path).status_code in (302, 404)
        assert client_of("overseer").get(path).status_code in (403, 404)
    member = client_of("member")
    assert member.get(base).status_code == 200
    assert member.get(base + "unggah/").status_code in (403, 404)
    for path in (f"{base}butir/{code}/uji/", base + "siap/short/"):
        assert outsider.post(path, {"step": "pilot"}).status_code == 404
        assert member.post(path, {"step": "pilot"}).status_code in (403, 404)


def test_our_own_forms_are_taken_in_with_their_conditions(
    browser: Client, community: Community
) -> None:
    answer = browser.post("/k/melati/survei/kuesioner/siap/standard/")
    code = answer.headers["Location"].rstrip("/").rpartition("/")[2]
    assert code == "satuhati_standard"
    page = browser.get(answer.headers["Location"]).content.decode()
    assert "Uji cobanya belum selesai" not in page, "ours were tried out"
    with scope(community=community):
        kept = InstrumentForm.objects.get()
    assert {r.relevant for r in kept.whole().questions()} >= {"${know_kkb} = '1'"}
    assert bytes(kept.workbook).startswith(b"PK")
