"""`python -m surveyapp.cli`: the same as the `surveyapp` command."""

from surveyapp.cli import main

main()
