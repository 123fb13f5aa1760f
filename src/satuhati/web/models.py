"""Gathers the models of every context, so that Django finds them in the one app."""

from __future__ import annotations

from satuhati.web.answers.models import AnswerLink
from satuhati.web.audit.models import AuditEntry
from satuhati.web.fieldnotes.models import Code, Coding, Excerpt, Placement, Source
from satuhati.web.indicators.models import IndicatorValue
from satuhati.web.letters.models import Letter, LetterSettings
from satuhati.web.meetings.beside import FollowUpNote, Greeting, StoredFigures
from satuhati.web.meetings.models import (
    Attendance,
    CheckIn,
    Decision,
    FollowUp,
    FollowUpPartner,
    Meeting,
    MeetingSeries,
    Reply,
)
from satuhati.web.minutes.models import MeetingPhoto, Minutes, MinutesStep
from satuhati.web.networks.models import (
    RosterEntry,
    Tie,
    TieAnswer,
    TieAsking,
    TieName,
    TieNomination,
    TieRound,
)
from satuhati.web.networks.stored import StoredPictures
from satuhati.web.norms.models import Norm, NormEvent, NormReview
from satuhati.web.openrosa.models import CollectForm, CollectToken, Submission
from satuhati.web.outreach.models import (
    Awareness,
    OutsideRequest,
    ResidentVoice,
    Service,
    VoiceChannel,
)
from satuhati.web.planning.models import (
    Activity,
    ActivityPartner,
    Alternative,
    BudgetLine,
    Goal,
    Plan,
    PlanProblem,
)
from satuhati.web.profile.models import (
    BackgroundJob,
    ConfirmedEmpty,
    FigureShown,
    MeasureSetting,
    Prediction,
    SharedVerdict,
    Snapshot,
    SnapshotPage,
    Target,
)
from satuhati.web.register.models import (
    Actor,
    Area,
    Asset,
    Consent,
    Post,
    ResidentCount,
    Term,
)
from satuhati.web.results.stored import StoredResults
from satuhati.web.rhythm.models import (
    RequiredMember,
    Rotation,
    SharedHours,
    Wish,
    WishHour,
    WishRound,
)
from satuhati.web.surveys.beside import (
    AnswerFlag,
    AnswerLeftOut,
    HouseholdDrawn,
    MailTo,
    SurveyAsked,
    SurveySetup,
)
from satuhati.web.surveys.kept_forms import InstrumentForm, PretestStep
from satuhati.web.surveys.models import Answer, Instrument, Item, Round
from satuhati.web.tenancy.files import KeptFile
from satuhati.web.tenancy.models import Attempt, Community, Membership, PersonalLink, User
from satuhati.web.together.models import (
    CellReading,
    DecisionVote,
    MirrorGuess,
    MirrorItem,
    MirrorRound,
    Statement,
)

__all__ = [
    "Activity",
    "ActivityPartner",
    "Actor",
    "Alternative",
    "Answer",
    "AnswerFlag",
    "AnswerLeftOut",
    "AnswerLink",
    "Area",
    "Asset",
    "Attempt",
    "Attendance",
    "AuditEntry",
    "Awareness",
    "BackgroundJob",
    "BudgetLine",
    "CellReading",
    "CheckIn",
    "Code",
    "Coding",
    "CollectForm",
    "CollectToken",
    "Community",
    "ConfirmedEmpty",
    "Consent",
    "Decision",
    "DecisionVote",
    "Excerpt",
    "FigureShown",
    "FollowUp",
    "FollowUpNote",
    "FollowUpPartner",
    "Goal",
    "Greeting",
    "HouseholdDrawn",
    "IndicatorValue",
    "Instrument",
    "InstrumentForm",
    "Item",
    "KeptFile",
    "Letter",
    "LetterSettings",
    "MailTo",
    "MeasureSetting",
    "Meeting",
    "MeetingPhoto",
    "MeetingSeries",
    "Membership",
    "Minutes",
    "MinutesStep",
    "MirrorGuess",
    "MirrorItem",
    "MirrorRound",
    "Norm",
    "NormEvent",
    "NormReview",
    "OutsideRequest",
    "PersonalLink",
    "Placement",
    "Plan",
    "PlanProblem",
    "Post",
    "Prediction",
    "PretestStep",
    "Reply",
    "RequiredMember",
    "ResidentCount",
    "ResidentVoice",
    "RosterEntry",
    "Rotation",
    "Round",
    "Service",
    "SharedHours",
    "SharedVerdict",
    "Snapshot",
    "SnapshotPage",
    "Source",
    "Statement",
    "StoredFigures",
    "StoredPictures",
    "StoredResults",
    "Submission",
    "SurveyAsked",
    "SurveySetup",
    "Target",
    "Term",
    "Tie",
    "TieAnswer",
    "TieAsking",
    "TieName",
    "TieNomination",
    "TieRound",
    "User",
    "VoiceChannel",
    "Wish",
    "WishHour",
    "WishRound",
]
