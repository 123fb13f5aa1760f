"""The framework's words: whole, bilingual, sourced, and the same codes as the schema's."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from satuhati import framework
from satuhati.framework import LISTS, REFERENCES, Term
from satuhati.framework.term import index
from satuhati.schema import TABLES
from satuhati.schema.measures import measures

PAGE = Path(__file__).parents[2] / "docs" / "framework.md"
TERMS = [
    pytest.param(name, term, id=f"{name}.{term.code}")
    for name, terms in LISTS.items()
    for term in terms.values()
]


def row(term: Term) -> str:
    """The line of the term in docs/framework.md."""
    return (
        f"| `{term.code}` | **{term.label.id}**: {term.definition.id} "
        f"| **{term.label.en}**: {term.definition.en} | {term.source} |"
    )


def choices(table: str, column: str) -> tuple[str, ...]:
    return TABLES[table].column(column).choices


@pytest.mark.parametrize(("name", "term"), TERMS)
def test_term_is_worded_in_both_languages(name: str, term: Term) -> None:
    assert term.label.id.strip()
    assert term.label.en.strip()
    for wording in term.definition:
        assert wording.endswith(".")
        assert len(re.findall(r"[.!?](?:\s|$)", wording)) <= 2, "two sentences at most"
    assert term.definition.id != term.definition.en


@pytest.mark.parametrize(("name", "term"), TERMS)
def test_term_names_a_known_source(name: str, term: Term) -> None:
    for source in term.source.split("; "):
        if source.startswith("slides "):
            slides = re.fullmatch(r"slides (\d+(?:-\d+)?(?:, \d+(?:-\d+)?)*)", source)
            assert slides, source
            assert all(1 <= int(n) <= 34 for n in re.findall(r"\d+", slides[1]))
        else:
            assert source in REFERENCES, source


def test_every_reference_is_used() -> None:
    used = {s for terms in LISTS.values() for t in terms.values() for s in t.source.split("; ")}
    used = {"slides" if s.startswith("slides ") else s for s in used}
    assert used == set(REFERENCES)


def test_index_keeps_the_code_of_each_term() -> None:
    for terms in LISTS.values():
        assert all(code == term.code for code, term in terms.items())


def test_a_code_given_twice_is_refused() -> None:
    term = framework.STRATEGIES["community_organizing"]
    with pytest.raises(ValueError, match="community_organizing"):
        index(term, term)


def test_the_six_dimensions_of_the_source() -> None:
    assert list(framework.DIMENSIONS) == list(framework.DIMENSION_LISTS)
    assert [len(terms) for terms in framework.DIMENSION_LISTS.values()] == [4, 3, 4, 4, 7, 5]
    assert list(framework.CHARACTERISTICS) == [
        "sense_of_community",
        "commitment",
        "problem_solving",
        "access_to_resources",
    ]
    assert list(framework.LEVELS) == ["individual", "organization", "network"]
    assert list(framework.FUNCTIONS) == [
        "planning_decision_governance",
        "production_of_goods_services",
        "information_dissemination",
        "organizing_advocacy",
    ]
    assert list(framework.STRATEGIES) == [
        "leadership_development",
        "organizational_development",
        "community_organizing",
        "interorganizational_collaboration",
    ]
    assert set(framework.CONDITIONING_INFLUENCES) >= {
        "safety",
        "residential_stability",
        "density_of_acquaintance",
        "structure_of_opportunity",
        "social_group_dynamics",
        "power_and_resources",
    }
    assert set(framework.OUTCOMES) >= {
        "better_services",
        "influence_on_decisions",
        "economic_wellbeing",
    }


def test_parts_that_the_sources_name() -> None:
    assert list(framework.COMMITMENT_ASPECTS) == ["commitment_stakeholder", "commitment_action"]
    assert list(framework.FUNCTION_PURPOSES) == ["sustaining_capacity", "other_outcomes"]
    assert list(framework.NORMATIVE_FUNCTIONS) == [
        "normative_shared_values",
        "normative_socialising_young",
        "normative_informal_control",
    ]
    assert "sense_instrumental" in framework.SENSE_OF_COMMUNITY_ASPECTS
    assert list(framework.SOCIAL_CAPITAL_PARTS) == list(framework.SOCIAL_CAPITAL)
    assert len(framework.COMMON_ELEMENTS) == 4
    assert len(framework.SECTIONS) == 8


def test_components_share_one_column_and_so_never_share_a_code() -> None:
    lists = (
        framework.CHARACTERISTICS,
        framework.SOCIAL_CAPITAL,
        framework.FUNCTIONS,
        framework.CONDITIONING_INFLUENCES,
        framework.OUTCOMES,
    )
    codes = [code for terms in lists for code in terms]
    assert len(codes) == len(set(codes))
    assert choices("codes", "component") == tuple(codes)
    assert list(framework.COMPONENTS) == [*framework.CHARACTERISTICS, *framework.SOCIAL_CAPITAL]


@pytest.mark.parametrize(
    ("table", "column", "terms"),
    [
        ("actors", "kind", framework.AGENTS),
        ("actors", "sector", framework.SECTORS),
        ("posts", "section", framework.SECTIONS),
        ("targets", "level", framework.LEVELS),
        ("rounds", "population", framework.POPULATIONS),
        ("activities", "strategy", framework.STRATEGIES),
        ("norms", "kind", framework.NORM_PARTS),
        ("followup_partners", "exchange", framework.EXCHANGES),
        ("verdicts", "verdict", framework.VERDICTS),
        *(("community", code, terms) for code, terms in framework.CONTEXT_CHOICES.items()),
    ],
)
def test_codes_are_the_choices_of_the_schema(
    table: str, column: str, terms: dict[str, Term]
) -> None:
    assert choices(table, column) == tuple(terms)


def test_every_measure_speaks_of_a_word_of_the_framework() -> None:
    known = {
        *framework.COMPONENTS,
        *framework.FUNCTIONS,
        *framework.NORMATIVE_FUNCTIONS,
        *framework.CONDITIONING_INFLUENCES,
        *framework.OUTCOMES,
    }
    assert {measure.component for measure in measures().values()} == known


def test_scales_are_named_after_the_aspects_they_measure() -> None:
    scales = {m.of for m in measures().values() if m.kind == "scale"}
    assert set(framework.COMMITMENT_ASPECTS) <= scales
    assert "sense_instrumental" in scales & set(framework.SENSE_OF_COMMUNITY_ASPECTS)


def test_context_and_kinds_are_columns_of_the_community() -> None:
    columns = set(TABLES["community"].names)
    assert set(framework.CONTEXT) == set(framework.CONTEXT_CHOICES)
    assert set(framework.CONTEXT) <= columns
    assert set(framework.KINDS_OF_COMMUNITY) - columns == {"combination"}


def test_each_agent_has_a_level() -> None:
    assert list(framework.LEVEL_OF_AGENT) == list(framework.AGENTS)
    assert set(framework.LEVEL_OF_AGENT.values()) == set(framework.LEVELS)


@pytest.mark.parametrize(("name", "term"), TERMS)
def test_the_page_says_what_the_code_says(name: str, term: Term) -> None:
    """A failing line is the one to put into docs/framework.md."""
    assert row(term) in PAGE.read_text(encoding="utf-8").splitlines()


def test_the_page_holds_no_other_terms() -> None:
    known = {row(term) for terms in LISTS.values() for term in terms.values()}
    lines = PAGE.read_text(encoding="utf-8").splitlines()
    rows = [line for line in lines if line.startswith("| `")]
    assert len(rows) >= len(known)
    assert set(rows) <= known


def test_the_page_lists_every_reference() -> None:
    text = PAGE.read_text(encoding="utf-8")
    assert all(f"**{name}**" in text for name in REFERENCES)
