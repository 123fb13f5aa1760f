"""Evidence from records: what counts, what nothing on record means, anchors, windows."""

from __future__ import annotations

from datetime import date, timedelta

import polars as pl
import pytest
from profile_records import (
    AS_OF,
    MEMBERS,
    POSTS,
    TERMS,
    attendance,
    community,
    meetings,
    piece,
    pieces,
)

from satuhati.core.community import CommunityData
from satuhati.core.profile.build import profiles
from satuhati.core.profile.evaluate import anchored, target_for


def test_participation_counts_chances_while_in_office_and_n_counts_meetings():
    data = community(
        actors=MEMBERS, posts=POSTS, terms=TERMS, meetings=meetings(10),
        attendance=attendance(10, {0, 1, 2, 3}),
    )  # fmt: skip
    found = piece(data, "participation")
    assert (found.numerator, found.denominator, found.n) == (40.0, 100.0, 10)
    assert found.value == pytest.approx(40.0)
    assert found.interval[0] < 40 < found.interval[1]
    assert found.trace.table == "attendance"
    assert found.trace.n == 100


def test_a_member_off_the_list_did_not_come_but_a_meeting_without_a_list_is_unknown():
    rows = [r for r in attendance(4, set(range(10))) if r["actor"] != "p9"]
    data = community(
        actors=MEMBERS, posts=POSTS, terms=TERMS, meetings=meetings(5), attendance=rows,
    )  # fmt: skip
    found = piece(data, "participation")
    assert (found.numerator, found.denominator, found.n) == (36.0, 40.0, 4)


def test_patrons_and_advisors_are_not_expected():
    posts = [{**p, "kind": "patron"} if p["id"] == "m3" else p for p in POSTS]
    data = community(
        actors=MEMBERS, posts=posts, terms=TERMS, meetings=meetings(4),
        attendance=attendance(4, set(range(9))),
    )  # fmt: skip
    assert piece(data, "participation").value == 100.0


def test_terms_bound_the_chances():
    terms = [
        {**t, "end": date(2026, 1, 1)} if t["actor"] == "p0" else t for t in TERMS
    ]  # in office for the first two of four meetings
    data = community(
        actors=MEMBERS, posts=POSTS, terms=terms, meetings=meetings(4),
        attendance=attendance(4, set(range(10))),
    )  # fmt: skip
    assert piece(data, "participation").denominator == 38.0


def test_sections_represented_at_half_of_the_meetings():
    rows = attendance(4, {0, 1, 2, 3})  # sections of p2 (ekonomi) and p3 (lingkungan) always came
    data = community(
        actors=MEMBERS, posts=POSTS, terms=TERMS, meetings=meetings(4), attendance=rows,
    )  # fmt: skip
    found = piece(data, "sections_represented")
    assert (found.numerator, found.denominator) == (2.0, 4.0)
    assert found.interval is None  # a census of sections


def test_no_series_on_record_is_regularity_zero_whatever_was_held():
    data = community(meetings=meetings(12))
    found = piece(data, "regularity")
    assert (found.status, found.value) == ("ok", 0.0)
    assert found.trace.table == "meetings"
    assert found.trace.n > 0


def test_regularity_without_any_meeting_record_is_no_evidence():
    data = community(actors=MEMBERS)
    found = piece(data, "regularity")
    assert (found.status, found.value) == ("none", None)


def test_regularity_of_a_monthly_series_counts_months_with_notice():
    series = [{"id": "s", "name": "Rapat", "kind": "pokja", "frequency": "monthly",
               "start": date(2025, 1, 1)}]  # fmt: skip
    held = [
        {"id": f"m{i}", "kind": "pokja", "date": date(2026, i, 12), "status": "held",
         "series": "s", "notice_on": date(2026, i, 12 - (5 if i % 2 else 1))}
        for i in range(1, 11)
    ]  # fmt: skip
    found = piece(community(meeting_series=series, meetings=held), "regularity")
    # Of the twelve months to October, five had a meeting with three days' notice.
    assert (found.numerator, found.denominator) == (5.0, 12.0)
    assert found.value == pytest.approx(500 / 12)


def test_a_series_without_frequency_is_read_at_the_default():
    series = [{"id": "s", "name": "Rapat", "kind": "pokja", "start": date(2025, 1, 1)}]
    found = piece(community(meeting_series=series), "regularity")
    assert (found.value, found.denominator) == (0.0, 12.0)


def test_a_schedule_too_young_is_too_few_not_zero():
    series = [{"id": "s", "name": "Rapat", "kind": "pokja", "frequency": "monthly",
               "start": date(2026, 10, 20)}]  # fmt: skip
    assert piece(community(meeting_series=series), "regularity").status == "too few"


def test_a_series_that_has_ended_is_no_schedule():
    series = [{"id": "s", "name": "Rapat", "kind": "pokja", "frequency": "monthly",
               "start": date(2024, 1, 1), "end": date(2026, 6, 30)}]  # fmt: skip
    held = [
        {"id": f"m{i}", "kind": "pokja", "date": date(2026, i, 12), "status": "held",
         "series": "s", "notice_on": date(2026, i, 2)} for i in range(1, 7)
    ]  # fmt: skip
    found = piece(community(meeting_series=series, meetings=held), "regularity")
    assert (found.status, found.value) == ("ok", 0.0)


STATEMENT = {"strand": "followups", "from": date(2026, 1, 1), "to": date(2026, 10, 1),
             "by": "Sekretaris", "on": date(2026, 10, 2)}  # fmt: skip


def test_zero_only_where_absence_was_confirmed():
    nothing = community(actors=MEMBERS)
    assert piece(nothing, "shared_followups").status == "none"
    confirmed = community(actors=MEMBERS, confirmed_empty=[STATEMENT])
    found = piece(confirmed, "shared_followups")
    assert (found.status, found.value) == ("ok", 0.0)
    assert found.trace.table == "confirmed_empty"
    # A measure whose nothing means "too few" stays without evidence.
    assert piece(confirmed, "followups_on_time").status == "none"


def test_a_confirmation_from_long_ago_no_longer_holds():
    old = {**STATEMENT, "to": date(2024, 1, 1), "from": date(2023, 1, 1)}
    assert piece(community(confirmed_empty=[old]), "shared_followups").status == "none"


NO_MEETING = {**STATEMENT, "strand": "meetings", "from": date(2026, 9, 1), "to": date(2026, 9, 30)}


def test_a_month_without_a_meeting_says_nothing_of_the_others():
    """Meetings were held and nobody wrote down who came: that is no attendance of nought."""
    series = [{"id": "s", "name": "Rapat", "kind": "pokja", "frequency": "monthly",
               "start": date(2025, 1, 1)}]  # fmt: skip
    held = [{"id": "m1", "kind": "pokja", "date": date(2026, 8, 12), "status": "held",
             "series": "s", "notice_on": date(2026, 8, 1)}]  # fmt: skip
    rows = {"actors": MEMBERS, "meeting_series": series, "confirmed_empty": [NO_MEETING]}
    found = community(**rows, meetings=held)
    assert piece(found, "participation").status == "none"
    # The month stays one of those due that were missed.
    without = community(actors=MEMBERS, meeting_series=series, meetings=held)
    said = piece(found, "regularity")
    assert (said.numerator, said.denominator) == (1.0, 12.0)
    assert said == piece(without, "regularity")
    # Nothing held at all in the year: now the statement is all there is.
    assert piece(community(**rows), "participation").value == 0.0


def test_a_confirmed_month_does_not_make_a_young_schedule_nought():
    series = [{"id": "s", "name": "Rapat", "kind": "pokja", "frequency": "monthly",
               "start": date(2026, 10, 20)}]  # fmt: skip
    found = piece(community(meeting_series=series, confirmed_empty=[NO_MEETING]), "regularity")
    assert found.status == "too few"


def test_an_open_channel_without_voices_is_zero():
    data = community(voice_channels=[{"name": "Kotak", "opened": date(2025, 1, 1)}])
    assert piece(data, "questions_answered").value == 0.0
    assert piece(data, "proposals_decided").value == 0.0
    closed = community(
        voice_channels=[{"name": "Kotak", "opened": date(2025, 1, 1), "closed": date(2026, 1, 1)}]
    )
    assert piece(closed, "questions_answered").status == "none"


def test_meetings_due_but_none_held_is_participation_zero():
    series = [{"id": "s", "name": "Rapat", "kind": "pokja", "frequency": "monthly",
               "start": date(2025, 1, 1)}]  # fmt: skip
    data = community(actors=MEMBERS, posts=POSTS, terms=TERMS, meeting_series=series)
    assert piece(data, "participation").value == 0.0


def test_below_the_smallest_n_there_is_no_value():
    data = community(
        actors=MEMBERS, posts=POSTS, terms=TERMS, meetings=meetings(2),
        attendance=attendance(2, {0}),
    )  # fmt: skip
    found = piece(data, "participation")
    assert (found.status, found.value, found.n, found.min_n) == ("too few", None, 2, 3)


def test_an_interval_wider_than_forty_points_is_not_enough():
    rows = [
        {"text": "t", "owner": "p0", "agreed_on": date(2026, 1, 1), "due": date(2026, 2, 1),
         "done_on": date(2026, 1, 20) if i < 3 else None}
        for i in range(6)
    ]  # fmt: skip
    found = piece(community(actors=MEMBERS, followups=rows), "followups_on_time")
    assert found.status == "not enough"
    assert found.value == 50.0


def test_records_after_the_date_are_not_seen():
    rows = [
        {"text": "t", "owner": "p0", "agreed_on": date(2026, 1, 1), "due": date(2026, 2, 1),
         "done_on": date(2026, 1, 20)} for _ in range(30)
    ]  # fmt: skip
    data = community(actors=MEMBERS, followups=rows)
    assert piece(data, "followups_on_time").value == 100.0
    before = piece(data, "followups_on_time", date(2025, 12, 31))
    assert before.status == "none"


def test_latest_record_ends_the_window_by_default():
    data = community(
        meetings=[*meetings(3), *meetings(1, first=date(2030, 1, 1), status="planned",
                                          kind="musyawarah")]
    )  # fmt: skip
    assert profiles(data)["c"].as_of == date(2025, 11, 10) + timedelta(days=60)


SURVEY = {
    "instruments": [{"id": "w", "name": "Warga", "population": "warga"}],
    "items": [
        {"instrument": "w", "name": f"q{i}", "type": "likert", "scale": "being_heard",
         "low": 1.0, "high": 5.0, "reversed": i == 2}
        for i in (1, 2)
    ],
}  # fmt: skip


def survey_round(**extra):
    return {"id": "r1", "instrument": "w", "wave": 1, "population": "warga",
            "end": date(2026, 10, 1), "frame": "random_households"} | extra  # fmt: skip


def test_a_scale_is_percent_of_maximum_with_reversed_items():
    answers = [{"round": "r1", "q1": 5.0, "q2": 1.0}] * 10 + [
        {"round": "r1", "q1": 3.0, "q2": 3.0}
    ] * 10
    data = community(**SURVEY, rounds=[survey_round()], answers_w=answers)
    found = piece(data, "being_heard")
    assert found.value == pytest.approx(75.0)
    assert (found.numerator, found.denominator, found.n) == (10, 20, 20)
    assert found.record == "survey:r1"


def test_small_counts_of_people_are_not_told():
    answers = [{"round": "r1", "q1": 5.0, "q2": 1.0}] * 3 + [
        {"round": "r1", "q1": 1.0, "q2": 5.0}
    ] * 20
    data = community(**SURVEY, rounds=[survey_round()], answers_w=answers)
    assert piece(data, "being_heard").numerator is None


def test_anonymous_rounds_leave_no_ids():
    answers = [{"round": "r1", "q1": float(1 + i % 5), "q2": 2.0} for i in range(20)]
    open_round = community(**SURVEY, rounds=[survey_round()], answers_w=answers)
    anonymous = community(**SURVEY, rounds=[survey_round(anonymous=True)], answers_w=answers)
    assert len(piece(open_round, "being_heard").trace.ids) == 20
    trace = piece(anonymous, "being_heard").trace
    assert (trace.ids, trace.n) == ((), 20)


def test_fewer_than_five_respondents_are_not_shown():
    answers = [{"round": "r1", "q1": 5.0, "q2": 1.0}] * 4
    found = piece(community(**SURVEY, rounds=[survey_round()], answers_w=answers), "being_heard")
    assert (found.status, found.value, found.interval, found.raw) == ("too few", None, None, None)
    assert found.trace.ids == ()


def test_a_census_of_the_group_has_no_sampling_error():
    instruments = [{"id": "p", "name": "Pokja", "population": "pokja"}]
    items = [{"instrument": "p", "name": f"q{i}", "type": "likert", "scale": "rules_known",
              "low": 1.0, "high": 5.0} for i in (1, 2)]  # fmt: skip
    rounds = [{"id": "r1", "instrument": "p", "wave": 1, "population": "pokja",
               "end": date(2026, 10, 1), "frame": "census", "population_size": 10}]  # fmt: skip
    answers = [{"round": "r1", "q1": 1.0 + i % 5, "q2": 2.0} for i in range(10)]
    full = community(instruments=instruments, items=items, rounds=rounds, answers_p=answers)
    assert piece(full, "rules_known").interval is None
    part = community(instruments=instruments, items=items, rounds=rounds, answers_p=answers[:8])
    assert piece(part, "rules_known").interval is not None


def test_only_the_latest_wave_speaks_and_frames_are_never_pooled():
    rounds = [
        survey_round(),
        survey_round(id="r2", wave=2, end=date(2026, 10, 20)),
        survey_round(id="r3", wave=2, end=date(2026, 10, 21), frame="service_desk"),
    ]
    answers = [
        {"round": r, "q1": v, "q2": 6 - v}
        for r, v in (("r1", 1.0), ("r2", 3.0), ("r3", 5.0))
        for _ in range(6)
    ]
    found = pieces(community(**SURVEY, rounds=rounds, answers_w=answers), "being_heard")
    assert {(p.record, p.frame, p.value) for p in found} == {
        ("survey:r2", "random_households", 50.0),
        ("survey:r3", "service_desk", 100.0),
    }


def awareness(heard, asked=20, frame="door_to_door", service="sigap", n_areas=4):
    return [
        {"service": service, "date": date(2026, 10, 1), "area": f"rw{i}", "frame": frame,
         "asked": asked, "heard": heard} for i in range(n_areas)
    ]  # fmt: skip


AREAS = [{"id": f"rw{i}", "name": f"RW {i}", "level": "rw"} for i in range(4)]
SERVICES = [{"id": "sigap", "name": "Rumah Anak SIGAP", "key": True}]


def test_awareness_by_frame_and_area():
    rows = awareness(4) + [
        {**r, "id": f"d{i}"} for i, r in enumerate(awareness(18, frame="service_desk"))
    ]
    data = community(areas=AREAS, services=SERVICES, awareness=rows)
    by_frame = {p.frame: p for p in pieces(data, "service_heard")}
    assert by_frame["door_to_door"].value == pytest.approx(20.0)
    assert by_frame["service_desk"].value == pytest.approx(90.0)
    light = profiles(data, AS_OF)["c"].lights[2]
    assert light.evidence.frame == "door_to_door"  # people met at a service never speak for all
    assert light.state == "unlit"
    areas = {p.frame: p.value for p in pieces(data, "areas_heard")}
    assert areas == {"door_to_door": 0.0, "service_desk": 100.0}


def test_field_notes_need_two_sources_and_a_focus_group_is_one():
    codes = [{"id": "k", "name": "Percaya", "component": "trust", "level": "individual"}]

    def notes(n_sources):
        return community(
            codes=codes,
            sources=[{"id": f"s{i}", "kind": "interview", "title": "W", "population": "warga",
                      "date": date(2026, 9, 1)} for i in range(n_sources)],
            excerpts=[{"id": f"e{i}", "source": f"s{i % n_sources}", "text": "…"}
                      for i in range(4)],
            codings=[{"excerpt": f"e{i}", "code": "k", "coder": "A", "direction": "supports"}
                     for i in range(4)],
        )  # fmt: skip

    one = [p for p in pieces(notes(1), "trust_fieldnotes") if p.population == "warga"]
    assert (one[0].status, one[0].direction, one[0].n) == ("too few", None, 1)
    two = [p for p in pieces(notes(2), "trust_fieldnotes") if p.population == "warga"]
    assert (two[0].status, two[0].direction, two[0].n) == ("ok", "supports", 2)
    assert two[0].value is None


def test_the_analyst_places_field_notes_with_a_reason():
    data = community(
        codes=[{"id": "k", "name": "P", "component": "trust", "level": "individual"}],
        sources=[{"id": f"s{i}", "kind": "interview", "title": "W", "population": "warga",
                  "date": date(2026, 9, 1)} for i in range(2)],
        excerpts=[{"id": f"e{i}", "source": f"s{i}", "text": "…"} for i in range(2)],
        codings=[{"excerpt": f"e{i}", "code": "k", "coder": "A", "direction": "supports"}
                 for i in range(2)],
        placements=[{"component": "trust", "level": "individual", "population": "warga",
                     "direction": "mixed", "reason": "Yang kedua ragu.", "analyst": "A",
                     "date": date(2026, 9, 9)}],
    )  # fmt: skip
    found = next(p for p in pieces(data, "trust_fieldnotes") if p.population == "warga")
    assert (found.direction, found.reason, found.place) == ("mixed", "Yang kedua ragu.", "middle")
    assert found.counts == {"supports": 2, "mixed": 0, "contradicts": 0}


def tie_round(n, respond, ties, relation="support", sectors=("pokja", "warga")):
    return community(
        actors=[{"id": f"x{i}", "kind": "person", "sector": sectors[i % len(sectors)]}
                for i in range(n)],
        tie_rounds=[{"id": "t1", "wave": 1, "closed_on": date(2026, 10, 1)}],
        roster=[{"round": "t1", "actor": f"x{i}", "responded": i < respond} for i in range(n)],
        ties=[{"round": "t1", "source": f"x{a}", "target": f"x{b}", "relation": relation}
              for a, b in ties],
    )  # fmt: skip


def test_network_shares_of_a_full_roster_have_no_interval():
    found = piece(tie_round(12, 12, [(i, i + 1) for i in range(6)]), "support_given")
    assert (found.numerator, found.denominator, found.interval) == (6.0, 12.0, None)


def test_network_shares_of_a_part_roster_have_one():
    found = piece(tie_round(12, 10, [(i, i + 1) for i in range(6)]), "support_received")
    assert found.denominator == 10.0
    assert found.interval is not None


def test_who_is_named_gives_support_and_who_names_receives_it():
    """Asked was "who keeps your spirits up?": three name the same one."""
    data = tie_round(12, 12, [(0, 9), (1, 9), (2, 9)])
    given, received = piece(data, "support_given"), piece(data, "support_received")
    assert (given.numerator, received.numerator) == (1.0, 3.0)


def test_a_roster_under_seventy_percent_is_not_enough():
    found = piece(tie_round(20, 12, [(i, i + 1) for i in range(6)]), "support_given")
    assert found.status == "not enough"


def test_a_round_that_is_not_closed_says_nothing():
    data = tie_round(12, 12, [(0, 1)])
    rounds = data["tie_rounds"].with_columns(closed_on=pl.lit(None, pl.Date))
    opened = CommunityData.of({**data.tables, "tie_rounds": rounds})
    assert piece(opened, "support_given").status == "none"


def test_settings_switch_off_and_move_anchors():
    rows = meetings(4)
    base = {
        "actors": MEMBERS, "posts": POSTS, "terms": TERMS, "meetings": rows,
        "attendance": attendance(4, set(range(5))),
    }  # fmt: skip
    off = {"measure": "participation", "enabled": False, "since": date(2026, 1, 1), "by": "Pokja",
           "reason": "uji"}  # fmt: skip
    data = community(**base, measure_settings=[off])
    assert pieces(data, "participation") == []
    assert [d.code for d in profiles(data, AS_OF)["c"].warnings] == ["measure_off"]
    moved = {**off, "enabled": True, "anchor_low": 0.0, "anchor_high": 80.0}
    data = community(**base, measure_settings=[moved])
    assert piece(data, "participation").value == pytest.approx(62.5)


def test_anchors_may_be_turned():
    value, interval = anchored(30.0, (20.0, 50.0), 100.0, 0.0)
    assert value == 70.0
    assert interval == (50.0, 80.0)


def test_the_closest_target_wins():
    def target(value, component=None, level=None, population=None, measure=None):
        return {"component": component, "level": level, "population": population,
                "measure": measure, "value": value}  # fmt: skip

    targets = [
        target(10.0),
        target(20.0, component="commitment"),
        target(30.0, "commitment", "individual", "pokja"),
        target(40.0, measure="participation"),
        target(50.0, component="trust"),
    ]
    cell = ("commitment", "individual", "pokja")
    assert target_for(targets, *cell, "participation") == (40.0, True)
    assert target_for(targets, *cell, "commitment_action") == (30.0, True)
    assert target_for(targets, "commitment", "network", "mitra", "x") == (20.0, True)
    assert target_for(targets, "norms", "network", "mitra", "x") == (10.0, True)
    assert target_for([], *cell) == (60.0, False)
