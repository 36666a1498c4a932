"""What every request and every answer passes, whatever it is about."""
