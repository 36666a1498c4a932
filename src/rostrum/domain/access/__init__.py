"""Who comes in: links, sessions, and proofs that failed."""
