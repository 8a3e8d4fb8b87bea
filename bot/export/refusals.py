"""Why an issue cannot be made into a format on this machine."""


class FormatRefusedError(Exception):
    """An edition that cannot be made into a format here; the text says why, and what to do."""
