"""Everything that changes what is mapped."""
