"""The computations themselves, by the record they read. Importing this registers them all."""

from satuhati.core.profile.measures_of import awareness as awareness
from satuhati.core.profile.measures_of import followups as followups
from satuhati.core.profile.measures_of import indicators as indicators
from satuhati.core.profile.measures_of import meetings as meetings
from satuhati.core.profile.measures_of import notes as notes
from satuhati.core.profile.measures_of import plans as plans
from satuhati.core.profile.measures_of import surveys as surveys
from satuhati.core.profile.measures_of import ties as ties
from satuhati.core.profile.measures_of import voices as voices
