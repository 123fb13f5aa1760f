"""The pages of ties: who sees the whole, who sees names, what too few answers leave."""

from __future__ import annotations

import datetime as dt
import io
import json
import re
from collections.abc import Callable
from typing import Any

import igraph
import networkx as nx
import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django_scopes import scope
from PIL import Image

from satuhati.formats.graphs import read_graph
from satuhati.web.audit.models import AuditEntry
from satuhati.web.networks import map_words
from satuhati.web.networks.drawing import store
from satuhati.web.networks.map_queries import stand_in
from satuhati.web.networks.models import RosterEntry, Tie, TieRound
from satuhati.web.networks.stored import StoredPictures
from satuhati.web.register.models import Actor, Consent
from satuhati.web.tenancy.models import Community

BASE = "/k/melati/jejaring/"
PAGES = ("", "peta/", "peta/cetak/", "penghubung/", "antar-sektor/")
FORMS = ("ikatan", "pelaku", "graphml", "gexf", "svg", "png")
# 0-4 pokja, 5-9 warga, 10-11 a shop and its helper (swasta); 11 is tied to nobody.
TIES = [(0, 1, "information"), (1, 0, "information"), (1, 2, "information"), (2, 3, "support"),
        (3, 4, "resources"), (4, 5, "information"), (5, 6, "support"), (6, 7, "support"),
        (7, 8, "information"), (8, 9, "information"), (9, 10, "resources"),
        (0, 2, "support")]  # fmt: skip
CONSENTED = (0, 1, 5, 9, 11)


def fill(
    community: Community, *, answered: int = 12, wave: int = 1, ties: list[Any] | None = None,
    closed: bool = True,
) -> None:  # fmt: skip
    common: dict[str, Any] = {"community": community}
    with scope(community=community):
        people = [
            Actor.objects.get_or_create(
                public_id=f"o{n:02}", **common,
                defaults={
                    "name": f"Orang {n:02}" if n != 10 else "Toko Mawar",
                    "kind": "person" if n != 10 else "organization",
                    "sector": "pokja" if n < 5 else "warga" if n < 10 else "swasta",
                },
            )[0]
            for n in range(12)
        ]  # fmt: skip
        for n in CONSENTED:
            Consent.objects.get_or_create(
                public_id=f"ps{n}", actor=people[n], strand="ties", **common,
                defaults={"given_on": dt.date(2026, 1, 1)},
            )  # fmt: skip
        one = TieRound.objects.create(
            public_id=f"pj{wave}", wave=wave, **common,
            closed_on=dt.date(2026, 10, 28) if closed else None,
        )  # fmt: skip
        for n, person in enumerate(people):
            RosterEntry.objects.create(
                public_id=f"ro{wave}-{n}", round=one, actor=person, responded=n < answered, **common
            )
        for k, (a, b, relation) in enumerate(TIES if ties is None else ties):
            Tie.objects.create(
                public_id=f"t{wave}-{k}", round=one, source=people[a], target=people[b],
                relation=relation, weight=1.0, **common,
            )  # fmt: skip


@pytest.fixture
def drawn(community: Community) -> Community:
    fill(community)
    store(community.pk)
    return community


def text(client: Client, address: str) -> str:
    answer = client.get(BASE + address)
    assert answer.status_code == 200, address
    return str(answer.content.decode())


@pytest.mark.parametrize(
    "address", [*PAGES, "belum-terhubung/", *(f"peta/unduh/{f}/" for f in FORMS)]
)
def test_an_outsider_finds_nothing(
    drawn: Community, outsider: Client, client_of: Callable[[str], Client], address: str
) -> None:
    assert outsider.get(BASE + address).status_code == 404
    assert client_of("overseer").get(BASE + address).status_code == 404
    assert client_of("resident").get(BASE + address).status_code in (302, 404)


def test_keepers_see_names_of_those_who_agreed_and_nobody_else(
    drawn: Community, client_of: Callable[[str], Client]
) -> None:
    keeper, member = client_of("secretary"), client_of("member")
    seen = text(keeper, "peta/")
    assert "Orang 00" in seen
    assert "Toko Mawar" in seen
    for hidden in ("Orang 02", "Orang 03", "Orang 06"):
        for address in (*PAGES, "belum-terhubung/"):
            assert hidden not in text(keeper, address), (hidden, address)
    for address in PAGES:
        assert "Orang" not in text(member, address), address
        assert not re.search(r"\bo05\b", text(member, address))
    assert "Toko Mawar" in text(member, "peta/")
    assert member.get(BASE + "belum-terhubung/").status_code == 404
    alone = text(keeper, "belum-terhubung/")
    assert "Orang 11" in alone
    assert "Orang 00" in alone  # tied inside the own sector only
    assert "Orang 05" not in alone


def test_a_withdrawn_consent_works_at_once_and_then_wholly(
    drawn: Community, client_of: Callable[[str], Client]
) -> None:
    keeper = client_of("secretary")
    with scope(community=drawn):
        Consent.objects.filter(actor__public_id="o05").update(withdrawn_on=dt.date(2026, 11, 1))
    assert "Orang 05" not in text(keeper, "peta/")
    Community.objects.filter(pk=drawn.pk).update(data_version=drawn.data_version + 1)
    stored = store(drawn.pk)
    assert stored is not None
    assert "o05" not in json.dumps(stored.payload)
    assert len(stored.payload["pictures"][0]["spots"]) == 11


def test_how_many_bridges_are_not_in_the_table_is_told(
    drawn: Community, client_of: Callable[[str], Client], monkeypatch: pytest.MonkeyPatch
) -> None:
    def told() -> tuple[int, int, int]:
        """Of the heading, rows of the table, and others that are told of."""
        seen = text(client_of("secretary"), "penghubung/")
        heading = re.search(r"Yang menyambung sektor \((\d+)\)", seen)
        more = re.search(r"(\d+) lagi juga menyambung sektor", seen)
        assert heading is not None
        return int(heading[1]), seen.count('<tr><th scope="row">'), int(more[1]) if more else 0

    count, rows, more = told()
    assert (rows, more) == (count, 0)
    assert count > 1
    monkeypatch.setattr(map_words, "BRIDGES", 1)
    assert told() == (count, 1, count - 1)


def test_who_bridges_in_plain_words(drawn: Community, client_of: Callable[[str], Client]) -> None:
    seen = text(client_of("secretary"), "penghubung/")
    assert "Satu-satunya jalan ke swasta." in seen  # through 09
    assert "Orang 09" in seen
    # Without 09 the shop loses the nine others; 11 stays alone: 36 of 45 pairs of the others.
    assert "36 dari 45" in seen
    assert "Tanpa dia, 9 pasang orang lain terputus." in seen
    member = text(client_of("member"), "penghubung/")
    assert "<td" not in member or "tanpa nama" not in member.split("<table")[1]
    assert "Satu-satunya jalan" not in member
    paper = text(client_of("field_officer"), "peta/cetak/")
    assert "siapkan jembatan kedua" in paper
    assert "<svg" in paper
    assert "style=" not in paper


def test_too_few_answers_leave_only_what_others_say(
    community: Community, client_of: Callable[[str], Client]
) -> None:
    fill(community, answered=5)  # 42 %
    store(community.pk)
    keeper = client_of("secretary")
    seen = text(keeper, "peta/")
    assert "Kurang dari 7 dari 10 orang menjawab" in seen
    assert "5 dari 12 yang ditanya menjawab (42%)" in seen
    assert "Rata-rata ikatan" not in seen
    assert 'value="contacts"' not in seen
    assert "36 dari 45" not in text(keeper, "penghubung/")
    assert "masih terlalu sedikit untuk mengatakan siapa" in text(keeper, "penghubung/")
    # 11 is silent, so that nothing is said of their having no ties.
    assert "Orang 11" not in text(keeper, "belum-terhubung/")
    head = keeper.get(BASE + "peta/unduh/pelaku/").content.decode().splitlines()[0]
    assert "named_by" in head
    assert "contacts" not in head


def test_members_see_their_own_ties_only(drawn: Community, make_member: Callable[..., Any]) -> None:
    user = make_member(drawn, "member")
    with scope(community=drawn):
        user.memberships.update(actor=Actor.objects.get(public_id="o01"))
    client = Client()
    client.force_login(user)
    seen = text(client, "")
    assert "Orang 00" in seen  # named by 01, and agreed
    assert "Orang 02" not in seen
    assert "1 orang yang belum setuju disebut namanya" in seen
    assert "Yang menyebut Anda: 1." in seen
    assert "Orang" not in text(client, "peta/").replace("Orang Rekaan", "")


def test_nothing_of_a_round_that_is_still_open(
    community: Community, client_of: Callable[[str], Client]
) -> None:
    fill(community, closed=False)
    store(community.pk)
    for address in (*PAGES, "belum-terhubung/"):
        assert "Belum ada putaran jejaring yang ditutup." in text(client_of("secretary"), address)
    assert client_of("secretary").get(BASE + "peta/unduh/svg/").status_code == 404


def test_without_a_round_nobody_waits_for_a_map(
    community: Community, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    for address in (*PAGES, "belum-terhubung/"):
        seen = text(client, address)
        assert "Belum ada putaran jejaring yang ditutup." in seen, address
        assert "Peta sedang digambar" not in seen
    # Just closed, drawn before it was: it is being drawn, not missing.
    store(community.pk)
    fill(community)
    Community.objects.filter(pk=community.pk).update(data_version=community.data_version + 1)
    seen = text(client, "peta/")
    assert "Belum ada putaran" not in seen
    assert "hx-get" in seen


def test_before_the_worker_was_there_the_page_waits(
    community: Community, client_of: Callable[[str], Client]
) -> None:
    fill(community)
    seen = text(client_of("member"), "peta/")
    assert "Peta sedang digambar untuk pertama kali" in seen
    assert "hx-get" in seen


def test_fewer_than_five_are_not_shown_to_members(
    community: Community, client_of: Callable[[str], Client]
) -> None:
    fill(community)
    four = ["o00", "o01", "o02", "o03", "o10"]  # and a shop
    with scope(community=community):
        RosterEntry.objects.exclude(actor__public_id__in=four).delete()
    store(community.pk)
    assert "data-map " not in text(client_of("member"), "peta/")
    assert "data-map " in text(client_of("secretary"), "peta/")


def test_of_fewer_than_five_answers_nobody_sees_a_line(
    community: Community, client_of: Callable[[str], Client]
) -> None:
    """Who keeps the records knows who has answered: lines of one would be that one's answer."""
    fill(community, answered=1, ties=[(0, 1, "information"), (0, 5, "support")])
    with scope(community=community):
        Actor.objects.filter(public_id="o00").update(sector="warga")
    store(community.pk)
    for role in ("secretary", "member", "administrator"):
        client = client_of(role)
        for address in ("", *PAGES, "belum-terhubung/"):
            answer = client.get(BASE + address)
            if role == "member" and address == "belum-terhubung/":
                continue
            seen = answer.content.decode().split("<main")[1]
            assert "Kurang dari lima orang menjawab" in seen, (role, address)
            assert "data-map " not in seen
            assert "<table" not in seen
        for form in FORMS:
            assert client.get(f"{BASE}peta/unduh/{form}/").status_code == 404
        seen = text(client, "pertukaran/")
        assert "Kurang dari lima orang menjawab" in seen
        assert "1–4" not in seen
        assert "maupun menurut cerita" not in seen
        seen = text(client, "putaran/pj1/").split("<main")[1]
        assert "Informasi" not in seen.title()
    # What work put on record is on record whoever answered.
    with scope(community=community):
        Tie.objects.update(origin="work")
    Community.objects.filter(pk=community.pk).update(data_version=community.data_version + 1)
    store(community.pk)
    assert "data-map " in text(client_of("secretary"), "peta/")


def test_wave_relation_and_measure_of_the_address(
    drawn: Community, client_of: Callable[[str], Client]
) -> None:
    fill(drawn, wave=2, ties=[(0, 10, "support")])
    Community.objects.filter(pk=drawn.pk).update(data_version=drawn.data_version + 1)
    store(drawn.pk)
    client = client_of("secretary")
    assert "peta dengan 12" not in text(client, "peta/").lower()
    assert text(client, "peta/").count("data-tie=") == 1
    assert text(client, "peta/?gelombang=1").count("data-tie=") == 11
    assert text(client, "peta/?gelombang=1&hubungan=support").count("data-tie=") == 4
    # What is not there gives way.
    odd = "peta/?gelombang=99&hubungan=x&ukuran=%00&asal=y"
    assert text(client, odd).count("data-tie=") == 1
    assert "Dari 10 ikatan" in text(client, "")


def test_files_are_what_the_page_shows_and_others_read_them(
    drawn: Community, client_of: Callable[[str], Client], tmp_path: Any
) -> None:
    client = client_of("secretary")
    query = "?gelombang=1&hubungan=information"
    files = {}
    for form, name in (("ikatan", "t.csv"), ("pelaku", "a.csv"), ("graphml", "n.graphml"),
                       ("gexf", "n.gexf")):  # fmt: skip
        answer = client.get(f"{BASE}peta/unduh/{form}/{query}")
        assert answer.status_code == 200
        assert "no-store" in answer.headers["Cache-Control"]
        files[form] = tmp_path / name
        files[form].write_bytes(answer.content)
        assert b"NaN" not in answer.content
        assert b"True" not in answer.content
    graph = read_graph(files["graphml"])
    # Undirected for who may not see who named whom: 0-1 told by both is one tie.
    assert not graph.directed
    assert len(graph.ids) == 12
    assert len(graph.ties) == 5
    assert set(graph.columns["relation"]) == {"information"}
    for other in (
        read_graph(files["gexf"]),
        read_graph(files["ikatan"], files["pelaku"], directed=False),
    ):
        columns = dict(other.columns)
        # A table cannot say by itself which way it is meant: a column does.
        assert set(columns.pop("directed", ("false",))) == {"false"}
        assert (other.ids, other.ties, columns) == (graph.ids, graph.ties, dict(graph.columns))
        assert dict(other.actors) == dict(graph.actors)
    ours = igraph.Graph.Read_GraphML(str(files["graphml"]))
    assert (ours.vcount(), ours.ecount(), ours.is_directed()) == (12, 5, False)
    assert set(ours.vs["answered"]) == {True}
    theirs = nx.read_graphml(files["graphml"])
    assert all(isinstance(node, str) for node in theirs)
    assert theirs.number_of_edges() == 5
    assert nx.read_gexf(files["gexf"]).number_of_nodes() == 12
    # Who did not agree has no name and no id of the register in any file.
    for form, file in files.items():
        content = file.read_text()
        assert "Orang 02" not in content
        assert "o02" not in content
        assert stand_in("o02") in content
        assert ("o00" if form == "ikatan" else "Orang 00") in content
    assert AuditEntry.objects.filter(action="network.download").count() == 4


def test_no_order_tells_who_stands_between_two_names(
    drawn: Community, client_of: Callable[[str], Client], tmp_path: Any
) -> None:
    """Codes of who agreed are shown: in their order who did not would be the one in between."""
    keeper = client_of("secretary")
    secret = sorted(stand_in(f"o{n:02}") for n in range(12))
    for form, name in (("pelaku", "a.csv"), ("graphml", "n.graphml"), ("gexf", "n.gexf")):
        file = tmp_path / name
        file.write_bytes(keeper.get(f"{BASE}peta/unduh/{form}/").content)
        ids = (
            [line.split(",")[0] for line in file.read_text("utf-8-sig").splitlines()[1:]]
            if form == "pelaku"
            else list(read_graph(file).ids)
        )
        assert [x if x.startswith("x") else stand_in(x) for x in ids] == secret, form
    # The same on the page, where marks are numbered.
    said = dict(
        re.findall(r'data-node="(\d+)" data-said="(Orang \d\d|Toko Mawar)', text(keeper, "peta/"))
    )
    codes = {"Toko Mawar": "o10"} | {f"Orang {n:02}": f"o{n:02}" for n in range(12)}
    assert len(said) == len(CONSENTED) + 1
    assert {int(i): stand_in(codes[name]) for i, name in said.items()} == {
        int(i): secret[int(i)] for i in said
    }


def test_administrators_get_who_named_whom_and_researchers_no_names(
    drawn: Community, client_of: Callable[[str], Client], tmp_path: Any
) -> None:
    file = tmp_path / "n.graphml"
    file.write_bytes(client_of("administrator").get(BASE + "peta/unduh/graphml/").content)
    graph = read_graph(file)
    assert graph.directed
    assert len(graph.ties) == 12
    assert client_of("member").get(BASE + "peta/unduh/graphml/").status_code == 404
    assert client_of("researcher").get(BASE + "peta/unduh/graphml/").status_code == 404
    Community.objects.filter(pk=drawn.pk).update(researcher_mode=True)
    content = client_of("researcher").get(BASE + "peta/unduh/graphml/").content.decode()
    assert "Orang" not in content
    assert "o00" not in content
    assert 'edgedefault="undirected"' in content


def test_the_drawing_and_the_picture_are_the_map_of_the_page(
    drawn: Community, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    page = text(client, "peta/?ukuran=named")
    svg = client.get(BASE + "peta/unduh/svg/?ukuran=named").content.decode()
    shapes = [s.split("data-said=")[1].split(">", 1)[1] for s in page.split("<g data-node=")[1:]]
    for shape in shapes:
        assert shape.split("</g>")[0] in svg
    assert "Orang 00" in svg
    assert "data-" not in svg
    # A file has no page around it: what marks mean, and how many answered, stand below.
    for words in ("Pokja", "Warga", "Swasta", "berlubang: belum ada ikatan yang diketahui",
                  "berlingkar: menyambung sektor", "Makin tebal: makin banyak jenis",
                  "12 dari 12 yang ditanya menjawab"):  # fmt: skip
        assert f">{words}" in svg
    image = Image.open(io.BytesIO(client.get(BASE + "peta/unduh/png/?ukuran=named").content))
    assert image.width == 1680
    assert 1360 < image.height < 2000
    seen = {colour for _, colour in image.getcolors(1_000_000) or ()}
    assert {(22, 38, 79), (160, 31, 58), (122, 74, 30)} <= seen  # pokja, warga, swasta


def test_names_read_are_on_record_and_reads_are_few(
    drawn: Community, client_of: Callable[[str], Client]
) -> None:
    client = client_of("secretary")
    text(client, "peta/")
    entry = AuditEntry.objects.get(action="network.read")
    assert entry.details == {"page": "map", "rows": len(CONSENTED)}
    with CaptureQueriesContext(connection) as queries:
        text(client, "peta/")
    assert len(queries) == 7
    text(client_of("member"), "peta/")
    assert AuditEntry.objects.filter(action="network.read").count() == 2


def test_what_is_stored_is_kept_until_the_records_change(drawn: Community) -> None:
    with scope(community=drawn):
        first = StoredPictures.objects.get()
        made = first.made_at
    again = store(drawn.pk)
    assert again is not None
    assert again.made_at == made
    Community.objects.filter(pk=drawn.pk).update(data_version=drawn.data_version + 1)
    newer = store(drawn.pk)
    assert newer is not None
    assert newer.made_at > made
    assert store(0) is None
