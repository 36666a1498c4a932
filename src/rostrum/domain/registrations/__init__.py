"""Registrations: who may take a place, and what a delegation's page is about."""
