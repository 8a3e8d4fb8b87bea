"""The bot under chaos: several of it on one database, dying, stopped and lied to, and what must hold at the end."""
