"""Imported by the server that replicas are forked from, and by nobody else: what takes seconds is loaded there once."""

from tests.chaos.replica import page_opener

page_opener().read(b"<html><head><title>Warm</title></head><body><p>One two three four five six.</p></body></html>")
