"""Questionnaires this project did not write: taken in, fetched by a phone, filled in, answered.

The workbooks are pyxform's own examples (tests/data/README.md).
"""

from __future__ import annotations

import datetime as dt
import subprocess
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from collect_phone import Phone, message
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django_scopes import scope
from xlsform_books import HEAD, YES_NO, book, cascade

from satuhati.web.openrosa.sorting import sort_waiting
from satuhati.web.surveys.models import Answer, Instrument, Item, Round
from satuhati.web.tenancy.files import KeptFile
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import Who

BOOKS = Path(__file__).parents[2] / "data" / "xlsforms"
JAR = files("pyxform").joinpath("validators", "odk_validate", "bin", "ODK_Validate.jar")
PAGE = "/k/melati/survei/kuesioner/unggah/"
# What is said to each: answers that its own conditions allow.
FORMS: dict[str, dict[str, str]] = {
    "group": {"family_name": "Contoh", "phone_number": "0000", "age": "41"},
    "or_other": {"fav_color": "other", "fav_color_other": "jingga"},
    "choice_filter_test": {"state": "texas", "county": "king", "city": "finney"},
    "attribute_columns_test": {"my_name": "Contoh", "skip_to_end": "no"},
    "UCL_Biomass_Plot_Form": {
        "leader_name": "other",
        "leader_name_other": "Contoh",
        "leader_number": "812-345-6789",
        "plant_phase": "2024",
        "canopy_cover": "40",
        "monumented": "yes",
        "slope": "3",
        "any_trees": "no",
        "stumps_in_plot": "no",
        "regen_in_subplot1": "no",
        "regen_in_subplot2": "no",
        "disturbance": "burning grazing",
    },
}


@pytest.fixture
def browser(keeper: Who, client: Client) -> Client:
    client.force_login(keeper.user)
    return client


def sent(browser: Client, path: Path) -> Any:
    """Uploaded, looked at, taken in."""
    content = SimpleUploadedFile(path.name, path.read_bytes())
    answer = browser.post(PAGE, {"file": content, "population": "warga"})
    assert answer.status_code == 302, answer.content.decode()
    return browser.post(answer.headers["Location"], {"population": "warga"})


def round_of(browser: Client, instrument: Instrument, **more: str) -> str:
    answer = browser.post("/k/melati/survei/baru/", {
        "questionnaire": f"kuesioner:{instrument.public_id}", "own": "", "own_kind": "text",
        "how": "meeting", "size": "", "chosen": "", "reason": "",
        "until": (timezone.localdate() + dt.timedelta(days=7)).isoformat(), **more,
    })  # fmt: skip
    assert answer.status_code == 302, answer.content.decode()
    return str(answer.headers["Location"].rstrip("/").rpartition("/")[2])


@pytest.mark.parametrize("name", FORMS)
def test_a_strangers_form_goes_all_the_way(
    name: str, browser: Client, community: Community, phone: Phone, tmp_path: Path
) -> None:
    answer = sent(browser, BOOKS / f"{name}.xlsx")
    assert answer.status_code == 302, answer.content.decode()
    with scope(community=community):
        instrument = Instrument.objects.get()
        items = {item.name: item for item in Item.objects.all()}
    code = round_of(browser, instrument, own="Apa lagi yang penting?")
    (form,) = phone.forms()
    assert "Apa lagi yang penting?" in form.xml
    (tmp_path / "form.xml").write_text(form.xml, encoding="utf-8")
    judged = subprocess.run(
        ["java", "-Djava.awt.headless=true", "-jar", str(JAR), str(tmp_path / "form.xml")],
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip
    assert judged.returncode == 0, judged.stderr
    said = {**FORMS[name], "sendiri1": "Air bersih"}
    answer = phone.send(form.instance(said), {"foto.jpg": b"\xff\xd8\xff gambar"})
    assert answer.status_code == 201, message(answer)
    assert sort_waiting() == 1
    with scope(community=community):
        got = Answer.objects.get(round=Round.objects.get(public_id=code)).values
        assert KeptFile.objects.get(table="collected").name == "foto.jpg"
    for question, text in said.items():
        if question in items:
            number = items[question].type in ("likert", "binary", "number")
            assert got[question] == (float(text) if number else text)
    assert got["sendiri1"] == "Air bersih"


def test_conditions_of_a_form_hold_here_too(
    browser: Client, community: Community, phone: Phone, tmp_path: Path
) -> None:
    head = (*HEAD, "relevant", "constraint", "constraint_message", "required")
    path = book(tmp_path / "syarat.xlsx", (
        head,
        ("select_one yn", "ikut", "Ikut?", "Joined?", None, None, None, "yes"),
        ("integer", "kali", "Berapa kali?", "How often?", "${ikut} = '1'", ". < 10",
         "Kurang dari sepuluh.", "yes"),
        ("date", "kapan", "Kapan?", "When?", None, ". <= today()"),
    ), YES_NO)  # fmt: skip
    assert sent(browser, path).status_code == 302
    with scope(community=community):
        round_of(browser, Instrument.objects.get())
    (form,) = phone.forms()
    refused = {
        "Kurang dari sepuluh": {"ikut": "1", "kali": "12"},
        "Berapa kali?": {"ikut": "1"},
        "Ikut?": {"kali": "3"},
        "Pilih salah satu dari ini": {"ikut": "9"},
    }
    for words, answers in refused.items():
        answer = phone.send(form.instance(answers))
        assert answer.status_code == 400, answers
        assert words in message(answer), message(answer)
    # The phone's clock is years ahead: what is today to it is no mistake of who answers.
    good = {"ikut": "0", "kali": "", "kapan": "2041-01-01"}
    assert phone.send(form.instance(good)).status_code == 201
    # What was not asked is not counted, whatever was sent for it.
    assert phone.send(form.instance({"ikut": "0", "kali": "3"})).status_code == 201
    sort_waiting()
    with scope(community=community):
        assert {a.values["kali"] for a in Answer.objects.all()} == {None}


def test_choices_that_hang_on_others_are_filtered_by_the_phone_and_held_here(
    browser: Client, community: Community, phone: Phone, tmp_path: Path
) -> None:
    assert sent(browser, cascade(tmp_path / "tempat.xlsx")).status_code == 302
    with scope(community=community):
        code = round_of(browser, Instrument.objects.get())
    (form,) = phone.forms()
    # The phone filters by itself: the form it gets still says how.
    assert "item[provinsi =  /data/tempat/prov ]" in form.xml
    assert "item[ /data/tempat/kab =kabupaten]" in form.xml
    refused = {
        "Kabupaten/kota: “Kota Bandung” tidak cocok dengan jawaban atas “Provinsi”": {
            "prov": "bali", "kab": "bandung"},
        "Kecamatan: “Ciawi” tidak cocok dengan jawaban atas “Kabupaten/kota”": {
            "prov": "jabar", "kab": "bandung", "kec": "ciawi"},
        "“Coblong, Kuta” tidak cocok": {
            "prov": "jabar", "kab": "bandung", "kec": "cicendo", "lain": "coblong kuta"},
    }  # fmt: skip
    for words, answers in refused.items():
        answer = phone.send(form.instance(answers))
        assert answer.status_code == 400, answers
        assert words in message(answer), message(answer)
    # What is on no list at all is told once.
    answer = phone.send(form.instance({"prov": "jabar", "kab": "tidak-ada"}))
    assert answer.status_code == 400
    assert message(answer).count("Kabupaten/kota:") == 1
    good = {"prov": "jabar", "kab": "bandung", "kec": "cicendo", "lain": "coblong"}
    assert phone.send(form.instance(good)).status_code == 201
    sort_waiting()
    with scope(community=community):
        assert Answer.objects.get(round=Round.objects.get(public_id=code)).values == good


def test_what_follows_from_what_is_not_asked_is_not_asked_either(
    browser: Client, community: Community, phone: Phone, tmp_path: Path
) -> None:
    path = book(tmp_path / "rantai.xlsx", (
        (*HEAD, "relevant", "required"),
        ("select_one yn", "ikut", "Ikut?", "Joined?", None, "yes"),
        ("select_one yn", "lama", "Sudah lama?", "For long?", "${ikut} = '1'", None),
        ("integer", "tahun", "Berapa tahun?", "How many years?", "${lama} = '1'", "yes"),
    ), YES_NO)  # fmt: skip
    assert sent(browser, path).status_code == 302
    with scope(community=community):
        code = round_of(browser, Instrument.objects.get())
    (form,) = phone.forms()
    # An older or strange client sends what its form does not ask any more.
    stale = {"ikut": "0", "lama": "1", "tahun": "7"}
    assert phone.send(form.instance(stale)).status_code == 201
    assert phone.send(form.instance({"ikut": "0", "lama": "1"})).status_code == 201
    refused = phone.send(form.instance({"ikut": "1", "lama": "1"}))
    assert (refused.status_code, "Berapa tahun?" in message(refused)) == (400, True)
    sort_waiting()
    with scope(community=community):
        round = Round.objects.get(public_id=code)
        kept = [a.values for a in Answer.objects.filter(round=round)]
    assert [(v["ikut"], v["lama"], v["tahun"]) for v in kept] == [(0, None, None)] * 2


def test_whether_a_phone_asked_is_not_guessed_here(
    browser: Client, community: Community, phone: Phone, tmp_path: Path
) -> None:
    path = book(tmp_path / "hari.xlsx", (
        (*HEAD, "relevant", "required"),
        ("text", "nama", "Nama sumur", "Name of the well", None, None),
        ("integer", "umur", "Umur sumur?", "Age of the well?", "today() > '2020-01-01'", "yes"),
        ("select_one yn or_other", "air", "Ada air?", "Is there water?", None, None),
    ), YES_NO)  # fmt: skip
    assert sent(browser, path).status_code == 302
    with scope(community=community):
        round_of(browser, Instrument.objects.get())
    (form,) = phone.forms()
    # By the phone's clock it was not asked; ours would say that an answer is missing.
    assert phone.send(form.instance({"nama": "Sumur A"})).status_code == 201
    # What was written beside *other* and then given up for another answer does not count.
    given_up = {"nama": "Sumur B", "air": "1", "air_other": "kadang"}
    assert phone.send(form.instance(given_up)).status_code == 201
    written = {"nama": "Sumur C", "air": "other", "air_other": "kadang"}
    assert phone.send(form.instance(written)).status_code == 201
    sort_waiting()
    with scope(community=community):
        kept = {a.values["nama"]: a.values["air_other"] for a in Answer.objects.all()}
    assert kept == {"Sumur A": None, "Sumur B": None, "Sumur C": "kadang"}


def test_a_code_that_is_no_answer_counts_for_none_by_either_door(
    browser: Client, community: Community, phone: Phone, tmp_path: Path
) -> None:
    head = (*HEAD, "satuhati_scale", "satuhati_low", "satuhati_high", "required")
    rows = [("select_one k", f"t{n}", f"T {n}", f"T {n}", "trust_neighbours", 1, 5, "yes")
            for n in (1, 2)]  # fmt: skip
    steps = [("k", str(n), f"Nilai {n}", f"Step {n}") for n in (1, 2, 3, 4, 5, 99)]
    path = book(tmp_path / "kode.xlsx", (head, *rows), (YES_NO[0], *steps))
    assert sent(browser, path).status_code == 302
    with scope(community=community):
        code = round_of(browser, Instrument.objects.get())
    (form,) = phone.forms()
    assert phone.send(form.instance({"t1": "99", "t2": "5"})).status_code == 201
    assert phone.send(form.instance({"t1": "98", "t2": "5"})).status_code == 400
    assert sort_waiting() == 1
    filled = {"go": "send", "agreed": "1", "submission": "s" * 20, "q-t1": "99", "q-t2": "4"}
    page = browser.post(f"/k/melati/survei/{code}/isi/", filled)
    assert page.status_code == 302, page.content.decode()
    with scope(community=community):
        kept = [a.values for a in Answer.objects.all()]
    assert {(v["t1"], v["t2"]) for v in kept} == {(None, 4.0), (None, 5.0)}
