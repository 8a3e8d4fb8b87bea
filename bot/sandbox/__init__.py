"""A stand-in workspace on loopback: for people who try the bot, and for its tests."""
