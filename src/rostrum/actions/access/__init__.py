"""Signing in and out, and what slows guessing."""
