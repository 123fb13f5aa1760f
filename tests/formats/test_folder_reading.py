"""What a package folder may look like, and what is said when it may not."""

from __future__ import annotations

import datetime as dt
import gzip
import json
import os
from collections.abc import Callable
from pathlib import Path

import polars as pl
import pytest

from satuhati.core.community import CommunityData
from satuhati.errors import InputError, Problem
from satuhati.formats.folder import new_folder, read_folder, write_folder
from satuhati.schema import SCHEMA_VERSION
from satuhati.schema.choices import choice_label

COMMUNITY = "id,name\nK1,Kampung Rekaan\n"
ACTORS = "id,kind\np1,person\np2,person\n"
MEETINGS = "id,kind,date,status\nm1,pokja,2026-01-05,held\n"
SURVEY = {
    "instruments.csv": "id,name,population\nsci,SCI,warga\n",
    "items.csv": "id,instrument,name,type,low,high\n"
    "i1,sci,q1,likert,1,4\ni2,sci,q2,text,,\ni3,sci,q3,binary,,\n",
    "rounds.csv": "id,instrument,wave,population,end,frame\nr1,sci,1,warga,2026-01-05,census\n",
}

Make = Callable[..., Path]


@pytest.fixture
def make(tmp_path: Path) -> Make:
    """A folder of the files given as keywords (``meetings=…`` is ``meetings.csv``)."""

    def build(files: dict[str, str | bytes] | None = None, **tables: str | bytes) -> Path:
        folder = tmp_path / "paket"
        folder.mkdir(exist_ok=True)
        named = {**(files or {}), **{f"{n}.csv": c for n, c in tables.items()}}
        for name, content in named.items():
            path = folder / name
            path.parent.mkdir(exist_ok=True)
            path.write_bytes(content.encode() if isinstance(content, str) else content)
        return folder

    return build


def problems(folder: Path) -> list[Problem]:
    with pytest.raises(InputError) as caught:
        read_folder(folder)
    return list(caught.value.problems)


def places(folder: Path) -> list[tuple[str, str | None, int | None, str | None]]:
    return [(p.code, p.file, p.row, p.column) for p in problems(folder)]


def doubts(folder: Path) -> list[str]:
    return [d.code for d in read_folder(folder)[1]]


# -- one place for each wrong thing ------------------------------------------------------

WRONG = {
    "type": ({"meetings": MEETINGS.replace("2026-01-05", "kemarin")},
             ("value_type", "meetings.csv", 2, "date")),
    "no such day": ({"meetings": MEETINGS.replace("2026-01-05", "2026-02-30")},
                    ("date_impossible", "meetings.csv", 2, "date")),
    "choice": ({"meetings": MEETINGS.replace("held", "selesai")},
               ("value_choice", "meetings.csv", 2, "status")),
    "required": ({"meetings": MEETINGS.replace("pokja", "")},
                 ("value_required", "meetings.csv", 2, "kind")),
    "column missing": ({"meetings": "id,kind,date\nm1,pokja,2026-01-05\n"},
                       ("column_missing", "meetings.csv", 1, "status")),
    "duplicate id": ({"actors": ACTORS + "p1,person\n"},
                     ("id_repeated", "actors.csv", 4, "id")),
    "range": ({"areas": "id,name,level,adults\na,RT 1,rt,-3\n"},
              ("value_range", "areas.csv", 2, "adults")),
    "unknown actor": (
        {"meetings": MEETINGS, "attendance": "id,meeting,actor,status\na1,m1,p9,present\n"},
        ("reference_unknown", "attendance.csv", 2, "actor")),
    "twice at a meeting": (
        {"meetings": MEETINGS,
         "attendance": "id,meeting,actor,status\na1,m1,p1,present\na2,m1,p1,absent\n"},
        ("key_repeated", "attendance.csv", 3, "actor")),
    "tie to oneself": (
        {"tie_rounds": "id,wave\nw1,1\n",
         "ties": "id,round,source,target,relation\nt1,w1,p1,p1,goto\n"},
        ("tie_to_self", "ties.csv", 2, "target")),
    "end before start": (
        {"posts": "id,name,kind\nk,Ketua,chair\n",
         "terms": "id,post,actor,start,end\nt1,k,p1,2026-03-01,2026-02-28\n"},
        ("order_dates", "terms.csv", 2, "end")),
    "absence ends first": (
        {"confirmed_empty": "id,strand,from,to,by,on\n"
         "c,assets,2026-03-01,2026-02-01,S,2026-04-01\n"},
        ("order_dates", "confirmed_empty.csv", 2, "to")),
    "more heard than asked": (
        {"services": "id,name\ns,SIGAP\n",
         "awareness": "id,service,date,frame,asked,heard\na,s,2026-01-01,other,20,21\n"},
        ("counts_order", "awareness.csv", 2, "heard")),
    "a stage stepped over": (
        {"services": "id,name\ns,SIGAP\n",
         "awareness": "id,service,date,frame,asked,heard,enrolled\na,s,2026-01-01,other,20,3,4\n"},
        ("counts_order", "awareness.csv", 2, "enrolled")),
    "excerpt ends first": (
        {"sources": "id,kind,title,date,population\ns,interview,W,2026-01-01,warga\n",
         "excerpts": "id,source,start,end,text\ne,s,9,3,x\n"},
        ("counts_order", "excerpts.csv", 2, "start")),
    "part of itself": ({"areas": "id,name,level,parent\na,RT 1,rt,b\nb,RW 1,rw,a\n"},
                       ("parent_cycle", "areas.csv", 2, "parent")),
    "code with a break": ({"actors": 'id,kind\n"p\n1",person\n'},
                          ("id_invalid", "actors.csv", 2, "id")),
    "questionnaire as path": ({"instruments": "id,name,population\n../x,SCI,warga\n"},
                              ("instrument_code", "instruments.csv", 2, "id")),
    "questionnaires by case": (
        {"instruments": "id,name,population\nsci,SCI,warga\nSCI,SCI,warga\n"},
        ("instrument_code", "instruments.csv", 3, "id")),
    "row too long": ({"actors": "id,kind\np1,person,x\n"},
                     ("row_too_long", "actors.csv", 2, None)),
    "quote left open": ({"actors": 'id,kind\np1,person\n"p2,person\n'},
                        ("csv_broken", "actors.csv", 3, None)),
    "column twice": ({"actors": "id,kind,kind\np1,person,person\n"},
                     ("column_repeated", "actors.csv", 1, "kind")),
    "not text": ({"actors": b"id,kind\n\x00\x01"}, ("file_not_text", "actors.csv", None, None)),
    "empty file": ({"actors": b""}, ("file_empty", "actors.csv", None, None)),
    "blank file": ({"actors": b"\xef\xbb\xbf \r\n"}, ("file_empty", "actors.csv", None, None)),
}  # fmt: skip


@pytest.mark.parametrize("case", WRONG)
def test_each_wrong_thing_is_named_where_it_stands(make: Make, case: str) -> None:
    tables, place = WRONG[case]
    folder = make(community=COMMUNITY, **({"actors": ACTORS} | tables))
    assert places(folder) == [place]


def test_all_problems_are_collected_and_sorted(make: Make) -> None:
    folder = make(
        community=COMMUNITY,
        actors="id,kind\np1,orang\n,person\n",
        meetings=MEETINGS.replace("2026-01-05", "2026-13-01") + "m1,pesta,2026-01-01,held\n",
    )
    assert places(folder) == [
        ("value_choice", "actors.csv", 2, "kind"),
        ("value_required", "actors.csv", 3, "id"),
        ("date_impossible", "meetings.csv", 2, "date"),
        ("id_repeated", "meetings.csv", 3, "id"),
        ("value_choice", "meetings.csv", 3, "kind"),
    ]


def test_the_report_stops_at_fifty_lines_and_counts_the_rest(make: Make) -> None:
    folder = make(actors="id,kind\n" + "".join(f"p{i},orang\n" for i in range(60)))
    with pytest.raises(InputError) as caught:
        read_folder(folder)
    lines = caught.value.report("id").splitlines()
    assert len(lines) == 51
    assert lines[0].startswith("actors.csv, baris 2, kolom kind: 'orang' bukan pilihan")
    assert "10" in lines[50]


def test_rows_are_counted_as_a_spreadsheet_shows_them(make: Make) -> None:
    folder = make(
        community=COMMUNITY,
        norms='id,text,kind\nn1,"dua\nbaris",written\n\nn2,x,lisan\n',
    )
    assert places(folder) == [("value_choice", "norms.csv", 4, "kind")]


def test_a_broken_file_does_not_accuse_those_that_refer_to_it(make: Make) -> None:
    folder = make(
        community=COMMUNITY,
        actors='id,kind\n"p1,person\n',
        meetings=MEETINGS,
        attendance="id,meeting,actor,status\na1,m1,p1,present\n",
    )
    assert places(folder) == [("csv_broken", "actors.csv", 2, None)]


# -- survey answers ----------------------------------------------------------------------


def test_answers_are_typed_by_their_items(make: Make) -> None:
    folder = make({**SURVEY, "answers/sci.csv": "id,round,q1,q2,q3\na1,r1,4,NA,1\na2,r1,,,\n"})
    data, _ = read_folder(folder)
    frame = data.answers["sci"]
    assert frame.select("q1", "q2", "q3").rows() == [(4.0, "NA", 1.0), (None, None, None)]


@pytest.mark.parametrize(
    ("row", "place"),
    [
        ("a1,r1,5,,", ("value_range", "answers/sci.csv", 2, "q1")),
        ("a1,r1,0,,", ("value_range", "answers/sci.csv", 2, "q1")),
        ("a1,r1,x,,", ("value_type", "answers/sci.csv", 2, "q1")),
        ("a1,r1,,,2", ("value_range", "answers/sci.csv", 2, "q3")),
        ("a1,r9,,,", ("reference_unknown", "answers/sci.csv", 2, "round")),
        ("a1,,1,,", ("value_required", "answers/sci.csv", 2, "round")),
    ],
)
def test_answers_off_the_scale(make: Make, row: str, place: tuple[object, ...]) -> None:
    folder = make({**SURVEY, "answers/sci.csv": f"id,round,q1,q2,q3\n{row}\n"})
    assert places(folder) == [place]


def test_missing_and_undeclared_answer_columns_are_doubts(make: Make) -> None:
    folder = make({**SURVEY, "answers/sci.csv": "id,round,q1,catatan\na1,r1,4,x\n"},
                  community=COMMUNITY)  # fmt: skip
    data, found = read_folder(folder)
    assert data.answers["sci"].columns[-1] == "q1"
    assert [(d.code, d.fields.get("column", d.fields.get("names"))) for d in found] == [
        ("answer_column_undeclared", "catatan"),
        ("item_column_missing", "q2, q3"),
    ]


def test_answers_without_questionnaire(make: Make) -> None:
    folder = make({**SURVEY, "answers/lain.csv": "id,round\n"}, community=COMMUNITY)
    assert places(folder) == [("answers_unknown_instrument", "answers/lain.csv", None, None)]


def test_each_community_has_its_own_scale_ends(make: Make) -> None:
    two = {
        "community.csv": "id,name\nA,A\nB,B\n",
        "instruments.csv": "community,id,name,population\nA,sci,S,warga\nB,sci,S,warga\n",
        "items.csv": "community,id,instrument,name,type,low,high\n"
        "A,i,sci,q1,likert,1,4\nB,i,sci,q1,likert,1,5\n",
        "rounds.csv": "community,id,instrument,wave,population,end,frame\n"
        "A,r,sci,1,warga,2026-01-05,census\nB,r,sci,1,warga,2026-01-05,census\n",
        "answers/sci.csv": "community,id,round,q1\nA,a1,r,5\nB,a1,r,5\n",
    }
    assert places(make(two)) == [("value_range", "answers/sci.csv", 2, "q1")]


# -- kindness that is said -----------------------------------------------------------------


def test_spreadsheet_habits_are_read_and_said(make: Make) -> None:
    text = "id;kind;date;status;households_invited\nm1;kerja_bakti;21/11/2026;HELD;3,0\n\n;;;;\n"
    folder = make(community=COMMUNITY, meetings=b"\xef\xbb\xbf" + text.encode())
    data, found = read_folder(folder)
    assert data["meetings"].select("date", "status", "households_invited").rows() == [
        (dt.date(2026, 11, 21), "held", 3)
    ]
    assert sorted(d.code for d in found) == ["csv_bom", "csv_delimiter", "dates_day_first"]


def test_decimal_commas_are_said_and_thousands_refused(make: Make) -> None:
    head = "id;activity;needed\n"
    files = {"activities.csv": "id,name,planned_for\nk,Kegiatan,2026-01-01\n"}
    folder = make(files, community=COMMUNITY, budget_lines=head + "b1;k;2,5\n")
    data, found = read_folder(folder)
    assert data["budget_lines"]["needed"].to_list() == [2.5]
    assert "decimal_comma" in [d.code for d in found]
    folder = make(files, community=COMMUNITY, budget_lines=head + "b1;k;1.500\n")
    assert places(folder) == [("number_ambiguous", "budget_lines.csv", 2, "needed")]


def test_latin_1_is_read_and_said(make: Make) -> None:
    folder = make(community="id,name\nK1,Désa Rekaan\n".encode("latin-1"))
    data, found = read_folder(folder)
    assert data["community"]["name"].to_list() == ["Désa Rekaan"]
    assert [d.code for d in found] == ["csv_encoding"]


def test_gz_unknown_columns_and_files(make: Make) -> None:
    folder = make(
        {"actors.csv.gz": gzip.compress(b"id,kind,hobi\np1,person,catur\n"), "foto.jpg": b"x",
         ".lock": b"", "README.md": b"x"},
        community=COMMUNITY,
    )  # fmt: skip
    data, found = read_folder(folder)
    assert data["actors"].height == 1
    assert {d.code: d.fields["file"] for d in found} == {
        "file_unknown": "foto.jpg",
        "column_unknown": "actors.csv.gz",
    }


def test_only_an_empty_cell_is_missing(make: Make) -> None:
    folder = make(community=COMMUNITY, actors="id,kind,name\np1,person,NA\np2,person,\n")
    assert read_folder(folder)[0]["actors"]["name"].to_list() == ["NA", None]


@pytest.mark.parametrize("word", ["true", "YA", "yes", "1", "Benar"])
def test_words_for_yes(make: Make, word: str) -> None:
    folder = make(community=f"id,name,synthetic\nK1,X,{word}\n")
    assert read_folder(folder)[0]["community"]["synthetic"].to_list() == [True]


# -- communities ---------------------------------------------------------------------------


def test_a_folder_without_community_is_named_after_itself(make: Make) -> None:
    data, found = read_folder(make(meetings=MEETINGS))
    assert data.communities == ("paket",)
    assert [d.code for d in found] == ["community_absent"]
    assert data["meetings"]["community"].to_list() == ["paket"]
    assert read_folder(make(meetings=MEETINGS), community="KDW")[0].communities == ("KDW",)


def test_communities_named_by_their_tables(make: Make) -> None:
    data, _ = read_folder(make(actors="community,id,kind\nB,p1,person\nA,p1,person\n"))
    assert data.communities == ("A", "B")


def test_several_communities_need_their_column(make: Make) -> None:
    folder = make(community="id,name\nA,A\nB,B\n", actors=ACTORS)
    assert places(folder) == [("community_column_missing", "actors.csv", 1, "community")]


def test_references_stay_within_a_community(make: Make) -> None:
    folder = make(
        community="id,name\nA,A\nB,B\n",
        areas="community,id,name,level\nA,rt1,RT 1,rt\n",
        actors="community,id,kind,area\nA,p1,person,rt1\nB,p1,person,rt1\nC,p2,person,\n",
    )
    assert places(folder) == [
        ("reference_unknown", "actors.csv", 3, "area"),
        ("reference_unknown", "actors.csv", 4, "community"),
    ]


def test_one_of_several_is_chosen(make: Make) -> None:
    folder = make(
        community="id,name\nA,A\nB,B\n", actors="community,id,kind\nA,p1,person\nB,p1,person\n"
    )
    data, _ = read_folder(folder, community="B")
    assert data.communities == ("B",)
    assert data["actors"].height == 1
    with pytest.raises(InputError) as caught:
        read_folder(folder, community="C")
    assert [p.code for p in caught.value.problems] == ["community_unknown"]


def test_one_strand_alone_is_read_and_what_cannot_be_checked_is_said(make: Make) -> None:
    folder = make(meetings=MEETINGS, attendance="id,meeting,actor,status\na1,m1,p9,present\n")
    data, found = read_folder(folder)
    assert data["attendance"]["actor"].to_list() == ["p9"]
    unchecked = next(d for d in found if d.code == "references_unchecked")
    assert unchecked.fields == {"table": "actors", "columns": "attendance.actor"}


# -- folders that are none -----------------------------------------------------------------


def test_not_a_folder(tmp_path: Path, make: Make) -> None:
    file = tmp_path / "x.txt"
    file.write_text("x")
    assert [p.code for p in problems(file)] == ["not_a_folder"]
    assert [p.code for p in problems(tmp_path / "tidak-ada")] == ["file_missing"]
    assert [p.code for p in problems(make())] == ["folder_without_tables"]
    assert [p.code for p in problems(make({"catatan.txt": "x"}))] == ["folder_without_tables"]


def test_folders_links_and_twins_in_place_of_files(make: Make, tmp_path: Path) -> None:
    folder = make(community=COMMUNITY, actors=ACTORS)
    (folder / "meetings.csv").mkdir()
    (folder / "ties.csv").symlink_to(tmp_path / "paket" / "actors.csv")
    os.mkfifo(folder / "norms.csv")
    (folder / "actors.csv.gz").write_bytes(b"")
    assert sorted(places(folder)) == [
        ("not_a_regular_file", "meetings.csv", None, None),
        ("not_a_regular_file", "norms.csv", None, None),
        ("not_a_regular_file", "ties.csv", None, None),
        ("table_twice", "actors.csv.gz", None, None),
    ]


def test_too_large_files_are_refused_before_they_are_read(make: Make) -> None:
    folder = make(community=COMMUNITY)
    with (folder / "actors.csv").open("wb") as file:
        file.truncate(200_000_000)  # sparse: takes no room
    assert [p.code for p in problems(folder)] == ["file_too_large"]


def test_packed_files_count_unpacked(make: Make) -> None:
    bomb = gzip.compress(b"id,kind\n" + b"p,person\n" * 500_000)
    folder = make({"actors.csv.gz": bomb}, community=COMMUNITY)
    with pytest.raises(InputError) as caught:
        read_folder(folder, max_mb=4)
    assert [p.code for p in caught.value.problems] == ["file_too_large"]


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (json.dumps({"schema_version": SCHEMA_VERSION + 1}), "package_newer"),
        (json.dumps({"schema_version": 0}), "package_older"),
        (json.dumps({"schema_version": "1"}), "descriptor_broken"),
        (json.dumps({"schema_version": True}), "descriptor_broken"),
        ("[1]", "descriptor_broken"),
        ("{", "descriptor_broken"),
        ("[" * 100_000, "descriptor_broken"),
        ('{"schema_version": ' + "9" * 5000 + "}", "descriptor_broken"),
        (b"\xff\xfe\xff", "descriptor_broken"),
    ],
)
def test_versions_and_descriptors(make: Make, content: str | bytes, code: str) -> None:
    folder = make({"datapackage.json": content}, community=COMMUNITY)
    assert [p.code for p in problems(folder)] == [code]


# -- writing -------------------------------------------------------------------------------


def _some() -> CommunityData:
    return CommunityData.of({
        "community": pl.DataFrame({"id": ["K1"], "name": ["Rekaan"], "synthetic": [True]}),
        "actors": pl.DataFrame({"community": ["K1"], "id": ["p1"], "kind": ["person"]}),
    })  # fmt: skip


def test_a_written_folder_describes_itself(tmp_path: Path) -> None:
    write_folder(_some(), tmp_path / "x")
    names = sorted(p.name for p in (tmp_path / "x").iterdir())
    assert names == ["README.md", "actors.csv", "community.csv", "datapackage.json"]
    first = (tmp_path / "x" / "README.md").read_text().splitlines()[0]
    assert "rekaan" in first
    assert "sintetis" in first
    package = json.loads((tmp_path / "x" / "datapackage.json").read_text())
    assert package["schema_version"] == SCHEMA_VERSION
    for resource in package["resources"]:
        header = (tmp_path / "x" / resource["path"]).read_text().splitlines()[0].split(",")
        assert [f["name"] for f in resource["schema"]["fields"]] == header
        assert resource["schema"]["primaryKey"] == ["id"]
        assert resource["schema"]["missingValues"] == [""]
        for foreign in resource["schema"].get("foreignKeys", []):
            target = foreign["reference"].get("resource", resource["name"])
            assert target in {r["name"] for r in package["resources"]}


def test_formulas_are_guarded_on_disk(tmp_path: Path) -> None:
    data = _some()
    tables = dict(data.tables) | {
        "actors": data["actors"].with_columns(name=pl.lit('=HYPERLINK("http://x")'))
    }
    write_folder(CommunityData.of(tables), tmp_path / "x")
    assert "'=HYPERLINK" in (tmp_path / "x" / "actors.csv").read_text()


def test_nothing_is_overwritten_unasked(tmp_path: Path) -> None:
    target = tmp_path / "x"
    write_folder(_some(), target)
    with pytest.raises(InputError) as caught:
        write_folder(_some(), target)
    assert [p.code for p in caught.value.problems] == ["folder_exists"]
    write_folder(_some(), target, overwrite=True)
    (target / "foto.jpg").write_bytes(b"milik orang")
    with pytest.raises(InputError):
        write_folder(_some(), target, overwrite=True)
    assert (target / "foto.jpg").read_bytes() == b"milik orang"
    assert sorted(p.name for p in tmp_path.iterdir()) == ["x"]  # nothing left behind


def test_a_failed_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("satuhati.formats.folder.write_csv", fail)
    with pytest.raises(InputError) as caught:
        write_folder(_some(), tmp_path / "x")
    assert [p.code for p in caught.value.problems] == ["output_unwritable"]
    assert list(tmp_path.iterdir()) == []


def test_a_new_folder_is_an_empty_package(tmp_path: Path) -> None:
    files = new_folder(tmp_path / "baru")
    assert "community.csv" in files
    data, found = read_folder(tmp_path / "baru")
    assert data.communities == ()
    assert found == ()
    assert "Urutan mengisi" in (tmp_path / "baru" / "README.md").read_text()
    with pytest.raises(InputError):
        new_folder(tmp_path / "baru")


def test_words_of_choices_count_as_codes_do(tmp_path):
    """Grouped counts of distinct codes: the way cells were mended once broke them."""
    (tmp_path / "community.csv").write_text("id,name\nk,Contoh\n", encoding="utf-8")
    (tmp_path / "activities.csv").write_text(
        "id,name,planned_for\na,Kegiatan,2026-01-01\n", encoding="utf-8"
    )
    word = choice_label("budget_lines", "source", "local_government").id
    rows = "".join(f"b{i},a,{word},10\n" for i in range(4))
    (tmp_path / "budget_lines.csv").write_text(
        "id,activity,source,needed\n" + rows, encoding="utf-8"
    )
    data, _ = read_folder(tmp_path)
    lines = data["budget_lines"]
    assert lines["source"].to_list() == ["local_government"] * 4
    counted = lines.group_by("community").agg(pl.col("source").n_unique())
    assert counted["source"].to_list() == [1]
