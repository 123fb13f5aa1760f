"""A dossier made by hand for the report's tests: every verdict, every gap of knowledge, hostile
words, and an empty one. Nobody in it exists."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from satuhati.core.profile.dossier import (
    AreaShare,
    CommunityFacts,
    Dossier,
    Funnel,
    MapNode,
    MapTie,
    MeetingMark,
    NetworkMap,
    Participation,
    Quotation,
    RoundQuality,
    ScaleReliability,
    Step,
    Subgroup,
)
from satuhati.core.profile.results import (
    Cell,
    Change,
    Evidence,
    Gap,
    KnowledgeGap,
    Light,
    Mirror,
    OneSourceTest,
    Profile,
    Reading,
    Suggestion,
    Trace,
    Voice,
    WavePoint,
)
from satuhati.errors import Doubt
from satuhati.schema.measures import measures

MEASURES = measures()
HOSTILE = "<script>alert('x')</script> \"Ratna\" & مرحبا 🙂"
PERIOD = (date(2025, 12, 1), date(2026, 11, 15))


def piece(measure: str, population: str = "pokja", **kwargs: object) -> Evidence:
    """A piece of a declared measure; everything else has a plain default."""
    m = MEASURES[measure]
    values: dict[str, object] = {
        "measure": measure,
        "component": m.component,
        "level": m.level,
        "population": population,
        "method": m.method,
        "record": m.record,
        "value": 50.0,
        "interval": (40.0, 60.0),
        "n": 21,
        "direction": None,
        "status": "ok",
        "trace": Trace(m.strand, (), 21),
        "place": "middle",
        "scored": m.scored,
        "min_n": m.min_n,
        "period": PERIOD,
        "target": 60.0,
    }
    values.update(kwargs)
    return Evidence(**values)


SURVEY = piece(
    "commitment_stakeholder", value=78.2, interval=(69.0, 86.1), numerator=17.0, denominator=21.0,
    place="high", trace=Trace("answers/pokja", (), 21),
)  # fmt: skip
ATTENDANCE = piece(
    "participation", value=38.0, raw=38.0, interval=(29.0, 47.0), numerator=82.0,
    denominator=216.0, n=9, place="low",
    trace=Trace("attendance", tuple(f"KDW-H{i:03}" for i in range(216)), 216),
)  # fmt: skip
NOTES = piece(
    "commitment_fieldnotes", "all", value=None, interval=None, n=3, direction="mixed",
    counts={"supports": 3, "contradicts": 2, "mixed": 1}, place="middle",
    trace=Trace("codings", ("KDW-C001", "KDW-C002"), 6), reason="Mau, tetapi jam kerja.",
)  # fmt: skip
UNSURE = piece("commitment_action", status="not enough", value=55.0, interval=(20.0, 90.0), n=6)

CONFLICT = Cell(
    "commitment", "individual", "pokja", "dissonance",
    OneSourceTest(1, 3, ("survey", "attendance")),
    (SURVEY, ATTENDANCE, NOTES, UNSURE),
    voices=(
        Voice("survey", "survey", "high", 69.0, 86.1),
        Voice("attendance", "behaviour", "low", 29.0, 47.0),
        Voice("sources", "fieldnotes", "middle", 40.0, 60.0),
    ),
    readings=(
        Reading("contested", "partial agreement", HOSTILE, date(2026, 11, 20), "Jam rapat siang."),
        Reading("confirmed", None, "Dua pembaca", date(2026, 11, 21), "Tetap berbeda."),
    ),
)  # fmt: skip

AGREE = Cell(
    "norms", "individual", "pokja", "agreement", OneSourceTest(2, 2),
    (
        piece("rules_kept", value=76.0, interval=(68.0, 84.0), numerator=18.0, denominator=21.0,
              place="high"),
        piece("norms_fieldnotes", value=None, interval=None, n=4, direction="supports",
              counts={"supports": 5}, place="high"),
    ),
    voices=(
        Voice("survey", "survey", "high", 68.0, 84.0),
        Voice("sources", "fieldnotes", "high", 60.0, 100.0),
    ),
    target=70.0, target_is_own=True,
)  # fmt: skip
PARTLY = Cell(
    "problem_solving", "organization", "pokja", "partial agreement",
    OneSourceTest(0, 2, ("plans",)),
    (
        piece("decisions_finished", value=43.0, interval=(25.0, 63.0), numerator=9.0,
              denominator=21.0, n=21),
        piece("problems_planned", value=67.0, interval=None, numerator=4.0, denominator=6.0, n=6,
              place="high"),
    ),
    voices=(
        Voice("followups", "behaviour", "middle", 25.0, 63.0),
        Voice("plans", "documents", "high", 67.0, 67.0),
    ),
)  # fmt: skip
SINGLE = Cell(
    "trust", "individual", "warga", "silence", OneSourceTest(0, 1, ("survey",)),
    (piece("trust_neighbours", "warga", value=71.0, interval=(62.0, 79.0), numerator=214.0,
           denominator=306.0, n=306, place="high"),),
    voices=(Voice("survey", "survey", "high", 62.0, 79.0),),
)  # fmt: skip
RHYTHM = piece("regularity", value=0.0, raw=0.0, interval=None, numerator=0.0, denominator=12.0,
               n=12, place="low", trace=Trace("meetings", ("KDW-R01",), 1))  # fmt: skip
NO_RHYTHM = Cell(
    "planning_decision_governance", "organization", "pokja", "silence",
    OneSourceTest(0, 1, ("meeting_calendar",)), (RHYTHM,),
    voices=(Voice("meeting_calendar", "behaviour", "low", 0.0, 0.0),),
)  # fmt: skip
KNOWN = piece(
    "service_heard", "warga", value=34.0, interval=(29.0, 39.0), numerator=104.0,
    denominator=306.0, n=306, place="low", subject="sigap", subject_name="Rumah Anak SIGAP",
    frame="door_to_door", trace=Trace("awareness", ("A1", "A2"), 9),
)  # fmt: skip
INFORMED = Cell(
    "information_dissemination", "individual", "warga", "silence",
    OneSourceTest(0, 1, ("awareness",)), (KNOWN,),
    voices=(Voice("awareness", "survey", "low", 29.0, 39.0),),
)  # fmt: skip
TOO_FEW = Cell(
    "organizing_advocacy", "organization", "warga", "no evidence", OneSourceTest(0, 0),
    (piece("proposals_decided", "warga", value=None, interval=None, n=2, status="too few",
           trace=Trace("voices", ("U1", "U2"), 2), place=None),),
)  # fmt: skip
NOTHING = Cell(
    "access_to_resources", "network", "mitra", "no evidence", OneSourceTest(0, 0),
    (piece("requests_answered", "mitra", value=None, interval=None, n=0, status="none",
           trace=Trace("requests", (), 0), place=None),),
)  # fmt: skip

GAPS = (
    Gap("planning_decision_governance", "organization", "pokja", "regularity", 0.0, None, 60.0,
        False, 60.0, 60.0, 1, 1, False, "silence", ("organizational_development",)),
    Gap("information_dissemination", "individual", "warga", "service_heard", 34.0, (29.0, 39.0),
        60.0, False, 26.0, 21.0, 1, 1, False, "silence", ("community_organizing",)),
    Gap("commitment", "individual", "pokja", "participation", 38.0, (29.0, 47.0), 60.0, False,
        22.0, 13.0, 2, 3, True, "dissonance", ("leadership_development",)),
)  # fmt: skip

PROFILE = Profile(
    community="kdw",
    name=HOSTILE,
    as_of=date(2026, 11, 21),
    components=(CONFLICT, AGREE, PARTLY, SINGLE, NOTHING),
    functions=(NO_RHYTHM, INFORMED, TOO_FEW),
    normative_functions=(
        piece("youth_tasks", "warga", value=4.0, raw=4.0, interval=None, n=4),
    ),
    conditioning_influences=(
        piece("residential_stability", "warga", value=64.0, interval=(58.0, 69.0), n=306,
              numerator=196.0, denominator=306.0),
        piece("safety", "warga", value=None, interval=None, n=0, status="none"),
    ),
    outcomes=(piece("stunting", "warga", value=None, raw=17.25, interval=None, n=412),),
    lights=(
        Light("rhythm", "unlit", RHYTHM),
        Light("participation", "unlit", ATTENDANCE),
        Light("known", "bright", KNOWN),
    ),
    gaps=GAPS,
    knowledge_gaps=(
        KnowledgeGap("organizing_advocacy", "organization", "warga", "too few",
                     "proposals_decided", 2, 3),
        KnowledgeGap("commitment", "individual", "pokja", "not enough", "commitment_action", 6, 5),
        KnowledgeGap("access_to_resources", "network", "mitra", "none", "requests_answered", 0, 3),
    ),
    strategies=(
        Suggestion("organizational_development", (0,)),
        Suggestion("community_organizing", (1,), (Doubt("caution_unsafe", {"value": "31"}),)),
        Suggestion("leadership_development", (2,), ()),
    ),
    mirrors=(
        Mirror("service_heard", "sigap", "Rumah Anak SIGAP", 2, date(2026, 9, 1), 70.0, 34.0,
               (29.0, 39.0), 36.0, 9),
        Mirror("participation", None, None, 2, date(2026, 9, 1), 40.0, 38.0, (29.0, 47.0), 2.0, 9),
        Mirror("being_heard", None, None, 2, date(2026, 9, 1), 55.0, None, None, None, None),
    ),
    changes=(
        Change("service_heard", "information_dissemination", "individual", "warga", "sigap",
               "Rumah Anak SIGAP",
               (WavePoint(1, date(2026, 4, 30), 18.0, (12.0, 25.0), 120, "ok"),
                WavePoint(2, date(2026, 11, 21), 34.0, (29.0, 39.0), 306, "ok")), 16.0, True),
        Change("participation", "commitment", "individual", "pokja", None, None,
               (WavePoint(1, date(2026, 4, 30), 44.0, (33.0, 55.0), 8, "ok"),
                WavePoint(2, date(2026, 11, 21), 38.0, (29.0, 47.0), 9, "ok")), -6.0, False),
        Change("rules_kept", "norms", "individual", "pokja", None, None,
               (WavePoint(2, date(2026, 11, 21), 76.0, (68.0, 84.0), 21, "ok"),), None, None),
    ),
    absent_strands=("indicators", "predictions"),
    warnings=(Doubt("permutations_none"),),
)  # fmt: skip

PARTICIPATION = Participation(
    start=date(2025, 11, 22), end=date(2026, 11, 21), meetings=9, members=24, rate=0.38,
    interval=(0.29, 0.47), gini=0.412, top20_share=0.46,
    subgroups=(
        Subgroup("sex", "female", 13, 117, 52, 0.444, (0.31, 0.58), 0.51, 0.62),
        Subgroup("sex", "male", 11, 99, 30, 0.303, (0.19, 0.43), 0.49, 0.38),
        Subgroup("age_band", "15-24", None, None, None, None, None, 0.21, None),
        Subgroup("section", "ekonomi", 3, 27, 0, 0.0, (0.0, 0.12)),
    ),
    reasons={"work": 21, "family": 8, "": 3},
    calendar=(
        *(
            MeetingMark(date(2024 + (i // 12), i % 12 + 1, 10), "pokja",
                        "cancelled" if i % 4 == 3 else "held", 24, 9)
            for i in range(34)
        ),
        MeetingMark(date(2026, 6, 3), "cross_sector_forum", "held", 12, 6),
        MeetingMark(date(2026, 12, 8), "pokja", "planned", 0, 0),
        MeetingMark(date(2026, 6, 21), "kerja_bakti", "held", 0, 0),
    ),
    never_present_sections=("ekonomi",),
)  # fmt: skip

_SECTORS = ("pokja", "warga", "pemerintah", "swasta", "lembaga", None)
NETWORK = NetworkMap(
    wave=2,
    nodes=tuple(
        MapNode(f"P{i:02}", _SECTORS[i % 6], "person", (i * 37 % 100) / 100, (i * 53 % 100) / 100,
                0 if i == 4 else 1 + i % 7, 0.0,
                {0: "Ketua", 3: HOSTILE, 5: "PKB Ciracas"}.get(i))
        for i in range(24)
    ),
    ties=tuple(
        MapTie(i, (i * 5 + 3) % 24, ("information", "support")[: 1 + i % 2])
        for i in range(24) if i != 4 and (i * 5 + 3) % 24 not in (i, 4)
    ),
    relations=("information", "support"), responded=15, roster=24, density=0.11, components=3,
    isolates=1,
    exchange=(("information", "pokja", "warga", 7), ("information", "warga", "pokja", 3),
              ("support", "pokja", "swasta", 1)),
)  # fmt: skip

FUNNEL = Funnel(
    "sigap", "Rumah Anak SIGAP", "door_to_door", date(2026, 10, 5), date(2026, 10, 26), 306,
    (
        Step("heard", 104, 0.34, (0.29, 0.39)), Step("visited", 31, 0.10, (0.07, 0.14)),
        Step("enrolled", 12, 0.04, (0.02, 0.07)), Step("continuing", None, None, None),
    ),
    (
        AreaShare("rw01", "RW 01", 41, 15, 0.37, (0.24, 0.52)),
        AreaShare("rw07", "RW 07", 40, 5, 0.125, (0.05, 0.26)),
        AreaShare("rw09", "RW 09", None, None, None, None),
    ),
    (("family_neighbour", 38), ("kader", 29), ("banner", None)),
)  # fmt: skip

FACTS = CommunityFacts(
    "kdw", HOSTILE, "Kecamatan Ciracas, Kota Jakarta Timur", "00/2025 (contoh)", True,
    ("geographic",), {"urban": "urban", "economic": "mixed"}, 41250, 12800,
)  # fmt: skip

FULL = Dossier(
    facts=FACTS,
    profile=PROFILE,
    participation=PARTICIPATION,
    network=NETWORK,
    funnels=(FUNNEL,),
    quotations=(
        Quotation("commitment", "individual", "pokja", "contradicts",
                  "Saya mau ikut, tapi jam dua siang saya masih di warung. </blockquote>",
                  "interview", "Anggota seksi Ekonomi", date(2026, 10, 14), "KDW-C001"),
        *(
            Quotation("commitment", "individual", "all", "supports", f"Kutipan {i}.",
                      "focus_group", "Diskusi kader", date(2026, 10, 20), f"KDW-C10{i}")
            for i in range(6)
        ),
    ),
    reliability=(
        ScaleReliability("pokja", "r2", 2, "pokja", "commitment_stakeholder", 21, 4, 0.81,
                         (0.64, 0.91), 0.82, 0.02),
        ScaleReliability("pokja", "r2", 2, "pokja", "commitment_action", 6, 3, None, None, None, 0),
    ),
    rounds=(
        RoundQuality("survey", "r2", "Survei anggota", 2, "pokja", "census", date(2026, 10, 1),
                     date(2026, 10, 20), 24, 21, "Sebagian diisi di depan ketua."),
        RoundQuality("ties", "t2", "Ikatan", 2, None, None, None, date(2026, 10, 20), 24, 15, None),
    ),
    rows={"attendance": 216, "meetings": 9, "voices": 0},
    settings=(
        {"kind": "target", "component": "norms", "level": "individual", "population": "pokja",
         "measure": "", "value": "70", "since": "2026-01-05", "by": "Rapat Pokja", "reason": ""},
    ),
)  # fmt: skip

EMPTY = Dossier(
    facts=CommunityFacts("baru", "Desa Baru", None, None, False, (), {}, None, None),
    profile=Profile(
        community="baru", name="Desa Baru", as_of=None, components=(), functions=(),
        normative_functions=(), conditioning_influences=(), outcomes=(),
        lights=(Light("rhythm", "unknown", None), Light("participation", "unknown", None),
                Light("known", "unknown", None)),
        gaps=(), knowledge_gaps=(), strategies=(), mirrors=(), changes=(),
        absent_strands=("meetings", "surveys", "ties"),
    ),
    participation=None, network=None, funnels=(), quotations=(), reliability=(), rounds=(),
    rows={}, settings=(),
)  # fmt: skip

NAMED = replace(FULL, facts=replace(FACTS, name="Kelapa Dua Wetan"))
