"""The parts of a dossier, each from the records it is drawn from."""
