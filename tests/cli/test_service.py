"""``satuhati user | import | export``: accounts and communities of a server of its own."""

from __future__ import annotations

import json
import re
import shutil
import sys
from pathlib import Path

import polars as pl
import pytest
from service_commands import Server
from typer.testing import CliRunner

from satuhati.cli import app
from satuhati.core.community import CommunityData
from satuhati.formats.folder import read_folder, write_folder

GOLDEN = Path(__file__).parents[1] / "data" / "golden" / "v1" / "package"


@pytest.fixture(scope="module")
def blank(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A data folder just made."""
    data = tmp_path_factory.mktemp("blank") / "data"
    (said,) = Server(data)("user list --json")
    assert said.json == {"users": [], "warnings": []}
    return data


@pytest.fixture
def server(blank: Path, tmp_path: Path) -> Server:
    return Server(shutil.copytree(blank, tmp_path / "data"))


COMMANDS = ["import", "export", "user add", "user list", "user link", "user disable", "user enable"]


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_help_with_an_example(command: str) -> None:
    result = CliRunner().invoke(app, [*command.split(), "--help"])
    assert result.exit_code == 0
    assert f"Example: satuhati {command}" in " ".join(result.stdout.split())


def test_a_community_goes_in_and_comes_out_the_same(server: Server, tmp_path: Path) -> None:
    out = tmp_path / "out"
    tried, taken, again, written, twice, trail, queue = server(
        ("import", GOLDEN, "--dry-run", "--json"),
        ("import", GOLDEN, "--json"),
        ("import", GOLDEN, "--json"),
        ("export", "K1", out, "--json"),
        ("export", "K1", out, "--lang", "en"),
        ("ask", "list(AuditEntry.objects.order_by('pk').values_list('action', 'role'))"),
        ("ask", "[t.task_path for t in DBTaskResult.objects.all()]"),
    )
    data, _ = read_folder(GOLDEN)
    (one,) = taken.json["communities"]
    assert (one["code"], one["new"]) == ("K1", True)
    assert {t["table"]: t["added"] for t in one["tables"]} == {
        **{n: f.height for n, f in data.tables.items() if f.height},
        **{f"answers/{n}": f.height for n, f in data.answers.items()},
    }
    assert all(t["changed"] == t["removed"] == 0 for t in one["tables"])
    assert tried.json["dry_run"] is True
    assert tried.json["communities"] == taken.json["communities"]  # it was new both times
    (same,) = again.json["communities"]
    assert same["new"] is False
    assert sum(t["added"] + t["changed"] + t["removed"] for t in same["tables"]) == 0
    assert read_folder(out)[0].equals(data)
    assert sum(written.json["tables"].values()) == sum(t["same"] for t in same["tables"])
    twice.refused("The folder exists and is not empty.")
    # On record; the profile is asked for; what changed nothing left no trace.
    assert trail.json == [
        ["package.import", "administrator"],
        ["package.export", "administrator"],
    ]
    assert queue.json == ["satuhati.web.profile.tasks.refresh_snapshot"]


def test_records_on_the_server_are_not_lost_unasked(server: Server, tmp_path: Path) -> None:
    data, _ = read_folder(GOLDEN)
    fewer = shutil.copytree(GOLDEN, tmp_path / "fewer")
    path = fewer / "actors.csv"
    text = path.read_text("utf-8")
    (fewer / "norms.csv").unlink()
    (fewer / "norm_events.csv").unlink()
    path.write_text(text.replace("Rekaan 1", "Ratna", 1), "utf-8")
    assert path.read_text("utf-8") != text
    lost = data["norms"].height + data["norm_events"].height
    _, refused, tried, shown, before, done, after = server(
        ("import", GOLDEN, "--as", "mawar", "--json"),
        ("import", fewer, "--as", "mawar", "--lang", "en"),
        ("import", fewer, "--as", "mawar", "--dry-run", "--json"),
        ("import", fewer, "--as", "mawar", "--dry-run"),
        ("export", "mawar", tmp_path / "before", "--json"),
        ("import", fewer, "--as", "mawar", "--replace"),
        ("export", "mawar", tmp_path / "after", "--json"),
    )
    refused.refused("fewer: The community 'mawar' is on the server already;", "--replace")
    assert f"{lost + 1} of its rows would change or go" in refused.err
    (one,) = tried.json["communities"]
    assert sum(t["removed"] for t in one["tables"]) == lost
    assert sum(t["changed"] for t in one["tables"]) == 1
    assert "Tidak ada yang diubah." in shown.out
    assert before.json["tables"]["norms"] == data["norms"].height
    assert "Sudah masuk: Kampung Contoh (rekaan)." in done.out
    assert "norms" not in after.json["tables"]


def test_a_bad_package_or_code_changes_nothing(server: Server, tmp_path: Path) -> None:
    bad = shutil.copytree(GOLDEN, tmp_path / "bad")
    (bad / "attendance.csv").write_text(
        (bad / "attendance.csv").read_text("utf-8").replace(",act-1,", ",act-9,"), "utf-8"
    )
    said = server(
        ("import", bad, "--lang", "en"),
        ("import", tmp_path / "nothing", "--lang", "en"),
        ("import", GOLDEN, "--as", "kode buruk", "--lang", "en"),
        ("import", GOLDEN, "--as", "baru", "--lang", "en"),
        ("import", GOLDEN, "--community", "K7"),
        ("export", "K7", tmp_path / "out", "--lang", "en"),
        ("ask", "Community.objects.count()"),
    )
    assert said[0].code == 2
    assert "attendance.csv, row" in said[0].err
    said[1].refused("nothing")
    said[2].refused("The community code 'kode buruk' cannot be the address of a page.")
    said[3].refused("The community code 'baru' cannot be the address of a page.")
    assert said[4].code == 2
    said[5].refused("There is no community 'K7'.")
    assert not (tmp_path / "out").exists()
    assert said[6].json == 0


def test_a_folder_of_several_communities_goes_in_whole(server: Server, tmp_path: Path) -> None:
    data, _ = read_folder(GOLDEN)

    def twice(frame: pl.DataFrame) -> pl.DataFrame:
        return pl.concat([frame, frame.with_columns(pl.lit("K2").alias("community"))])

    tables = {name: twice(frame) for name, frame in data.tables.items()}
    ids = pl.col("community").alias("id")
    tables["community"] = tables["community"].with_columns(ids)
    both = CommunityData.of(tables, {name: twice(f) for name, f in data.answers.items()})
    write_folder(both, tmp_path / "both")
    ambiguous, one, rest = server(
        ("import", tmp_path / "both", "--as", "mawar", "--lang", "en"),
        ("import", tmp_path / "both", "--community", "K2", "--json"),
        ("import", tmp_path / "both", "--json"),
    )
    ambiguous.refused("Choose with --community: K1, K2.")
    assert [c["code"] for c in one.json["communities"]] == ["K2"]
    assert [(c["code"], c["new"]) for c in rest.json["communities"]] == [
        ("K1", True),
        ("K2", False),
    ]


MELATI = ("import", GOLDEN, "--as", "melati", "--json")


def test_accounts_from_the_first_to_the_last(server: Server) -> None:
    _, *said = server(
        MELATI,
        ("user", "add", "Wahyu  Nugroho", "--email", "Wahyu@contoh.invalid", "--administrator",
         "--json"),
        ("user", "add", "Ratna", "--community", "melati", "--json"),
        ("user", "add", "Dewi", "--email", "dewi@contoh.invalid", "--community", "melati",
         "--role", "field_officer", "--link", "--json"),
        ("user", "add", "Wahyu", "--email", "wahyu@contoh.invalid", "--community", "melati",
         "--role", "overseer", "--json"),
        "user list --json",
        "user list --community melati --lang en",
        "user link 2 --json",
        "user link dewi@contoh.invalid",
        "user disable dewi@contoh.invalid --json",
        "user disable 2 --json",
        "user enable 3 --json",
        "user list --json",
        ("ask", "list(AuditEntry.objects.values_list('action', 'details', 'code'))"),
    )  # fmt: skip
    first, ratna, dewi, again, listed, table, link, shown, closed, alone, opened, last, trail = said
    assert first.json["number"] == again.json["number"] == 1
    assert first.json["name"] == "Wahyu Nugroho"
    assert first.json["link"] is None
    assert "SATUHATI_MAIL_HOST" in first.json["warnings"][0]
    pattern = r"http://localhost:8000/m/[\w-]{32}/"
    links = [ratna.json["link"], dewi.json["link"], link.json["link"]]
    assert all(re.fullmatch(pattern, one) for one in links)
    assert len(set(links)) == 3
    assert ratna.json["warnings"] == []
    users = {u["number"]: u for u in listed.json["users"]}
    assert users[1]["email"] == "wahyu@contoh.invalid"
    assert users[1]["administrator"]
    assert users[1]["roles"] == [{"community": "melati", "role": "overseer"}]
    assert users[2] == {
        "number": 2, "name": "Ratna", "email": None, "active": True, "administrator": False,
        "roles": [{"community": "melati", "role": "secretary"}], "link": True, "last_seen": None,
    }  # fmt: skip
    assert "secretary or chair" in table.out
    assert "never yet" in table.out
    assert re.search(pattern, shown.out)
    assert closed.json["warnings"] == []
    assert "'melati'" in alone.json["warnings"][0]  # nobody is left who looks after it
    assert opened.json["active"] is True
    assert [u["active"] for u in last.json["users"]] == [True, False, True]
    assert [u["link"] for u in last.json["users"]] == [False, False, False]
    kept = trail.json
    assert [a for a, _, _ in kept].count("account.add") == 3
    assert {"account.disable", "account.enable", "link.issue", "role.give"} <= {a for a, *_ in kept}
    assert "atna" not in json.dumps(kept)
    assert "@" not in json.dumps(kept)


def test_links_of_the_command_line_open_one_at_a_time(server: Server) -> None:
    is_open = "link_of(last.stdout.split('/m/')[1].split('/')[0]) is not None"
    said = server(
        MELATI,
        ("user", "add", "Ratna", "--community", "melati", "--json"),
        ("ask", is_open),
        "user link 1",
        ("ask", is_open),
        ("ask", "User.objects.get().memberships.get().links.filter(revoked_at=None).count()"),
        "user disable 1 --json",
        ("ask", "User.objects.get().memberships.get().links.filter(revoked_at=None).count()"),
    )
    assert [said[i].json for i in (2, 4, 5, 7)] == [True, True, 1, 0]


WRONG: dict[str, tuple[tuple[str, ...], str]] = {
    "no way in": (("add", "Ratna"), "has no way in. Give --email"),
    "administrator by link": (
        ("add", "Ratna", "--administrator", "--community", "melati"), "has no way in",
    ),
    "no address": (("add", "Ratna", "--email", "ratna"), "--email = 'ratna'"),
    "no name": (("add", " ", "--email", "a@contoh.invalid"), "NAME"),
    "hidden marks": (("add", "Rat\nna", "--email", "a@contoh.invalid", "--role", "x"), "--role"),
    "unknown community": (
        ("add", "Ratna", "--community", "mawar"), "no community 'mawar'. There are: melati",
    ),
    "account twice": (("add", "Sari", "--email", "SARI@contoh.invalid"), "(number 1)"),
    "nobody": (("link", "77"), "There is no account '77'"),
    "nobody by e-mail": (("disable", "x@contoh.invalid"), "There is no account"),
    "a huge number": (("disable", "9" * 40), "There is no account"),
    "no role": (("link", "1"), "has not one role to choose"),
    "last keeper": (
        ("add", "Ratna", "--email", "ratna@contoh.invalid", "--community", "melati",
         "--role", "member"),
        "First give somebody else the role",
    ),
}  # fmt: skip


def test_wrong_accounts_are_refused_with_the_remedy(server: Server) -> None:
    _, given, keeper, *said, count = server(
        MELATI,
        ("user", "add", "Sari", "--email", "sari@contoh.invalid", "--json"),
        ("user", "add", "Ratna", "--email", "ratna@contoh.invalid", "--community", "melati",
         "--json"),
        *(("user", *arguments, "--lang", "en") for arguments, _ in WRONG.values()),
        ("ask", "User.objects.count()"),
    )  # fmt: skip
    assert given.code == keeper.code == 0
    for one, (_, words) in zip(said, WRONG.values(), strict=True):
        one.refused(words)
    assert count.json == 2


def test_the_web_extra_is_named_where_it_is_missing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "granian", None)
    for line in ("user list", "import x", "export a b", "backup a", "restore a"):
        result = CliRunner().invoke(app, line.split())
        assert result.exit_code == 3
        assert "pip install 'satuhati[web]'" in result.stderr
