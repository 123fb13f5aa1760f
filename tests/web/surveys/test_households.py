"""A random sample of households: drawn by a seed, visited, counted with their weights."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import re
from collections.abc import Callable
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone
from django_scopes import scope
from hypothesis import given
from hypothesis import strategies as st
from typer.testing import CliRunner

from satuhati.cli import app
from satuhati.core.surveys.release import release
from satuhati.formats.release import release_files
from satuhati.web.profile.package import from_database
from satuhati.web.register.models import Area
from satuhati.web.surveys.bank import SHORT
from satuhati.web.surveys.beside import HouseholdDrawn, SurveySetup
from satuhati.web.surveys.households import allocated, draw, read_frame
from satuhati.web.surveys.models import Answer, Round
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import Who

UNTIL = (timezone.localdate() + dt.timedelta(days=7)).isoformat()
SIZES = {"RW 01": 20, "RW 02": 8, "RW 03": 12}
LIST = "kode,wilayah\n" + "\n".join(
    f"{area[-2:]}-{n:03d}, {area}" for area, size in SIZES.items() for n in range(1, size + 1)
)


@pytest.fixture
def keeper(by: Callable[..., Who], community: Community) -> Who:
    with scope(community=community):
        rw = Area.objects.create(community=community, public_id="rw1", name="RW 01", level="rw")
        Area.objects.create(community=community, public_id="rt3", name="RT 03", level="rt",
                            parent=rw)  # fmt: skip
    return by("secretary", name="Sekar Contoh")


@pytest.fixture
def browser(keeper: Who, client: Client) -> Client:
    client.force_login(keeper.user)
    return client


def form(**other: object) -> dict[str, object]:
    return {"questionnaire": "warga:short", "own_kind": "likert", "how": "households",
            "size": "10", "households": LIST, "allocation": "proportional", "until": UNTIL,
            **other}  # fmt: skip


def opened(browser: Client, **other: object) -> str:
    answer = browser.post("/k/melati/survei/baru/", form(**other))
    assert answer.status_code == 302, re.findall(
        r'class="error"[^>]*>([^<]+)', answer.content.decode()
    )
    return answer.headers["Location"].rstrip("/").rpartition("/")[2]


def filled(household: str, value: int) -> dict[str, str]:
    return {"go": "send", "agreed": "1", "person": household,
            "submission": f"household-{household}-abcdef",
            **{f"q-{code}": str(value) for code in SHORT["warga"]}}  # fmt: skip


def test_sizes_follow_the_areas() -> None:
    # 10 of 40: exact shares 5, 2 and 3.
    assert allocated(SIZES, 10, "proportional") == {"RW 01": 5, "RW 02": 2, "RW 03": 3}
    # 11 of 40: 5.5, 2.2, 3.3: the largest remainder has the eleventh.
    assert allocated(SIZES, 11, "proportional") == {"RW 01": 6, "RW 02": 2, "RW 03": 3}
    assert allocated({"a": 100, "b": 3, "c": 1}, 10, "proportional") == {"a": 10, "b": 2, "c": 1}
    assert allocated(SIZES, 9, "fixed") == {"RW 01": 9, "RW 02": 8, "RW 03": 9}


@given(
    st.dictionaries(st.text("abcde", min_size=1, max_size=3), st.integers(1, 300), min_size=1),
    st.integers(1, 400),
    st.sampled_from(["proportional", "fixed"]),
    st.integers(0, 2**31),
)
def test_weights_add_up_to_the_list(sizes: dict[str, int], n: int, how: str, seed: int) -> None:
    frame = {area: [f"{area}{i}" for i in range(size)] for area, size in sizes.items()}
    spread = allocated(sizes, n, how)
    found = draw(frame, spread, seed)
    assert sum(h.weight for h in found) == pytest.approx(sum(sizes.values()))
    assert len({h.code for h in found}) == len(found) == sum(spread.values())
    assert all(h.code in frame[h.stratum] for h in found)
    turned = {area: frame[area][::-1] for area in reversed(frame)}
    assert draw(turned, spread, seed) == found, "the order of the list does not matter"
    if how == "proportional" and len(sizes) == 1:
        assert len(found) == min(max(n, 2), sum(sizes.values()))


def test_every_household_of_an_area_is_as_likely_as_the_next() -> None:
    frame = {"a": [str(i) for i in range(10)]}
    counts = dict.fromkeys(frame["a"], 0)
    for seed in range(3000):
        for one in draw(frame, {"a": 3}, seed):
            counts[one.code] += 1
    # Binomial(3000, .3): standard deviation 25.
    assert all(abs(n - 900) < 4 * 25.1 for n in counts.values())


def test_a_list_is_read_line_by_line() -> None:
    frame, wrong = read_frame("\ufeffKode;RT\nKK-1; RT 01\nKK-2\trt 01\n\nKK-3\nKK-1,RT 02\n")
    assert frame == {"RT 01": ["KK-1", "KK-2"]}
    assert [(w.number, w.why) for w in wrong] == [(5, "no_area"), (6, "twice")]


def test_every_line_that_cannot_be_used_is_told(browser: Client, community: Community) -> None:
    rows = ["01, RW 01", "01, RW 01", "03", *(f"x{n}" for n in range(12))]
    answer = browser.post("/k/melati/survei/baru/", form(households="\n".join(rows), size="5"))
    page = answer.content.decode()
    assert answer.status_code == 400
    told = re.findall(r"Baris (\d+): ", page)
    assert told == [str(n) for n in range(2, 12)]
    assert "Baris 2: kode ini ada dua kali." in page
    assert "4 baris lagi tidak dapat dipakai." in page
    assert "Daftarnya berisi" not in page, "what is left of a list with mistakes is no size"
    with scope(community=community):
        assert not Round.objects.exists()


@pytest.mark.parametrize(
    ("other", "field"),
    [({"households": ""}, "households"), ({"households": "a\nb"}, "households"),
     ({"size": ""}, "size"), ({"size": "41"}, "size"), ({"questionnaire": "pokja:short"}, "how"),
     ({"open_address": "on"}, "open_address")],
)  # fmt: skip
def test_what_cannot_be_drawn_is_said(
    browser: Client, community: Community, other: dict[str, str], field: str
) -> None:
    answer = browser.post("/k/melati/survei/baru/", form(**other))
    assert answer.status_code == 400
    assert f'id="id_{field}_error"' in answer.content.decode()
    with scope(community=community):
        assert not Round.objects.exists()


def test_from_the_list_to_the_weighted_mean(
    browser: Client, community: Community, tmp_path: Path
) -> None:
    code = opened(browser)
    with scope(community=community):
        round, setup = Round.objects.get(), SurveySetup.objects.get()
        drawn = list(HouseholdDrawn.objects.order_by("code"))
    assert (round.frame, round.invited, round.anonymous) == ("random_households", 10, True)
    assert setup.seed is not None
    assert str(setup.seed) in round.note
    assert setup.frame_size == 40
    kept, strata = {"RW 01": 5, "RW 02": 2, "RW 03": 3}, setup.draw["strata"]
    assert {s["name"]: s["drawn"] for s in strata} == kept
    again = draw(read_frame(LIST)[0], kept, setup.seed)
    assert [(h.code, h.weight) for h in again] == [(h.code, h.weight) for h in drawn]
    page = browser.get(f"/k/melati/survei/{code}/rumah/").content.decode()
    for one in drawn:
        assert one.code in page
    assert "menggantikan" in page, "the rule on replacing"
    there = f"/k/melati/survei/{code}/isi/"
    assert browser.post(there, filled("", 3)).status_code == 400
    assert browser.post(there, filled("not-drawn", 3)).status_code == 404
    values = [1, 2, 3, 4, 5, 2, 4, 1, 3, 5]
    for one, value in zip(drawn, values, strict=True):
        assert browser.post(there, filled(one.code, value)).status_code == 302
    second = {**filled(drawn[0].code, 2), "submission": "z" * 20}
    assert browser.post(there, second).status_code == 409, "one form for each household"
    with scope(community=community):
        assert Answer.objects.count() == 10
        one = Answer.objects.get(public_id__endswith=f"{drawn[0].code}-abcdef")
        assert (one.weight, one.stratum, one.area.public_id) == (4.0, "RW 01", "rw1")
        assert one.actor is None
    page = browser.get(f"/k/melati/survei/{code}/").content.decode()
    assert "10 dari 10" in page
    browser.post(f"/k/melati/survei/{code}/tutup/")
    data = from_database(community)
    files, _ = release_files(
        release(data, community.code, "warga_singkat", rounds=[code]), ("csv",), "id"
    )
    name = next(n for n in files if str(n).endswith(".csv") and "soc1" in files[n].decode()[:2000])
    path = tmp_path / "answers.csv"
    path.write_bytes(files[name])
    rows = list(csv.DictReader(io.StringIO(files[name].decode("utf-8-sig"))))
    assert sorted(float(r["weight"]) for r in rows) == [4.0] * 10
    done = CliRunner().invoke(
        app,
        ["survey", "mean", str(path), "--variable", "soc1", "--weights", "weight", "--strata",
         "stratum", "--json"],
    )  # fmt: skip
    assert done.exit_code == 0, done.output
    # Cochran 1977, 5.3 and 5.12: W_h = 20/40, 8/40, 12/40; means 3, 3, 3; variances 2.5, 2, 4.
    said = json.loads(done.stdout)
    assert said["estimate"] == pytest.approx(0.5 * 3 + 0.2 * 3 + 0.3 * 3)
    variance = 0.5**2 * 2.5 / 5 + 0.2**2 * 2 / 2 + 0.3**2 * 4 / 3
    assert said["se"] == pytest.approx(variance**0.5)


def test_a_visit_without_an_answer_is_noted_and_nobody_takes_the_place(
    browser: Client, outsider: Client, client_of: Callable[[str], Client], community: Community
) -> None:
    code = opened(browser, households="", household_file=SimpleUploadedFile("l.csv", LIST.encode()),
                  allocation="fixed", size="3")  # fmt: skip
    there = f"/k/melati/survei/{code}/rumah/"
    with scope(community=community):
        drawn = list(HouseholdDrawn.objects.order_by("code"))
    assert len(drawn) == 9
    assert browser.post(there, {"household": drawn[0].code, "state": "away"}).status_code == 302
    assert browser.post(there, {"household": "x", "state": "away"}).status_code == 404
    assert browser.post(there, {"household": drawn[0].code, "state": "answered"}).status_code == 404
    with scope(community=community):
        assert HouseholdDrawn.objects.get(code=drawn[0].code).state == "away"
    # Met after all.
    browser.post(f"/k/melati/survei/{code}/isi/", filled(drawn[0].code, 4))
    browser.post(there, {"household": drawn[0].code, "state": "refused"})
    with scope(community=community):
        assert HouseholdDrawn.objects.get(code=drawn[0].code).state == "answered"
    assert outsider.get(there).status_code == 404
    assert outsider.post(there, {"household": drawn[1].code, "state": "away"}).status_code == 404
    assert client_of("member").get(there).status_code in (403, 404)
    page = browser.get(f"/k/melati/survei/{code}/").content.decode()
    assert "RW 01" not in page, "areas of fewer than five are not told"
