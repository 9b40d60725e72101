"""The sample desk: articles and verdicts written for it."""
