"""The pages of a delegation."""
