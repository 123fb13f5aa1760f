"""What a word of the framework is, and the works that such words come from."""

from __future__ import annotations

from typing import NamedTuple

from satuhati.text import Text


class Term(NamedTuple):
    """A word of the framework: stable code, label, definition and where it comes from.

    ``source`` names one or more works of :data:`REFERENCES`, separated by ``"; "``; slide
    numbers follow the name (``"slides 20-23"``). Definitions are worded by this project; the
    source is where the idea comes from, not the sentence.
    """

    code: str
    label: Text
    definition: Text
    source: str


def term(code: str, label: tuple[str, str], definition: tuple[str, str], source: str) -> Term:
    """A term from pairs (Indonesian, English)."""
    return Term(code, Text(*label), Text(*definition), source)


def index(*terms: Term) -> dict[str, Term]:
    """Terms by code, in the order given; a code given twice is a mistake of ours."""
    found = {t.code: t for t in terms}
    if len(found) != len(terms):
        raise ValueError(f"a code occurs twice in {[t.code for t in terms]}")
    return found


REFERENCES: dict[str, str] = {
    "Chaskin 2001": (
        "Chaskin, R. J. (2001). Building community capacity: a definitional framework and case "
        "studies from a comprehensive community initiative. Urban Affairs Review 36(3), 291-323. "
        "An earlier version is Chaskin, R. J. (1999). Defining community capacity. Chapin Hall "
        "Center for Children, CB-21."
    ),
    "slides": (
        "Pengembangan Kapasitas Komunitas: 34 teaching slides in Indonesian, without author or "
        "year, that render Chaskin's framework in short. Their 'kendaraan' means vehicles or "
        "mechanisms; their 'Residential Ability' means residential stability."
    ),
    "Kelapa Dua Wetan study": (
        "Modal Sosial dalam Collaborative Governance pada Program Kampung Keluarga Berkualitas "
        "di Kelurahan Kelapa Dua Wetan, Kecamatan Ciracas, Kota Administrasi Jakarta Timur: "
        "abstract of a descriptive qualitative study with five purposively chosen informants."
    ),
    "McMillan & Chavis 1986": (
        "McMillan, D. W., & Chavis, D. M. (1986). Sense of community: a definition and theory. "
        "Journal of Community Psychology 14(1), 6-23."
    ),
    "Coleman 1988": (
        "Coleman, J. S. (1988). Social capital in the creation of human capital. American Journal "
        "of Sociology 94 (Supplement), S95-S120. Named on slide 23."
    ),
    "Putnam 1993": (
        "Putnam, R. D. (1993). Making democracy work: civic traditions in modern Italy. Princeton "
        "University Press. Slide 23 names author and year only."
    ),
    "Sampson et al. 1997": (
        "Sampson, R. J., Raudenbush, S. W., & Earls, F. (1997). Neighborhoods and violent crime: "
        "a multilevel study of collective efficacy. Science 277, 918-924."
    ),
    "Farmer et al. 2006": (
        "Farmer, T., Robinson, K., Elliott, S. J., & Eyles, J. (2006). Developing and implementing "
        "a triangulation protocol for qualitative health research. Qualitative Health Research "
        "16(3), 377-394."
    ),
    "PP 21/1994": (
        "Peraturan Pemerintah Republik Indonesia Nomor 21 Tahun 1994 tentang Penyelenggaraan "
        "Pembangunan Keluarga Sejahtera: the eight functions of the family."
    ),
    "Kampung KB": (
        "The national programme Kampung Keluarga Berkualitas (Instruksi Presiden Nomor 3 Tahun "
        "2022) and the usual posts and sections of its working group; a group may differ."
    ),
    "Satu Hati": "A decision of this project, explained in its docs/.",
}
"""Short name → full reference of every work a term may name as its source."""
