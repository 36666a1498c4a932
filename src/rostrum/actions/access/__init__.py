"""Signing in and out, and slowing down guesses."""
