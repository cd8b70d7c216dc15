"""Everything that reads outreach. No scope, no rows; a constant number of queries each."""
