"""Statistics of questionnaires: pure functions on pandas objects. Import the module you need."""
