"""Code that every request and every answer passes through, whatever it is about."""
