"""From a sentence in a focus group to a new version: ratings, coding, votes, decisions, drafts."""
