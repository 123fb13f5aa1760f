"""Satu Hati: from a community's records to a triangulated profile of its capacity."""

__version__ = "0.1.0"
