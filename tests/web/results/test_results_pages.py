"""What came out of a round: for the group, for researchers, for nobody while it is open."""

from __future__ import annotations

import csv
import datetime as dt
import io
import re
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django_scopes import scope

from satuhati.formats.xlsform.model import Choice, Form, Label, Question
from satuhati.formats.xlsform.stored import to_plain as plain
from satuhati.text import translator
from satuhati.web.profile.jobs import answer_words
from satuhati.web.profile.queries import get_releasable_for
from satuhati.web.profile.snapshots import make_snapshot
from satuhati.web.register.models import Area
from satuhati.web.results import stored
from satuhati.web.results import words as say
from satuhati.web.results.computing import store_all, store_study
from satuhati.web.results.methods import METHODS
from satuhati.web.results.queries import get_results_for
from satuhati.web.results.stored import GROUP, STUDY, StoredResults
from satuhati.web.surveys.asked_words import asked_of
from satuhati.web.surveys.bank import instrument_of
from satuhati.web.surveys.beside import AnswerLeftOut, SurveySetup
from satuhati.web.surveys.kept_forms import InstrumentForm
from satuhati.web.surveys.models import Answer, Instrument, Item, Round
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import Who

CHANGED = "angkanya sedang dihitung ulang"
TODAY = timezone.localdate()
T = translator("id")
PAGES = ("hasil/", "hasil/butir/", "hasil/cetak/")
FILES = ("hasil/butir/unduh/", "peneliti/unduh/skala/")
STUDY_PAGES = ("peneliti/", "peneliti/struktur/", "peneliti/sebanding/", "peneliti/kelompok/",
               "peneliti/kesepakatan/", "peneliti/jawaban/")  # fmt: skip


def round_of(
    community: Community, code: str, values: list[dict[str, Any]], *, population: str = "pokja",
    days: int = 10, instrument: Instrument | None = None, **facts: Any,
) -> Round:  # fmt: skip
    """A round that came with the records, closed ``days`` ago, with these answers."""
    asked = instrument or instrument_of(community, population, "short")
    made: Round = Round.objects.create(
        community=community, public_id=code, instrument=asked, population=population,
        end=TODAY - dt.timedelta(days=days),
        **{"wave": 1, "frame": "purposive", "anonymous": True, **facts},
    )  # fmt: skip
    Answer.objects.bulk_create(
        Answer(
            community=community, public_id=f"{code}-{n:03}", round=made, instrument=asked,
            values={item: row.get(item) for item in asked.item_order},
            **{k: v for k, v in row.items() if k in ("sex", "area", "age_band", "poor")},
        )
        for n, row in enumerate(values)
    )  # fmt: skip
    return made


def answers(n: int, *, shift: int = 0, **more: Any) -> list[dict[str, Any]]:
    """Answers that vary from person to person and from item to item."""
    names = ("soc1", "soc3", "stk2", "act1", "eff1", "own2", "tro1", "trn1", "opn1", "rkn2",
             "rkp1", "opr1", "eff3", "res1", "hrd1", "sat1")  # fmt: skip
    return [
        {**{name: float(1 + (k * 7 + i * (k % 3 + 1) + shift) % 5) for i, name in enumerate(names)},
         **more}
        for k in range(n)
    ]  # fmt: skip


@pytest.fixture
def there(community: Community) -> Community:
    """Two rounds of the working group and one of residents."""
    with scope(community=community):
        round_of(community, "p1", answers(20), days=300)
        round_of(community, "p2", answers(22, shift=1), wave=2)
        round_of(community, "w1", answers(30, shift=2), population="warga",
                 frame="random_households")  # fmt: skip
    return community


@pytest.fixture
def keeper(there: Community, client_of: Callable[[str], Client]) -> Client:
    store_all(there.pk)
    return client_of("secretary")


def text_of(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


# -- for the group --------------------------------------------------------------------------------


def test_cards_differences_and_changes_in_plain_words(keeper: Client) -> None:
    page = keeper.get("/k/melati/survei/p2/hasil/")
    assert page.status_code == 200
    text = text_of(page)
    assert re.search(r"Rasa memiliki \d+ dari 100 antara \d+ dan \d+, 22 orang", text)
    assert "Berdampingan" in text
    assert "Warga: rumah tangga acak" in text, "the frame of the other is said"
    assert "Dari putaran ke putaran" in text
    assert "bukan perubahan yang bisa dipastikan" in text
    sent = re.search(r'id="teks"[^>]*>([^<]+)', page.content.decode())
    assert sent is not None
    assert re.search(r"Rasa memiliki: \d+ dari 100, antara \d+ dan \d+, 22 orang", sent[1])


def test_questions_have_a_picture_and_a_table(keeper: Client, there: Community) -> None:
    page = keeper.get("/k/melati/survei/p2/hasil/butir/?skala=sense_of_community")
    body = page.content.decode()
    assert body.count('class="likert"') == 2
    assert 'id="butir-soc1"' in body
    assert "Saya merasa menjadi bagian dari kampung ini." in body
    assert "I feel that I am part of this kampung." in body, "the other language is there"
    with scope(community=there):
        kept = StoredResults.objects.get(round="p2", kind=GROUP).payload
    item = next(i for i in kept["results"]["items"] if i["name"] == "soc1")
    cells = [int(n) for n in re.findall(r'<td class="num">(\d+)</td><td class="num">\d+</td>',
                                        body)]  # fmt: skip
    assert cells[: len(item["parts"])] == [p["n"] for p in item["parts"]]
    assert not any(0 < n < 5 for n in cells)
    assert "22 orang menjawab" in text_of(page)
    leads = re.search(r'href="(/k/melati/survei/kuesioner/butir/pokja_singkat/)"', body)
    assert leads is not None, "an item leads to its questionnaire and version"
    assert keeper.get(leads[1]).status_code == 200


def test_questions_can_be_kept_as_a_file_in_both_languages(
    keeper: Client, there: Community, client_of: Callable[[str], Client]
) -> None:
    answer = client_of("member").get("/k/melati/survei/p2/hasil/butir/unduh/")
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="survei-melati-p2-butir.csv"'
    )
    rows = list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))
    soc1 = [r for r in rows if r["item"] == "soc1"]
    assert sum(int(r["people"]) for r in soc1) == int(soc1[0]["answered"]) == 22
    assert all(int(r["people"]) >= 5 or r["people"] == "0" for r in rows if r["people"])
    assert "sangat setuju" in soc1[-1]["answer_id"].lower()
    assert "strongly agree" in soc1[-1]["answer_en"].lower()
    assert soc1[0]["text_en"] == "I feel that I am part of this kampung."


def test_a_reversed_question_stands_as_asked_and_says_so(
    community: Community, client_of: Callable[[str], Client]
) -> None:
    with scope(community=community):
        full = instrument_of(community, "pokja", "standard")
        rows = [{"soc6": 1.0, "soc1": 5.0} for _ in range(6)] + [{"soc6": 2.0, "soc1": 4.0}] * 6
        round_of(community, "r", rows, instrument=full)
    store_all(community.pk)
    page = client_of("member").get("/k/melati/survei/r/hasil/butir/?skala=sense_of_community")
    part = page.content.decode().split('id="butir-soc6"')[1].split("</section>")[0]
    assert "dibalik dalam skala" in part
    assert re.search(r"Sangat tidak setuju</th><td class=\"num\">6<", part)


def test_an_open_round_shows_nothing(keeper: Client, there: Community) -> None:
    with scope(community=there):
        SurveySetup.objects.create(community=there, round="p2", how="census", items=[])
    for page in (*PAGES, *STUDY_PAGES):
        answer = keeper.get(f"/k/melati/survei/p2/{page}")
        assert answer.status_code == 200
        text = text_of(answer)
        assert "masih terbuka" in text or "Mode peneliti belum dinyalakan" in text, page
        assert "dari 100, antara" not in text
        assert "likert" not in answer.content.decode()
    for file in FILES:
        assert keeper.get(f"/k/melati/survei/p2/{file}").status_code == 404
    store_all(there.pk)
    with scope(community=there):
        assert not StoredResults.objects.filter(round="p2").exists(), "nor is it kept"


@pytest.mark.parametrize("n", [0, 4])
def test_nobody_and_four_people(
    n: int, community: Community, client_of: Callable[[str], Client]
) -> None:
    with scope(community=community):
        round_of(community, "r", answers(n))
    store_all(community.pk)
    store_study(community.pk, "r")
    Community.objects.update(researcher_mode=True)
    browser = client_of("secretary")
    for page in (*PAGES, *STUDY_PAGES):
        answer = browser.get(f"/k/melati/survei/r/{page}")
        assert answer.status_code == 200, page
        text = text_of(answer)
        wanted = "Jawaban kurang dari lima orang" if n else "Belum ada yang menjawab"
        assert wanted in text, page
        assert "nan" not in text.split()


def test_a_questionnaire_without_scales_and_one_of_a_single_item(
    community: Community, client_of: Callable[[str], Client]
) -> None:
    with scope(community=community):
        made = Instrument.objects.create(
            community=community, public_id="lain", name="Dari tempat lain", population="warga",
            item_order=["umum", "satu", "pilihan", "cerita"],
        )  # fmt: skip
        kinds = {
            "umum": ("likert", None, 0.0, 3.0),
            "satu": ("likert", "a/b scale", 1.0, 4.0),
            "pilihan": ("choice", None, None, None),
            "cerita": ("text", None, None, None),
        }
        for name, (kind, scale, low, high) in kinds.items():
            Item.objects.create(
                community=community, public_id=f"lain_{name}", instrument=made, name=name,
                type=kind, scale=scale, low=low, high=high, text_id=f"Butir {name}?",
            )  # fmt: skip
        rows = [
            {
                "umum": float(k % 4),
                "satu": float(1 + k % 4),
                "pilihan": "abc"[k % 3] if k < 18 else f"Bu Rahasia {k}",
                "cerita": "Pak Rahasia",
            }
            for k in range(21)
        ]
        round_of(community, "r", rows, population="warga", instrument=made)
    store_all(community.pk)
    store_study(community.pk, "r")
    Community.objects.update(researcher_mode=True)
    browser = client_of("secretary")
    landing = text_of(browser.get("/k/melati/survei/r/hasil/"))
    assert "a/b scale" in landing
    assert "2 pertanyaan tidak termasuk skala mana pun" in landing
    loose = browser.get("/k/melati/survei/r/hasil/butir/?skala=").content.decode()
    assert "Butir umum?" in loose
    assert "Terendah" in loose, "ends of unknown words are named as ends"
    assert "Sangat setuju" not in loose
    assert "Butir pilihan?" in loose
    assert "jawaban lain" in loose
    assert "Rahasia" not in loose, "neither from free text nor from a choice that was typed"
    kept = browser.get("/k/melati/survei/r/hasil/butir/unduh/").content.decode()
    assert "Rahasia" not in kept
    with scope(community=community):
        payloads = str(list(StoredResults.objects.values_list("payload", flat=True)))
    assert "Rahasia" not in payloads, "it is not even kept"
    one = browser.get("/k/melati/survei/r/hasil/butir/?skala=a%2Fb+scale")
    assert one.status_code == 200
    for page in STUDY_PAGES:
        answer = browser.get(f"/k/melati/survei/r/{page}")
        assert answer.status_code == 200, page
        assert "Rahasia" not in answer.content.decode()
    reliability = text_of(browser.get("/k/melati/survei/r/peneliti/"))
    assert "a/b scale" in reliability
    assert browser.get("/k/melati/survei/r/hasil/butir/?skala=tidak+ada").status_code == 404


def test_a_form_of_ones_own_gives_its_words_and_hides_who_was_not_asked(
    community: Community, client_of: Callable[[str], Client]
) -> None:
    rate = tuple(
        Choice(str(n), Label((("id", f"Nilai {n}"), ("en", f"Step {n}")))) for n in range(1, 6)
    )
    form = Form("rumah", "Rumah kita", (
        Question("senang", "select_one", Label((("id", "Saya senang."),)), choices=rate),
        Question("lagi", "select_one", Label((("id", "Dan lagi?"),)), choices=rate,
                 relevant="${senang} > 1"),
    ))  # fmt: skip
    with scope(community=community):
        made = Instrument.objects.create(
            community=community, public_id="rumah", name="Rumah kita", population="warga",
            item_order=["senang", "lagi"],
        )  # fmt: skip
        for name in ("senang", "lagi"):
            Item.objects.create(
                community=community, public_id=f"rumah_{name}", instrument=made, name=name,
                type="likert", low=1, high=5, text_id=f"Butir {name}",
            )  # fmt: skip
        rows = [{"senang": float(1 + k % 5), "lagi": None if k < 2 else float(1 + k % 2 * 4)}
                for k in range(30)]  # fmt: skip
        round_of(community, "r", rows, population="warga", instrument=made)
    store_all(community.pk)
    with scope(community=community):
        InstrumentForm.objects.create(
            community=community, instrument="rumah", base="rumah", version="1", form=plain(form),
            workbook=b"", name="rumah.xlsx", taken_on=TODAY,
        )  # fmt: skip
        assert answer_words("rumah", "r")["senang"][5.0].en == "Step 5"
        asked = asked_of(Instrument.objects.get(public_id="rumah"))
        assert asked.conditional == {"lagi": ("senang",)}
    assert store_all(community.pk) == 1, "what was computed without the form is made anew"
    page = client_of("member").get("/k/melati/survei/r/hasil/butir/?skala=")
    body, text = page.content.decode(), text_of(page)
    assert "Nilai 5" in body
    assert "Sangat setuju" not in body
    assert "30 orang menjawab" in text
    assert "28 orang menjawab" not in text
    assert "Tidak semua orang ditanya ini" in text
    file = client_of("member").get("/k/melati/survei/r/hasil/butir/unduh/").content.decode()
    rows_told = list(csv.DictReader(io.StringIO(file.lstrip("\ufeff"))))
    assert all(not r["people"] and not r["answered"] for r in rows_told if r["item"] == "lagi")


def test_several_answers_to_one_question_are_counted_one_by_one(
    community: Community, client_of: Callable[[str], Client]
) -> None:
    named = (("kader", "Kader"), ("rt", "Ketua RT"), ("wa", "Grup WhatsApp"))
    choices = tuple(Choice(code, Label((("id", word),))) for code, word in named)
    form = Form("kabar", "Kabar", (
        Question("dari", "select_multiple", Label((("id", "Dari mana?"),)), choices=choices,
                 other=True),
    ))  # fmt: skip
    with scope(community=community):
        made = Instrument.objects.create(
            community=community, public_id="kabar", name="Kabar", population="warga",
            item_order=["dari"],
        )  # fmt: skip
        Item.objects.create(community=community, public_id="kabar_dari", instrument=made,
                            name="dari", type="choice", text_id="Dari mana?")  # fmt: skip
        InstrumentForm.objects.create(
            community=community, instrument="kabar", base="kabar", version="1", form=plain(form),
            workbook=b"", name="kabar.xlsx", taken_on=TODAY,
        )  # fmt: skip
        said = ["kader rt"] * 8 + ["kader"] * 4 + ["rt other"] * 6 + ["wa kader"] * 2
        round_of(community, "r", [{"dari": one} for one in said], population="warga",
                 instrument=made)  # fmt: skip
    store_all(community.pk)
    browser = client_of("member")
    file = browser.get("/k/melati/survei/r/hasil/butir/unduh/").content.decode()
    told = {r["answer_id"]: (r["people"], r["percent"])
            for r in csv.DictReader(io.StringIO(file.lstrip("\ufeff")))}  # fmt: skip
    # Two named WhatsApp: too few to be told of.
    assert told == {"Kader": ("14", "70.0"), "Ketua RT": ("14", "70.0"), "Lainnya": ("6", "30.0"),
                    "jawaban lain": ("", "")}  # fmt: skip
    answer = browser.get("/k/melati/survei/r/hasil/butir/?skala=")
    assert "Boleh lebih dari satu jawaban." in text_of(answer)
    assert "<details open>" in answer.content.decode(), (
        "without a picture the table is seen at once"
    )


def test_everybody_says_the_same(community: Community, client_of: Callable[[str], Client]) -> None:
    with scope(community=community):
        rows = [dict.fromkeys(("soc1", "soc3", "stk2"), 4.0) for _ in range(8)]
        round_of(community, "r", rows)
    store_all(community.pk)
    store_study(community.pk, "r")
    Community.objects.update(researcher_mode=True)
    browser = client_of("secretary")
    page = text_of(browser.get("/k/melati/survei/r/hasil/"))
    assert "75 dari 100" in page
    assert "Semua skala ada di 75 dari 100." in page
    assert "8 orang, semua menjawab sama: dari situ kisarannya tidak dapat ditaksir" in page
    assert "antara 75 dan 75" not in page
    assert "Tertinggi" not in page
    text = text_of(browser.get("/k/melati/survei/r/peneliti/"))
    assert "Rasa memiliki" in text
    assert "nan" not in text.split()
    assert browser.get("/k/melati/survei/r/peneliti/struktur/").status_code == 200


def test_an_answer_left_out_is_gone_from_the_figures(keeper: Client, there: Community) -> None:
    with scope(community=there):
        before = StoredResults.objects.get(round="p2", kind=GROUP)
        AnswerLeftOut.objects.create(
            community=there, round="p2", answer="p2-003", reason="dua kali", on=TODAY
        )
    assert store_all(there.pk) == 3, "all are computed from other answers now"
    with scope(community=there):
        after = StoredResults.objects.get(round="p2", kind=GROUP)
    assert (before.payload["results"]["facts"]["n"], after.payload["results"]["facts"]["n"]) == (
        22, 21,
    )  # fmt: skip


def test_figures_stay_when_other_records_change(keeper: Client, there: Community) -> None:
    Community.objects.filter(pk=there.pk).update(data_version=there.data_version + 1)
    with scope(community=there):
        made = StoredResults.objects.get(round="p2", kind=GROUP).made_at
    assert CHANGED in text_of(keeper.get("/k/melati/survei/p2/hasil/"))
    assert store_all(there.pk) == 0
    with scope(community=there):
        after = StoredResults.objects.get(round="p2", kind=GROUP)
    assert after.made_at == made
    assert CHANGED not in text_of(keeper.get("/k/melati/survei/p2/hasil/"))


def test_another_way_of_computing_makes_all_figures_anew(
    keeper: Client, there: Community, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(stored, "METHODS", stored.METHODS + 1)
    assert CHANGED in text_of(keeper.get("/k/melati/survei/p2/hasil/"))
    assert store_all(there.pk) == 3
    assert CHANGED not in text_of(keeper.get("/k/melati/survei/p2/hasil/"))


def test_what_is_not_computed_yet_says_so(
    there: Community, client_of: Callable[[str], Client]
) -> None:
    text = text_of(client_of("secretary").get("/k/melati/survei/p2/hasil/"))
    assert "Angkanya sedang dihitung" in text


# -- who may --------------------------------------------------------------------------------------


def test_members_see_the_groups_pages_and_not_the_researchers(
    keeper: Client, there: Community, client_of: Callable[[str], Client]
) -> None:
    Community.objects.update(researcher_mode=True)
    member = client_of("member")
    for page in PAGES:
        assert member.get(f"/k/melati/survei/p2/{page}").status_code == 200
    for page in (*STUDY_PAGES, "peneliti/unduh/skala/"):
        assert member.get(f"/k/melati/survei/p2/{page}").status_code == 404, page
    assert "Mode peneliti" not in text_of(member.get("/k/melati/survei/p2/hasil/"))


def test_nobody_else_sees_anything(
    keeper: Client, outsider: Client, client_of: Callable[[str], Client]
) -> None:
    for page in (*PAGES, *STUDY_PAGES, *FILES):
        address = f"/k/melati/survei/p2/{page}"
        assert outsider.get(address).status_code == 404
        assert Client().get(address).status_code == 302
    overseer = client_of("overseer")
    assert overseer.get("/k/melati/survei/p2/hasil/").status_code == 404
    assert keeper.get("/k/melati/survei/tidak-ada/hasil/").status_code == 404
    assert keeper.get("/k/melati/survei/tidak-ada/peneliti/").status_code == 404


def test_the_mode_is_off_until_it_is_turned_on(keeper: Client, there: Community) -> None:
    answer = keeper.get("/k/melati/survei/p2/peneliti/")
    assert "Mode peneliti belum dinyalakan" in text_of(answer)
    assert keeper.get("/k/melati/survei/p2/peneliti/unduh/skala/").status_code == 404


# -- for researchers ------------------------------------------------------------------------------


@pytest.fixture
def studied(community: Community, client_of: Callable[[str], Client]) -> Client:
    """A round with background, of which one area and one age group are small."""
    with scope(community=community):
        areas = [
            Area.objects.create(community=community, public_id=f"rw{n}", name=f"RW 0{n}",
                                level="rw")
            for n in (1, 2, 3)
        ]  # fmt: skip
        rows = answers(40)
        for k, row in enumerate(rows):
            row["sex"] = "female" if k % 2 else "male"
            row["area"] = areas[0] if k < 3 else areas[1] if k < 18 else areas[2]
            row["age_band"] = "25-39" if k < 30 else "40-59" if k < 37 else "60+"
        full = instrument_of(community, "warga", "short")
        round_of(community, "w", rows, population="warga", instrument=full, invited=50)
    Community.objects.update(researcher_mode=True)
    store_all(community.pk)
    store_study(community.pk, "w")
    return client_of("researcher")


def rows_of(browser: Client, table: str) -> list[dict[str, str]]:
    answer = browser.get(f"/k/melati/survei/w/peneliti/unduh/{table}/")
    assert answer.status_code == 200, table
    assert answer.headers["Content-Disposition"].endswith(f'w-{table}.csv"')
    return list(csv.DictReader(io.StringIO(answer.content.decode("utf-8-sig"))))


def test_every_table_of_the_mode_is_a_file_too(studied: Client) -> None:
    seen: set[str] = set()
    for page in STUDY_PAGES:
        body = studied.get(f"/k/melati/survei/w/{page}").content.decode()
        for key in re.findall(r"peneliti/unduh/([\w-]+)/", body):
            rows = rows_of(studied, key)
            assert rows, key
            assert not any(v in ("nan", "None", "inf") for row in rows for v in row.values()), key
            seen.add(key)
    assert {"skala", "butir", "faktor", "kelompok-sex", "kelompok-area", "kesepakatan",
            "jawaban", "susunan-area"} <= seen  # fmt: skip
    assert studied.get("/k/melati/survei/w/peneliti/unduh/lain/").status_code == 404


def test_small_groups_stay_empty_and_cannot_be_worked_out(studied: Client) -> None:
    for table in ("susunan-area", "susunan-age-band"):
        rows = rows_of(studied, table)
        shown = [int(r["n"]) for r in rows if r["n"]]
        hidden = [r for r in rows if not r["n"]]
        assert all(n >= 5 for n in shown)
        assert len(hidden) >= 2, "one alone would follow from the total"
        assert 40 - sum(shown) >= 5
    for row in rows_of(studied, "kelompok-area"):
        assert bool(row["n"]) == bool(row["mean"])
        assert not row["n"] or int(row["n"]) >= 5
    page = text_of(studied.get("/k/melati/survei/w/peneliti/kelompok/"))
    assert "RW 01 tidak ditunjukkan tidak ditunjukkan" in page


def test_alpha_of_the_file_is_the_cores(studied: Client, community: Community) -> None:
    with scope(community=community):
        kept = StoredResults.objects.get(round="w", kind=STUDY).payload
    rows = {r["scale"]: r for r in rows_of(studied, "skala")}
    for one in kept["scales"]:
        name = say.scale_word(one["mean"]["scale"], T)
        told = one["reliability"]["alpha"]
        assert rows[name]["alpha"] == ("" if told is None else repr(told))
    assert len(rows) == len(kept["scales"]) > 5
    assert rows_of(studied, "jawaban")[0]["rate"] == "80.0"


def test_methods_are_those_of_the_documentation() -> None:
    with open("docs/methods.md", encoding="utf-8") as file:
        text = file.read()
    for key, method in METHODS.items():
        assert method.source in text, key
        assert method.formula in text, key
        assert method.code in text, key


def test_pages_cost_few_queries(keeper: Client, there: Community) -> None:
    counts = []
    for address in ("p2/hasil/", "p1/hasil/", "p2/hasil/butir/"):
        keeper.get(f"/k/melati/survei/{address}")
        with CaptureQueriesContext(
            connection,
        ) as seen:
            keeper.get(f"/k/melati/survei/{address}")
        counts.append(len(seen))
    assert counts == [8, 8, 8], counts


def test_somebody_of_another_community_reads_no_stored_figures(
    keeper: Client, elsewhere: Community, by: Callable[..., Who], there: Community
) -> None:
    with scope(community=elsewhere):
        assert StoredResults.objects.count() == 0
    with scope(community=there):
        found = get_results_for(by("member"), "p2")
        assert found is not None
        assert found.stored is not None


def test_a_cell_of_the_profile_opens_to_the_questions_and_never_to_a_person(
    there: Community, client_of: Callable[[str], Client]
) -> None:
    make_snapshot(there.pk)
    store_all(there.pk)
    address = "/k/melati/laporan/sel/sense_of_community/individual/pokja/"
    page = client_of("member").get(address).content.decode()
    link = re.search(r'href="(/k/melati/survei/p2/hasil/butir/\?skala=sense_of_community)"', page)
    assert link is not None
    opened = client_of("member").get(link[1])
    assert "Saya merasa menjadi bagian dari kampung ini." in text_of(opened)
    assert "p2-0" not in opened.content.decode(), "no answer is named"
    assert "survei/p2" not in client_of("overseer").get(address).content.decode()


def test_a_closed_round_can_be_downloaded_at_once_and_an_open_one_never(
    there: Community, by: Callable[..., Who]
) -> None:
    with scope(community=there):
        round_of(there, "today", answers(6), days=-2, wave=3)
        who = by("secretary")
        assert "today" not in {r.code for r in get_releasable_for(who)}
        setup = SurveySetup.objects.create(community=there, round="today", how="census", items=[])
        assert "today" not in {r.code for r in get_releasable_for(who)}, "still open"
        setup.closed_on = TODAY
        setup.save()
        found = {r.code: r.answered for r in get_releasable_for(who)}
        assert found["today"] == 6
        for n in (0, 1):
            AnswerLeftOut.objects.create(
                community=there, round="today", answer=f"today-00{n}", reason="uji", on=TODAY
            )
        assert "today" not in {r.code for r in get_releasable_for(who)}, "four count"
