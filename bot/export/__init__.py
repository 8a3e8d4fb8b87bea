"""An issue as files that are taken onward, and as data that comes back."""
