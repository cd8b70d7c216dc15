"""Everything that reads mappings. No scope, no rows; a constant number of questions each."""
