"""Registrations: who may take a place, and which state a delegation's page shows."""
