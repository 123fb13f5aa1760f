"""Single measures on records whose answer is known by counting."""

from __future__ import annotations

from datetime import date

import pytest
from profile_records import AS_OF, MEMBERS, POSTS, TERMS, attendance, community, meetings, piece

from satuhati.core.profile.assemble import dossier


def followup(i, **row):
    return {"id": f"f{i}", "text": "t", "owner": "p5", "agreed_on": date(2026, 1, 1),
            "due": date(2026, 2, 1)} | row  # fmt: skip


def test_late_is_not_in_time_and_not_yet_due_does_not_count():
    rows = [followup(i, done_on=date(2026, 1, 20)) for i in range(30)]
    rows += [followup(30 + i, done_on=date(2026, 3, 1)) for i in range(15)]
    rows += [followup(45 + i) for i in range(15)]
    rows += [followup(60 + i, due=date(2027, 1, 1)) for i in range(40)]
    rows += [followup(100 + i, dropped_on=date(2026, 1, 5)) for i in range(40)]
    found = piece(community(actors=MEMBERS, followups=rows), "followups_on_time")
    assert (found.numerator, found.denominator) == (30.0, 60.0)


def test_tasks_of_chair_and_secretary_by_who_held_the_post_when_agreed():
    terms = [{**t, "start": date(2026, 1, 15)} if t["post"] == "chair" else t for t in TERMS]
    rows = [followup(i, owner="p0") for i in range(10)]  # not chair yet when agreed
    rows += [followup(10 + i, owner="p1") for i in range(30)]  # the secretary
    found = piece(
        community(actors=MEMBERS, posts=POSTS, terms=terms, followups=rows), "followups_shared_out"
    )
    assert (found.numerator, found.denominator) == (10.0, 40.0)


ORGANISATIONS = [
    {"id": "school", "kind": "organization", "sector": "pemerintah"},
    {"id": "clinic", "kind": "organization", "sector": "pemerintah"},
    {"id": "teacher", "kind": "person", "organization": "school"},
    {"id": "head", "kind": "person", "organization": "school"},
    {"id": "nurse", "kind": "person", "organization": "clinic"},
]


def test_a_follow_up_is_shared_only_by_two_organisations():
    rows = [followup(i, owner="teacher", done_on=date(2026, 1, 9)) for i in range(40)]
    partners = [
        {"followup": f"f{i}", "actor": "nurse" if i < 25 else "head", "role": "shares"}
        for i in range(40)
    ]
    data = community(actors=ORGANISATIONS, followups=rows, followup_partners=partners)
    assert piece(data, "shared_followups").denominator == 25.0


# -- the chair is replaced in the middle of the year: p0 until the end of March, then p5 -----------

BEFORE, AFTER = date(2026, 3, 31), date(2026, 4, 1)
REPLACED = [
    *({**t, "end": BEFORE} if t["post"] == "chair" else t for t in TERMS if t["actor"] != "p5"),
    {"actor": "p5", "post": "chair", "start": AFTER},
]


def test_the_leader_is_whoever_was_chair_when_it_was_agreed():
    def called(i, caller, day, done=True):
        return followup(i, owner="p2", caller=caller, agreed_on=day,
                        done_on=date(2026, 6, 1) if done else None)  # fmt: skip

    rows = [called(i, "p0", date(2026, 2, 1)) for i in range(12)]
    rows += [called(12 + i, "p5", date(2026, 5, 1), done=i < 8) for i in range(12)]
    rows += [called(24 + i, "p5", date(2026, 2, 1)) for i in range(9)]  # not chair yet
    rows += [called(33 + i, "p0", date(2026, 5, 1)) for i in range(9)]  # no longer
    rows += [called(42 + i, None, date(2026, 5, 1)) for i in range(9)]
    partners = [{"followup": r["id"], "actor": "school", "role": "shares"} for r in rows]
    rows += [called(60 + i, "p0", date(2026, 2, 1)) for i in range(9)]  # of one sector only
    data = community(actors=MEMBERS + ORGANISATIONS, posts=POSTS, terms=REPLACED, followups=rows,
                     followup_partners=partners)  # fmt: skip
    found = piece(data, "leader_coordinates")
    assert (found.numerator, found.denominator) == (20.0, 24.0)


def spoken(held):
    """Everybody is there each time, and p5 speaks."""
    return [
        {"id": f"a{m}_{p}", "meeting": f"pokja{m}", "actor": f"p{p}", "status": "present",
         "spoke": p == 5}
        for m in range(held) for p in range(10)
    ]  # fmt: skip


def test_attendance_and_speaking_follow_who_held_the_post_on_the_day():
    held = meetings(10)  # five of them before the change, five after
    assert sum(m["date"] <= BEFORE for m in held) == 5
    data = community(actors=MEMBERS, posts=POSTS, terms=REPLACED, meetings=held,
                     attendance=spoken(10))  # fmt: skip
    # Eight all the year, p0 before and p5 after the change.
    assert piece(data, "participation").denominator == 8 * 10 + 5 + 5
    # Women are p1, p3, p5, p7, p9, men the others: whenever p5 or p0 sits there, it is as chair.
    assert piece(data, "spoke_female").n == piece(data, "spoke_male").n == 4


def test_a_chair_who_was_a_member_before_speaks_as_a_member_until_then():
    terms = [{**TERMS[0], "end": BEFORE}, *TERMS[1:],
             {"actor": "p5", "post": "chair", "start": AFTER}]  # fmt: skip
    data = community(actors=MEMBERS, posts=POSTS, terms=terms, meetings=meetings(10),
                     attendance=spoken(10))  # fmt: skip
    women = piece(data, "spoke_female")
    assert (women.numerator, women.denominator) == (5.0, 45.0)


def test_questions_count_once_two_weeks_have_passed():
    def asked(i, day, replied=None):
        return {"id": f"v{i}", "kind": "question", "date": day, "text": "t",
                "replied_on": replied}  # fmt: skip

    rows = [asked(i, date(2026, 5, 1), date(2026, 5, 15)) for i in range(20)]  # day 14
    rows += [asked(20 + i, date(2026, 5, 1), date(2026, 5, 16)) for i in range(10)]  # day 15
    rows += [asked(30 + i, date(2026, 5, 1)) for i in range(10)]
    rows += [asked(40 + i, date(2026, 10, 25)) for i in range(10)]  # too young to judge
    found = piece(community(voices=rows), "questions_answered")
    assert (found.numerator, found.denominator) == (20.0, 40.0)


def values(observers):
    events = [
        {"id": f"e{i}", "norm": "n", "event": "kept" if i % 2 else "broken",
         "date": date(2026, 5, 1), "observer": f"p{i % observers}"} for i in range(40)
    ]  # fmt: skip
    norms = [{"id": "n", "text": "Saling menghargai", "kind": "unwritten"}]
    return piece(community(actors=MEMBERS, norms=norms, norm_events=events), "values_kept")


def test_values_seen_by_one_observer_are_no_evidence():
    assert values(1).status == "none"
    assert values(2).value == 50.0


def test_a_round_after_the_date_is_not_heard():
    items = [{"instrument": "w", "name": "q", "type": "likert", "scale": "being_heard",
              "low": 1.0, "high": 5.0}]  # fmt: skip
    rounds = [
        {"id": f"r{wave}", "instrument": "w", "wave": wave, "population": "warga", "end": end,
         "frame": "random_households"}
        for wave, end in ((1, date(2026, 5, 1)), (2, date(2026, 9, 1)))
    ]  # fmt: skip
    data = community(
        instruments=[{"id": "w", "name": "W", "population": "warga"}], items=items, rounds=rounds,
        answers_w=[{"round": r, "q": q} for r, q in (("r1", 2.0), ("r2", 5.0)) for _ in range(6)],
    )  # fmt: skip
    assert piece(data, "being_heard", date(2026, 8, 1)).value == 25.0
    assert piece(data, "being_heard", AS_OF).value == 100.0


def test_a_rule_after_the_date_is_not_in_force():
    norms = [{"id": f"n{i}", "text": "t", "kind": "written", "since": day}
             for i, day in enumerate((date(2025, 1, 1), date(2026, 9, 1)))]  # fmt: skip
    data = community(norms=norms)
    assert piece(data, "norms_invoked", date(2026, 8, 1)).denominator == 1.0
    assert piece(data, "norms_invoked", AS_OF).denominator == 2.0


def test_steps_of_fewer_than_five_people_are_not_told():
    rows = [{"service": "s", "date": date(2026, 9, 1), "frame": "door_to_door", "asked": 20,
             "heard": 10, "visited": 2, "enrolled": 1, "continuing": 0}
            for _ in range(2)]  # fmt: skip
    full = dossier(community(services=[{"id": "s", "name": "S"}], awareness=rows), "c", AS_OF)
    steps = {s.stage: (s.n, s.share) for s in full.funnels[0].steps}
    assert steps == {
        "heard": (20, 0.5), "visited": (None, None), "enrolled": (None, None),
        "continuing": (0, 0.0),
    }  # fmt: skip


@pytest.mark.parametrize("women", [3, 5])
def test_small_groups_of_people_are_not_told_and_cannot_be_subtracted(women):
    actors = [{**m, "sex": "female" if i < women else "male"} for i, m in enumerate(MEMBERS)]
    data = community(
        actors=actors, posts=POSTS, terms=TERMS, meetings=meetings(4),
        attendance=attendance(4, {0, 1, 2}),
    )  # fmt: skip
    full = dossier(data, "c", AS_OF)
    groups = [g for g in full.participation.subgroups if g.grouping == "sex"]
    assert len(groups) == 2
    for group in groups:
        told = (group.members, group.invited, group.present, group.rate, group.interval,
                group.active_share)  # fmt: skip
        if women < 5:
            assert told == (None,) * 6
        else:
            assert None not in told
