"""Answers collected with ODK Collect: the OpenRosa protocol, and the page of its tokens."""
