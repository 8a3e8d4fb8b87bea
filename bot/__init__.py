"""The desk of a curated publication, in Slack."""
