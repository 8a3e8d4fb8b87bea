"""Builders: pure functions from what the desk shows to Slack's blocks."""
