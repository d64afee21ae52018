"""surveyapp: measures the quality of job placements of people with disabilities."""
