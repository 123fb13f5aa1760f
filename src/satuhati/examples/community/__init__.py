"""The parts of the synthetic community, each adding its tables to one ``Rows``."""
