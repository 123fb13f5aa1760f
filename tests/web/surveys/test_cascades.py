"""Choices that hang on earlier answers: shown as far as they fit, refused kindly, never lost."""

from __future__ import annotations

import io
import re
from pathlib import Path

import openpyxl
import pytest
from django.test import Client
from django_scopes import scope
from test_imported_forms import answers, browser, keeper, opened, taken_in  # noqa: F401
from xlsform_books import cascade

from satuhati.core.surveys.release import release
from satuhati.formats.release import release_files
from satuhati.formats.xlsform.read import read_form
from satuhati.formats.xlsform.stored import to_plain, without_columns
from satuhati.web.profile.jobs import answer_words
from satuhati.web.profile.package import from_database
from satuhati.web.surveys.kept_forms import InstrumentForm
from satuhati.web.surveys.models import Answer
from satuhati.web.tenancy.models import Community

GONE = "tidak cocok dengan jawaban atas"


@pytest.fixture
def there(browser: Client, tmp_path: Path) -> str:  # noqa: F811
    content = cascade(tmp_path / "tempat.xlsx").read_bytes()
    round = opened(browser, taken_in(browser, content, population="warga"), how="meeting")
    return f"/k/melati/survei/{round}/isi/"


def box(page: str, name: str) -> tuple[list[str], list[str]]:
    """The choices of a question that are seen, and those a script may bring in."""
    begin = page.index(f'data-q="{name}"')
    end = page.find("data-q=", begin + 8)
    part = page[begin : end if end > 0 else len(page)]
    seen, _, away = part.partition("<template data-away>")
    label = r'(?:<span>|<option value="[^"]+"[^>]*>)([^<]+)</(?:span|option)>'
    skipped = {"Saya memilih tidak menjawab", "Lebih baik tidak menjawab", "(wajib)"}
    return ([w for w in re.findall(label, seen) if w not in skipped],
            re.findall(label, away.partition("</template>")[0]))  # fmt: skip


def told(page: str) -> dict[str, str]:
    return dict(re.findall(r'id="q-([^"]+)_error">([^<]+)', page))


def test_without_a_script_a_screen_shows_what_fits_the_screens_before(
    browser: Client, there: str  # noqa: F811
) -> None:  # fmt: skip
    first = browser.get(there).content.decode()
    assert box(first, "kab")[0] == ["Kota Bandung", "Kabupaten Bogor", "Kabupaten Badung"], (
        "the province is asked on the same screen"
    )
    assert box(first, "kec") == ([], ["Coblong", "Cicendo", "Ciawi", "Cibinong", "Kuta", "Mengwi"])
    assert "Belum ada pilihan: pilihannya bergantung pada jawaban atas “Kabupaten/kota”." in first
    form = {"go": "next", "step": "1", "agreed": "1", "submission": "s" * 20, "q-prov": "jabar",
            "q-kab": "bogor"}  # fmt: skip
    second = browser.post(there, form).content.decode()
    assert box(second, "kec") == (["Ciawi", "Cibinong"], ["Coblong", "Cicendo", "Kuta", "Mengwi"])
    # A list on the screen of what it hangs on is whole.
    assert len(box(second, "lain")[0]) == 6
    assert told(second) == {}


def test_what_does_not_fit_is_refused_with_its_question(
    browser: Client, community: Community, there: str  # noqa: F811
) -> None:  # fmt: skip
    wrong = answers(prov="bali", kab="bogor", kec="ciawi", lain__3="1")
    page = browser.post(there, wrong)
    assert page.status_code == 400
    said = told(page.content.decode())
    assert said["kab"].startswith(f"“Kabupaten Bogor” {GONE} “Provinsi”")
    assert said["kec"].startswith(f"“Ciawi” {GONE} “Kabupaten/kota”")
    assert said["lain"].startswith(f"“Cibinong” {GONE} “Kabupaten/kota”, “Kecamatan”")
    assert "Ciawi" in box(page.content.decode(), "kec")[0], "what was chosen is still to be seen"
    with scope(community=community):
        assert not Answer.objects.exists()
    good = answers(prov="jabar", kab="bogor", kec="ciawi", lain__3="1")
    assert browser.post(there, good).status_code == 302
    with scope(community=community):
        values = Answer.objects.get().values
    assert values == {"prov": "jabar", "kab": "bogor", "kec": "ciawi", "lain": "cibinong"}


def test_of_an_answer_changed_on_the_way_back_the_next_screen_tells(
    browser: Client, there: str  # noqa: F811
) -> None:  # fmt: skip
    form = {"go": "next", "step": "1", "agreed": "1", "submission": "s" * 20, "q-prov": "jabar",
            "q-kab": "bandung", "q-kec": "ciawi"}  # fmt: skip
    page = browser.post(there, form).content.decode()
    assert told(page)["kec"].startswith(f"“Ciawi” {GONE}")
    assert box(page, "kec")[0] == ["Coblong", "Cicendo", "Ciawi"]
    # On the screen where both stand it cannot be gone on.
    stays = browser.post(there, form | {"q-kab": "badung"})
    assert stays.status_code == 400
    assert told(stays.content.decode())["kab"].startswith(f"“Kabupaten Badung” {GONE} “Provinsi”")


def test_with_nothing_to_choose_from_the_form_can_be_sent(
    browser: Client, there: str, tmp_path: Path  # noqa: F811
) -> None:  # fmt: skip
    page = browser.post(there, answers(prov="jabar"))
    assert set(told(page.content.decode())) == {"kab"}, "needed, and there are choices"
    path = cascade(tmp_path / "a.xlsx", "2")
    made = openpyxl.load_workbook(path)
    made["choices"].append(["provinsi", "baru", "Provinsi baru", "A new one"])
    made.save(path)
    code = taken_in(browser, path.read_bytes(), population="warga")
    other = f"/k/melati/survei/{opened(browser, code)}/isi/"
    assert browser.post(other, answers(prov="baru")).status_code == 302


def test_labels_of_all_choices_go_with_the_answers(
    browser: Client, community: Community, there: str  # noqa: F811
) -> None:  # fmt: skip
    for n in range(5):
        form = answers(prov="jabar", kab="bogor", kec="ciawi") | {"submission": f"{n}" * 20}
        assert browser.post(there, form).status_code == 302
    round = there.split("/")[4]
    assert browser.post(f"/k/melati/survei/{round}/tutup/").status_code == 302
    with scope(community=community):
        labels = answer_words("tempat", round)
    found = release(
        from_database(community), community.code, "tempat", rounds=[round], labels=labels
    )
    files, _ = release_files(found, ("xlsx",), "id")
    book = next(content for name, content in files.items() if "kamus" in name or "codebook" in name)
    words = {str(cell) for sheet in openpyxl.load_workbook(io.BytesIO(book)) for row in
             sheet.iter_rows(values_only=True) for cell in row}  # fmt: skip
    # Nobody chose Mengwi: its word is there with its code.
    assert {"mengwi", "Mengwi", "Kabupaten Badung"} <= words


def test_a_form_kept_before_filters_is_shown_whole_until_it_comes_again(
    browser: Client, community: Community, there: str, tmp_path: Path  # noqa: F811
) -> None:  # fmt: skip
    form, _ = read_form(cascade(tmp_path / "tempat.xlsx"))
    with scope(community=community):
        kept = InstrumentForm.objects.get()
        assert kept.whole() == form
        kept.form = to_plain(without_columns(form))
        kept.save()
    assert len(box(browser.get(there).content.decode(), "kec")[0]) == 6
    assert browser.post(there, answers(prov="bali", kab="bogor", kec="kuta")).status_code == 302
    again = taken_in(browser, (tmp_path / "tempat.xlsx").read_bytes(), population="warga")
    assert again == "tempat"
    with scope(community=community):
        assert InstrumentForm.objects.get().whole() == form
    assert box(browser.get(there).content.decode(), "kec")[0] == []


def test_the_check_says_what_is_filtered_by_a_column_that_is_not_there(
    browser: Client, tmp_path: Path  # noqa: F811
) -> None:  # fmt: skip
    strangers = Path(__file__).parents[2] / "data" / "xlsforms"
    from django.core.files.uploadedfile import SimpleUploadedFile

    seen = {}
    for name in ("or_other", "choice_filter_test"):
        file = SimpleUploadedFile(f"{name}.xlsx", (strangers / f"{name}.xlsx").read_bytes())
        answer = browser.post("/k/melati/survei/kuesioner/unggah/", {"file": file})
        seen[name] = browser.get(answer.headers["Location"]).content.decode()
    assert "lembar choices tidak punya kolom &#39;yes&#39;" in seen["or_other"]
    assert "baris 3, kolom choice_filter" in seen["or_other"]
    assert "choice_filter" not in seen["choice_filter_test"].replace("choice_filter_test", "")


def test_two_versions_show_that_another_filter_holds(
    browser: Client,  # noqa: F811
    there: str,
    tmp_path: Path,
) -> None:
    path = cascade(tmp_path / "a.xlsx", "2")
    made = openpyxl.load_workbook(path)
    made["survey"]["E4"] = "provinsi != ${prov}"
    made.save(path)
    code = taken_in(browser, path.read_bytes(), population="warga")
    page = browser.get(f"/k/melati/survei/kuesioner/butir/{code}/").content.decode()
    (beside,) = set(re.findall(r'href="([^"]*/versi/[^"]*)"', page))
    page = browser.get(beside).content.decode()
    assert "pilihan mana yang cocok" in page
    assert "provinsi != ${prov}" in page
