"""Forms: they check the shape of what people type; the rules are in the domain."""
