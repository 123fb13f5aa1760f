"""The report of a community: one HTML page, a PDF, a DOCX. All only render a Dossier."""

from satuhati.reports.html import render_html
from satuhati.reports.pdf import render_pdf
from satuhati.reports.word import render_docx

__all__ = ["render_docx", "render_html", "render_pdf"]
