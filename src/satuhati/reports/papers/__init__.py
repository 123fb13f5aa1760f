"""Papers of office: letter, minutes, attendance list. Each one object: PDF, DOCX, screen."""

from satuhati.reports.papers.html import paper_body, render_paper_pdf
from satuhati.reports.papers.word import render_paper_docx

__all__ = ["paper_body", "render_paper_docx", "render_paper_pdf"]
