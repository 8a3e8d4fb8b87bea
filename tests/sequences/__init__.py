"""Random sequences of what members, time and the network do to the desk, and what must hold after every step."""
