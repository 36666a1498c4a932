"""The shape of what people type; rules are the domain's."""
