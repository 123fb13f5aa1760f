"""A synthetic community, and the seeded script that makes it. No person in it is real."""
