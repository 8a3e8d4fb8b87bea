"""Rows in, editorial values out."""
