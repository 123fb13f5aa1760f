"""Questionnaires as XLSForm, the field's standard: read, checked, written, evaluated.

Light: neither Django nor Polars is loaded here; openpyxl and pyxform only while a file is read.
"""
