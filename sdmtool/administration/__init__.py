"""Clinics, people and roles, for administrators. It stands above both apps, beside the wiring."""
