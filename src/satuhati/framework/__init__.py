"""The relational framework of community capacity: the words all else is tagged with.

Robert J. Chaskin's framework (2001, *Building community capacity: a definitional framework and
case studies from a comprehensive community initiative*, Urban Affairs Review 36(3): 291-323) as
rendered by the source slides, and the parts of social capital found by the study of the Kampung
KB programme in Kelapa Dua Wetan. Codes are stable; labels and definitions are for readers.
"""

from __future__ import annotations

from satuhati.framework.capacity import (
    AGENTS,
    CHARACTERISTICS,
    COMMITMENT_ASPECTS,
    FUNCTION_PURPOSES,
    FUNCTIONS,
    LEVEL_OF_AGENT,
    LEVELS,
    NORMATIVE_FUNCTIONS,
    SENSE_OF_COMMUNITY_ASPECTS,
)
from satuhati.framework.change import (
    CONDITIONING_INFLUENCES,
    MACRO_STRUCTURE,
    OUTCOMES,
    STRATEGIES,
)
from satuhati.framework.community import (
    CONTEXT,
    CONTEXT_CHOICES,
    KINDS_OF_COMMUNITY,
    POPULATIONS,
    SECTIONS,
    SECTORS,
)
from satuhati.framework.concepts import COMMON_ELEMENTS, CONCEPTS, PRINCIPLES
from satuhati.framework.evidence import METHODS, VERDICTS
from satuhati.framework.social_capital import (
    EXCHANGES,
    NETWORK_PARTS,
    NORM_PARTS,
    SOCIAL_CAPITAL,
    SOCIAL_CAPITAL_PARTS,
    TRUST_PARTS,
)
from satuhati.framework.term import REFERENCES, Term, index, term

COMPONENTS = CHARACTERISTICS | SOCIAL_CAPITAL

DIMENSIONS = index(
    term(
        "characteristics",
        ("Karakteristik kapasitas", "Characteristics of capacity"),
        (
            "Yang dimiliki komunitas yang mampu: empat karakteristik yang mendasari tindakan.",
            "What a capable community has: four traits on which action rests.",
        ),
        "Chaskin 2001; slides 16, 25",
    ),
    term(
        "levels",
        ("Tingkatan pelaku", "Levels of social agency"),
        (
            "Siapa pembawanya: perorangan, organisasi, dan jejaring; dari yang terkecil ke atas.",
            "Who bears it: individuals, organisations and networks, from the smallest up.",
        ),
        "Chaskin 2001; slides 16, 20",
    ),
    term(
        "functions",
        ("Fungsi", "Functions"),
        (
            "Apa yang dikerjakan dengan kapasitas itu.",
            "What capacity is put to.",
        ),
        "Chaskin 2001; slides 16, 29-31",
    ),
    term(
        "strategies",
        ("Strategi", "Strategies"),
        (
            "Dengan apa kapasitas dikembangkan secara sengaja.",
            "By what means capacity is deliberately built.",
        ),
        "Chaskin 2001; slides 16, 34",
    ),
    term(
        "conditioning_influences",
        ("Keadaan yang memengaruhi", "Conditioning influences"),
        (
            "Keadaan sekitar yang memudahkan atau menghalangi; diterangkan, tidak dinilai.",
            "Circumstances that help or hinder; described, not scored.",
        ),
        "Chaskin 2001; slides 16, 32-33",
    ),
    term(
        "outcomes",
        ("Hasil lain", "Other outcomes"),
        (
            "Apa yang diharapkan tercapai selain kapasitas itu sendiri.",
            "What is hoped for besides capacity itself.",
        ),
        "Chaskin 2001; slides 16, 30",
    ),
)

DIMENSION_LISTS: dict[str, dict[str, Term]] = {
    "characteristics": CHARACTERISTICS,
    "levels": LEVELS,
    "functions": FUNCTIONS,
    "strategies": STRATEGIES,
    "conditioning_influences": CONDITIONING_INFLUENCES,
    "outcomes": OUTCOMES,
}
"""The six dimensions, each tied to its list of terms, in the order of the source's figure."""

LISTS: dict[str, dict[str, Term]] = {
    "concepts": CONCEPTS,
    "principles": PRINCIPLES,
    "common_elements": COMMON_ELEMENTS,
    "dimensions": DIMENSIONS,
    **DIMENSION_LISTS,
    "sense_of_community_aspects": SENSE_OF_COMMUNITY_ASPECTS,
    "commitment_aspects": COMMITMENT_ASPECTS,
    "agents": AGENTS,
    "function_purposes": FUNCTION_PURPOSES,
    "normative_functions": NORMATIVE_FUNCTIONS,
    "macro_structure": MACRO_STRUCTURE,
    "social_capital": SOCIAL_CAPITAL,
    **{f"{code}_parts": parts for code, parts in SOCIAL_CAPITAL_PARTS.items()},
    "kinds_of_community": KINDS_OF_COMMUNITY,
    "context": CONTEXT,
    **{f"context_{code}": choices for code, choices in CONTEXT_CHOICES.items()},
    "populations": POPULATIONS,
    "sectors": SECTORS,
    "sections": SECTIONS,
    "methods": METHODS,
    "verdicts": VERDICTS,
}
"""Every list of terms by name: for glossaries, codebooks and the tests that keep them whole."""

__all__ = [
    "AGENTS",
    "CHARACTERISTICS",
    "COMMITMENT_ASPECTS",
    "COMMON_ELEMENTS",
    "COMPONENTS",
    "CONCEPTS",
    "CONDITIONING_INFLUENCES",
    "CONTEXT",
    "CONTEXT_CHOICES",
    "DIMENSIONS",
    "DIMENSION_LISTS",
    "EXCHANGES",
    "FUNCTIONS",
    "FUNCTION_PURPOSES",
    "KINDS_OF_COMMUNITY",
    "LEVELS",
    "LEVEL_OF_AGENT",
    "LISTS",
    "MACRO_STRUCTURE",
    "METHODS",
    "NETWORK_PARTS",
    "NORMATIVE_FUNCTIONS",
    "NORM_PARTS",
    "OUTCOMES",
    "POPULATIONS",
    "PRINCIPLES",
    "REFERENCES",
    "SECTIONS",
    "SECTORS",
    "SENSE_OF_COMMUNITY_ASPECTS",
    "SOCIAL_CAPITAL",
    "SOCIAL_CAPITAL_PARTS",
    "STRATEGIES",
    "TRUST_PARTS",
    "VERDICTS",
    "Term",
]
