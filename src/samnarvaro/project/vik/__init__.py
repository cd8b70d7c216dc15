"""The demo municipality Vik: one cast for tests, demo, manual pictures and README."""
