"""Rounds of ties: asked by link, hidden until closed; who may be named, who sees what."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from zoneinfo import ZoneInfo

import pytest
from django.core.cache import cache
from django.test import Client
from django_scopes import scope

from satuhati.text import translator
from satuhati.web.answers.actions import make_links
from satuhati.web.answers.links import token_of
from satuhati.web.audit.models import AuditEntry
from satuhati.web.meetings.models import FollowUp, FollowUpPartner
from satuhati.web.networks.actions import (
    AlreadyOpenError,
    NobodyAnsweredError,
    RoundClosedError,
    ask_ties,
    close_ties,
    drop_ties,
    say_ties,
)
from satuhati.web.networks.erasing import erase_ties
from satuhati.web.networks.models import (
    RosterEntry,
    Tie,
    TieAnswer,
    TieAsking,
    TieName,
    TieNomination,
    TieRound,
)
from satuhati.web.networks.naming import read
from satuhati.web.networks.queries import (
    get_own_ties_for,
    get_released_for,
    pseudonym,
    shown_names,
)
from satuhati.web.networks.work import get_exchanges_for
from satuhati.web.planning.models import Activity, ActivityPartner
from satuhati.web.profile.snapshots import make_snapshot
from satuhati.web.register.consent_actions import give_consent, withdraw_consent
from satuhati.web.register.models import Actor, Area, Consent, Post, Term
from satuhati.web.tenancy.models import Community
from satuhati.web.tenancy.who import NotAllowedError, Who

TODAY = dt.datetime.now(ZoneInfo("Asia/Jakarta")).date()
WEEK = dt.timedelta(days=7)
BASE = "/k/melati/jejaring/"
NAMES = ["Aminah Contoh", "Budi Misal", "Citra Andai", "Dedi Umpama", "Eka Ibarat", "Fajar Upama",
         "Gita Laksana", "Hadi Serupa", "Indah Seumpama", "Joko Seandainya", "Kiki Bagai",
         "Lina Laksmi"]  # fmt: skip


@pytest.fixture
def keeper(by: Callable[..., Who], community: Community) -> Who:
    """Twelve members in three sectors, two organisations, and one resident without a post."""
    who = by("secretary", name="Sekar Contoh")
    cache.clear()
    with scope(community=community):
        for n, name in enumerate(NAMES, 1):
            actor = Actor.objects.create(
                community=community, public_id=f"a{n}", name=name, kind="person",
                sector=("pokja", "warga", "pemerintah")[n % 3],
            )  # fmt: skip
            post = Post.objects.create(
                community=community, public_id=f"j{n}", name=f"Jabatan {n}", kind="member"
            )
            Term.objects.create(
                community=community, public_id=f"m{n}", post=post, actor=actor, start=TODAY
            )
        Actor.objects.create(community=community, public_id="g1", name="Puskesmas Contoh",
                             kind="organization", sector="pemerintah")  # fmt: skip
        Actor.objects.create(community=community, public_id="g2", name="PKK Contoh",
                             kind="organization", sector="lembaga")  # fmt: skip
        Actor.objects.create(community=community, public_id="w1", name="Wati Warga",
                             kind="person", sector="warga")  # fmt: skip
    return who


@pytest.fixture
def asking(keeper: Who, community: Community) -> TieAsking:
    with scope(community=community):
        people = Actor.objects.filter(public_id__startswith="a")
        return ask_ties(by=keeper, people=people, closes_on=TODAY + WEEK, on=TODAY)


def actor(code: str) -> Actor:
    found: Actor = Actor.objects.get(public_id=code)
    return found


def link(keeper: Who, community: Community, code: str) -> str:
    with scope(community=community):
        one = actor(code)
        return f"/j/{token_of(make_links(by=keeper, actors=[one])[one.pk])}/"


def say(keeper: Who, asking: TieAsking, code: str, shown: bool = True, **named: list[str]) -> None:
    """By this person's own link."""
    with scope(community=asking.community):
        one = actor(code)
        given = make_links(by=keeper, actors=[one])[one.pk]
        names = {question: [actor(c) for c in codes] for question, codes in named.items()}
        who = Who(None, "resident", asking.community)
        say_ties(by=who, round=asking.round, actor=one, names=names, shown=shown, link=given)


def close(keeper: Who, asking: TieAsking) -> TieRound:
    with scope(community=asking.community):
        close_ties(by=keeper, round=asking.round, on=TODAY)
        found: TieRound = TieRound.objects.get(pk=asking.round.pk)
        return found


# -- answering by link ----------------------------------------------------------------------------


def test_a_person_answers_by_link_and_the_last_answer_counts(
    keeper: Who, asking: TieAsking, community: Community, client: Client
) -> None:
    there = link(keeper, community, "a1")
    assert "Siapa andalan Anda sehari-hari?" in client.get(there).content.decode()
    page = client.get(there + "jejaring/").content.decode()
    assert "Siapa yang biasa menguatkan Anda?" in page
    sent = {
        "information": "Ibu Citra Andai\nbudi misal\nBudi Misal",
        "support": "Wati Warga",
        "goto": "puskesmas",
        "spreads": "Wati Warga",
        "shown": "yes",
    }
    response = client.post(there + "jejaring/", sent)
    assert response.status_code == 302
    assert response.headers["Location"].endswith("?tersimpan=1")
    with scope(community=community):
        said = set(TieName.objects.values_list("question", "actor__public_id"))
        assert said == {
            ("information", "a3"), ("information", "a2"), ("support", "w1"), ("goto", "g1"),
            ("spreads", "w1"),
        }  # fmt: skip
        consent = Consent.objects.get(strand="ties")
        assert (consent.actor.public_id, consent.withdrawn_on) == ("a1", None)
        assert AuditEntry.objects.get(action="ties.say").role == "resident"
    # A second phone: the whole answer is replaced, and nothing of the first is shown there.
    again = client.get(there + "jejaring/").content.decode()
    assert "Anda sudah menjawab" in again
    assert "Wati Warga" not in again
    client.post(there + "jejaring/", {"resources": "Dedi Umpama", "shown": "no"})
    with scope(community=community):
        assert TieAnswer.objects.count() == 1
        assert list(TieName.objects.values_list("question", "actor__public_id")) == [
            ("resources", "a4")
        ]
        assert Consent.objects.get(strand="ties").withdrawn_on is not None, "the name stays hidden"


@pytest.mark.parametrize(
    ("sent", "told"),
    [
        ({"information": "Tidak Ada"}, "tidak ditemukan"),
        ({"information": "Aminah Contoh"}, "Itu Anda sendiri"),
        ({"support": "\n".join(NAMES[1:7])}, "Paling banyak 5 nama"),
        ({"goto": "Budi Misal"}, "tidak ditemukan"),
        ({"moves": "Puskesmas Contoh"}, "tidak ditemukan"),
        ({"information": "Orang Kenanga"}, "tidak ditemukan"),
        ({"information": "Sari Sama"}, "tidak ditemukan"),
        ({"information": "Wati"}, "tidak ditemukan"),
        ({"information": "Budi Misal", "shown": ""}, "Pilih dulu"),
        ({"information": "Budi Misal", "shown": "maybe"}, "Pilih dulu"),
    ],
)
def test_bad_answers_get_one_clear_message_and_keep_what_was_written(
    keeper: Who, asking: TieAsking, community: Community, elsewhere: Community, client: Client,
    sent: dict[str, str], told: str,
) -> None:  # fmt: skip
    Actor.objects.create(
        community=elsewhere, public_id="k1", name="Orang Kenanga", kind="person", sector="warga"
    )
    with scope(community=community):
        for n in (1, 2):
            Actor.objects.create(community=community, public_id=f"s{n}", name="Sari Sama",
                                 kind="person", sector="warga")  # fmt: skip
    there = link(keeper, community, "a1") + "jejaring/"
    response = client.post(there, {"shown": "yes", **sent})
    text = response.content.decode()
    assert response.status_code == 400
    assert told in text
    typed = next(v for k, v in sent.items() if k != "shown").splitlines()[0]
    assert typed in text.split("<textarea", 1)[1], "what was written is still there"
    with scope(community=community):
        assert not TieAnswer.objects.exists()
        assert not Consent.objects.exists()


def test_names_that_are_not_found_may_be_left_out(
    keeper: Who, asking: TieAsking, community: Community, client: Client
) -> None:
    there = link(keeper, community, "a1") + "jejaring/"
    sent = {"shown": "yes", "information": "Tidak Ada\nBudi Misal"}
    assert 'name="drop"' in client.post(there, sent).content.decode()
    assert client.post(there, {**sent, "drop": "1"}).status_code == 302
    with scope(community=community):
        assert TieName.objects.get().actor.public_id == "a2"


def test_two_of_one_name_are_told_apart_by_their_rt(keeper: Who, community: Community) -> None:
    t = translator("id")
    with scope(community=community):
        for n in (3, 4):
            area = Area.objects.create(
                community=community, public_id=f"w0{n}", name=f"RT 0{n}/RW 05", level="rt"
            )
            Actor.objects.create(community=community, public_id=f"s{n}", name="Sari Sama",
                                 kind="person", sector="warga", area=area)  # fmt: skip
        sheet = read(keeper, actor("a1"), {"support": "Bu Sari Sama, RT 04"}, t)
        assert [one.public_id for one in sheet.names["support"]] == ["s4"]
        assert read(keeper, actor("a1"), {"support": "Sari Sama"}, t).unknown == 1


def test_the_page_offers_no_more_than_posts_and_organisations(
    keeper: Who, asking: TieAsking, community: Community, client: Client
) -> None:
    page = client.get(link(keeper, community, "a1") + "jejaring/").content.decode()
    assert "Budi Misal" in page
    assert "PKK Contoh" in page
    assert "Wati Warga" not in page, "no post: not even as a suggestion"
    assert "Aminah Contoh" not in page


def test_trying_out_names_ends_after_a_while(
    keeper: Who, asking: TieAsking, community: Community, client: Client
) -> None:
    there = link(keeper, community, "a1") + "jejaring/"
    statuses = [
        client.post(there, {"shown": "yes", "information": "\n".join(f"Coba {i}{n}" for n in
                    range(10))}).status_code for i in range(6)
    ]  # fmt: skip
    assert statuses == [400, 400, 400, 400, 429, 429]


def test_who_is_not_asked_or_comes_late_is_told(
    keeper: Who, asking: TieAsking, community: Community, client: Client
) -> None:
    other = link(keeper, community, "w1")
    assert "Siapa andalan Anda sehari-hari?" not in client.get(other).content.decode()
    said = client.post(other + "jejaring/", {"shown": "yes"}, follow=True).content.decode()
    assert "sudah ditutup" in said
    with scope(community=community):
        TieAsking.objects.update(closes_on=TODAY - dt.timedelta(days=2))
    there = link(keeper, community, "a1") + "jejaring/"
    response = client.post(there, {"shown": "yes", "support": "Budi Misal"})
    assert "tersimpan" in response.headers["Location"], "the phone need not keep it any longer"
    with scope(community=community):
        assert not TieAnswer.objects.exists()
    with pytest.raises(RoundClosedError):
        say(keeper, asking, "a1", support=["a2"])


def test_nobody_answers_for_somebody_else(keeper: Who, asking: TieAsking) -> None:
    """Not even the secretary: this is no attendance list."""
    with scope(community=asking.community), pytest.raises(NotAllowedError):
        say_ties(by=keeper, round=asking.round, actor=actor("a1"), names={}, shown=True)


# -- hidden until closed, then ties ---------------------------------------------------------------


def test_what_was_said_is_hidden_and_becomes_ties_on_closing(
    keeper: Who, asking: TieAsking, community: Community, client: Client
) -> None:
    say(keeper, asking, "a1", information=["a2", "w1"], goto=["g1"], spreads=["w1"])
    say(keeper, asking, "a2", support=["a1"], goto=["g1"], spreads=["w1", "a3"])
    client.force_login(keeper.user)
    there = f"{BASE}putaran/{asking.round.public_id}/"
    page = client.get(there).content.decode()
    assert "2 dari 12 sudah menjawab." in page
    assert "Wati Warga" not in page
    assert "Puskesmas" not in page
    with scope(community=community):
        assert get_released_for(keeper, asking.round) is None
        assert not Tie.objects.exists()
    response = client.post(there + "tutup/", follow=True).content.decode()
    assert "2 dari 12 menjawab." in response
    assert "Kurang dari tujuh dari sepuluh" in response
    with scope(community=community):
        ties = set(Tie.objects.values_list(
            "source__public_id", "target__public_id", "relation", "origin"))  # fmt: skip
        assert ties == {
            ("a1", "a2", "information", "reported"), ("a1", "w1", "information", "reported"),
            ("a1", "g1", "goto", "reported"), ("a2", "a1", "support", "reported"),
            ("a2", "g1", "goto", "reported"),
        }  # fmt: skip
        answered = RosterEntry.objects.filter(responded=True)
        assert set(answered.values_list("actor__public_id", flat=True)) == {"a1", "a2"}
        assert not TieAnswer.objects.exists(), "answers are not kept beside the ties"
        assert dict(TieNomination.objects.values_list("actor__public_id", "count")) == {
            "w1": 2, "a3": 1, "g1": 2}  # fmt: skip
        assert TieRound.objects.get().closed_on == TODAY
    assert "sudah menutup putaran" in client.post(there + "tutup/", follow=True).content.decode()


def test_one_round_at_a_time_and_none_without_answers(
    keeper: Who, asking: TieAsking, community: Community
) -> None:
    with scope(community=community):
        with pytest.raises(AlreadyOpenError):
            ask_ties(by=keeper, people=[actor("a1")], closes_on=TODAY + WEEK, on=TODAY)
        with pytest.raises(NobodyAnsweredError):
            close_ties(by=keeper, round=asking.round, on=TODAY)
        assert TieRound.objects.get().closed_on is None
        drop_ties(by=keeper, round=asking.round)
        assert not RosterEntry.objects.exists()
        again = ask_ties(by=keeper, people=[actor("a1")], closes_on=TODAY + WEEK, on=TODAY)
    say(keeper, again, "a1", support=["a2"])
    close(keeper, again)
    with scope(community=community), pytest.raises(RoundClosedError):
        drop_ties(by=keeper, round=again.round)


def all_answer(keeper: Who, asking: TieAsking, n: int) -> None:
    """A ring: each of the first ``n`` turns to the next for everything, and to the Puskesmas."""
    for i in range(1, n + 1):
        following = [f"a{i % 12 + 1}"]
        say(keeper, asking, f"a{i}", shown=i != 2, information=following, support=following,
            resources=following, goto=["g1"], spreads=["w1", "a2", "a3"])  # fmt: skip


def piece(community: Community, measure: str) -> dict[str, object]:
    community.refresh_from_db()
    made = make_snapshot(community.pk)
    assert made is not None
    profile = made.payload["profile"]
    for cell in (*profile["components"], *profile["functions"]):
        for one in cell["evidence"]:
            if one["measure"] == measure:
                return dict(one)
    raise AssertionError(measure)


def test_the_profile_rises_with_the_next_snapshot(
    keeper: Who, asking: TieAsking, community: Community
) -> None:
    with scope(community=community):
        before = piece(community, "goto_organizations")
    assert before["status"] == "none"
    all_answer(keeper, asking, 12)
    with scope(community=community):
        assert piece(community, "goto_organizations")["status"] == "none", "still hidden"
    close(keeper, asking)
    with scope(community=community):
        trust, pairs = piece(community, "goto_organizations"), piece(
            community, "sector_pairs_information")  # fmt: skip
    assert trust["status"] == "ok"
    assert trust["n"] == 12
    assert pairs["raw"] is not None


def test_under_seven_of_ten_the_profile_says_not_enough(
    keeper: Who, asking: TieAsking, community: Community
) -> None:
    all_answer(keeper, asking, 8)
    close(keeper, asking)
    with scope(community=community):
        assert piece(community, "sector_pairs_information")["status"] == "not enough"


# -- who may be named -----------------------------------------------------------------------------


def test_only_who_agreed_is_named(
    keeper: Who, asking: TieAsking, community: Community, client: Client,
    client_of: Callable[[str], Client],
) -> None:  # fmt: skip
    all_answer(keeper, asking, 12)
    round_ = close(keeper, asking)
    with scope(community=community):
        names = shown_names(Actor.objects.all())
        hidden, agreed, house = actor("a2"), actor("a3"), actor("g1")
        assert names[hidden.pk] is None
        assert names[agreed.pk] == "Citra Andai"
        assert names[house.pk] == "Puskesmas Contoh"
        alias = pseudonym(actor("w1").pk)
        released = get_released_for(keeper, round_)
        assert released is not None
        assert released.trust == [("Puskesmas Contoh", 12)]
    there = f"{BASE}putaran/{round_.public_id}/"
    for role in ("member", "secretary", "field_officer", "administrator"):
        page = client_of(role).get(there).content.decode()
        assert "Citra Andai" in page
        assert "Wati Warga" not in page, role
        assert "Budi Misal" not in page, role
        assert alias in page
        # As a word: a token of the form may hold these two letters anywhere.
        shown = page.split("<main")[1]
        assert not re.search(r"\bw1\b", shown), "the register's code would give the name away"
    for role in ("overseer", "researcher", "resident"):
        assert client_of(role).get(there).status_code != 200


def test_few_answers_release_nothing_about_trust(
    keeper: Who, asking: TieAsking, community: Community
) -> None:
    all_answer(keeper, asking, 4)
    with scope(community=community):
        released = get_released_for(keeper, close(keeper, asking))
    assert released is not None
    assert released.withheld
    assert (released.trust, released.pointed) == ([], {})


def test_rows_behind_a_figure_name_nobody_who_did_not_agree(
    keeper: Who, asking: TieAsking, community: Community, by: Callable[..., Who]
) -> None:
    from satuhati.web.profile.queries import get_rows_for, ids_open_to, is_open

    all_answer(keeper, asking, 12)
    close(keeper, asking)
    with scope(community=community):
        admin, t = by("administrator"), translator("id")
        ids = list(Tie.objects.values_list("public_id", flat=True))
        trust = set(Tie.objects.filter(relation="goto").values_list("public_id", flat=True))
        assert not is_open(keeper, "ties")
        shown = ids_open_to(admin, "ties", ids)
        assert shown
        assert not trust & set(shown), "trust is released as a whole, never row by row"
        text = str(get_rows_for(admin, "ties", ids, t).rows)
        assert "Budi Misal" not in text
        assert "Citra Andai" in text
        rows = list(RosterEntry.objects.values_list("public_id", flat=True))
        assert "Budi Misal" not in str(get_rows_for(admin, "roster", rows, t).rows)


def test_a_withdrawn_consent_takes_the_ties_out(
    keeper: Who, asking: TieAsking, community: Community
) -> None:
    all_answer(keeper, asking, 12)
    close(keeper, asking)
    with scope(community=community):
        one = actor("a3")
        give_consent(by=keeper, actor=one, strand="photos", on=TODAY)
        withdraw_consent(by=keeper, actor=one, strand="photos", on=TODAY)
        assert Tie.objects.filter(source=one).exists(), "another purpose leaves ties alone"
        others = Tie.objects.exclude(source=one).exclude(target=one).count()
        withdraw_consent(by=keeper, actor=one, strand="ties", on=TODAY)
        assert not Tie.objects.filter(source=one).exists()
        assert not Tie.objects.filter(target=one).exists()
        assert not TieNomination.objects.filter(actor=one).exists()
        assert not RosterEntry.objects.get(actor=one).responded, "missing, not without ties"
        assert Tie.objects.count() == others


def test_an_alter_who_never_agreed_can_be_taken_out(
    keeper: Who, asking: TieAsking, community: Community, client: Client, by: Callable[..., Who]
) -> None:
    say(keeper, asking, "a1", support=["w1", "a2"])
    say(keeper, asking, "a2", support=["a3"])
    client.force_login(keeper.user)
    told = client.post(BASE + "putaran/keluarkan/", {"person": "Wati Warga"}, follow=True)
    assert "Sudah dikeluarkan" in told.content.decode()
    close(keeper, asking)
    with scope(community=community):
        assert not Tie.objects.filter(target=actor("w1")).exists()
        assert Tie.objects.count() == 2
        with pytest.raises(NotAllowedError):
            erase_ties(by=by("member"), actor=actor("a3"))


# -- one's own, and nobody else's -----------------------------------------------------------------


def test_members_see_whom_they_named_and_nothing_else(
    keeper: Who, community: Community, by: Callable[..., Who], client: Client
) -> None:
    member = by("member", name="Maya Anggota")
    assert member.membership is not None
    with scope(community=community):
        mine = member.membership.actor
        people = [*Actor.objects.filter(public_id__startswith="a"), mine]
        asking = ask_ties(by=keeper, people=people, closes_on=TODAY + WEEK, on=TODAY)
    client.force_login(member.user)
    sent = {"shown": "yes", "support": "Budi Misal"}
    assert client.post(BASE + "putaran/jawab/", sent).status_code == 302
    with scope(community=community):
        say(keeper, asking, "a3", support=[mine.public_id])
    assert "Budi Misal" not in client.get(BASE + "saya/").content.decode(), "not while it is open"
    close(keeper, asking)
    page = client.get(BASE + "saya/").content.decode()
    assert "Budi Misal" not in page, "who has not agreed is not named here either"
    assert "1 orang yang belum setuju disebut namanya" in page
    with scope(community=community):
        give_consent(by=keeper, actor=actor("a2"), strand="ties", on=TODAY)
    page = client.get(BASE + "saya/").content.decode()
    assert "Budi Misal" in page
    assert "Citra Andai" not in page, "who named one is shown to nobody"
    with scope(community=community):
        assert get_own_ties_for(keeper) == []
    client.post(BASE + "putaran/keluarkan/", {"who": "me"})
    assert "Budi Misal" not in client.get(BASE + "saya/").content.decode()
    assert client.post(BASE + "putaran/keluarkan/", {"person": "Budi Misal"}).status_code == 404


def test_members_do_not_arrange_and_outsiders_find_nothing(
    asking: TieAsking, client_of: Callable[[str], Client], outsider: Client
) -> None:
    code = asking.round.public_id
    member = client_of("member")
    assert member.get(f"{BASE}putaran/{code}/").status_code == 404, "who answered is the keepers'"
    for path in (f"putaran/{code}/tutup/", f"putaran/{code}/hapus/", "putaran/baru/"):
        assert member.post(BASE + path).status_code == 404
    for path in ("putaran/", f"putaran/{code}/", "saya/", "pertukaran/", "putaran/jawab/"):
        assert outsider.get(BASE + path).status_code == 404


# -- exchange from ordinary work ------------------------------------------------------------------


def work(community: Community, days: int = 10) -> None:
    """Budi (pemerintah) helped Aminah (warga) twice with news; Citra helped herself; a promise."""
    done = TODAY - dt.timedelta(days=days)
    for n in (1, 2, 3):
        followup = FollowUp.objects.create(
            community=community, public_id=f"t{n}", text="Contoh", owner=actor("a1"),
            agreed_on=done, done_on=done,
        )  # fmt: skip
        kept = {"community": community, "followup": followup, "role": "helps"}
        if n < 3:
            FollowUpPartner.objects.create(**kept, public_id=f"p{n}", actor=actor("a2"),
                                           exchange="information", delivered=True)  # fmt: skip
        FollowUpPartner.objects.create(**kept, public_id=f"q{n}", actor=actor("a1"),
                                       exchange="support", delivered=True)  # fmt: skip
        FollowUpPartner.objects.create(**kept, public_id=f"r{n}", actor=actor("a3"),
                                       exchange="resources", delivered=False)  # fmt: skip
    activity = Activity.objects.create(
        community=community, public_id="k1", name="Posyandu", planned_for=done, done_on=done
    )
    for n, code in enumerate(("g1", "g2")):
        ActivityPartner.objects.create(community=community, public_id=f"ap{n}", activity=activity,
                                       sector=actor(code).sector, actor=actor(code))  # fmt: skip


def test_exchange_from_work_becomes_ties_of_its_own_origin(
    keeper: Who, asking: TieAsking, community: Community
) -> None:
    with scope(community=community):
        work(community)
    say(keeper, asking, "a1", information=["a2"])
    close(keeper, asking)
    with scope(community=community):
        made = set(Tie.objects.filter(origin="work").values_list(
            "source__public_id", "target__public_id", "relation", "weight"))  # fmt: skip
        assert made == {
            ("a2", "a1", "information", 2.0),
            ("g1", "g2", "collaboration", 1.0), ("g2", "g1", "collaboration", 1.0),
        }  # fmt: skip
        assert Tie.objects.get(origin="reported").source.public_id == "a1"
        # What is older than the last round is not counted again.
        again = ask_ties(by=keeper, people=[actor("a1")], closes_on=TODAY + WEEK, on=TODAY)
        say(keeper, again, "a1", information=["a2"])
        close_ties(by=keeper, round=again.round, on=TODAY + dt.timedelta(days=1))
        assert not Tie.objects.filter(round=again.round, origin="work").exists()


def test_recorded_and_reported_exchange_stand_side_by_side(
    keeper: Who, asking: TieAsking, community: Community, client: Client
) -> None:
    with scope(community=community):
        work(community)
    say(keeper, asking, "a1", information=["a2"], support=["a3"])
    for n in range(2, 6):  # with four answers what was told would not be shown
        say(keeper, asking, f"a{n}")
    close(keeper, asking)
    with scope(community=community):
        found = get_exchanges_for(keeper, TODAY)
        giver, receiver = actor("a2").sector, actor("a1").sector
        third = actor("a3").sector
    kinds = {k.relation: k for k in found.kinds}
    assert kinds["information"].recorded == {(giver, receiver): 2}
    assert kinds["information"].reported == {(giver, receiver): 1}, "from who gives to who gets"
    assert (kinds["information"].both, kinds["information"].only_reported) == (1, 0)
    assert kinds["support"].recorded == {}
    assert kinds["support"].reported == {(third, receiver): 1}
    assert (kinds["support"].both, kinds["support"].only_reported) == (0, 1)
    assert kinds["resources"].recorded == {}, "what was not delivered is no exchange"
    assert found.joint[("lembaga", "pemerintah")] == 1
    client.force_login(keeper.user)
    page = client.get(BASE + "pertukaran/").content.decode()
    assert "2 bantuan tercatat" in page
    assert "1–4" in page, "few reported ties are not counted out"
    for name in NAMES:
        assert name not in page
