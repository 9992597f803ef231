"""What every channel has to keep, whatever its platform.

A new one joins by its own folder beside this one: with `platform.py`, if people speak by it with `incoming.py`, if it
has groups with `group.py`, and with `beginners.py` if its platform brings again what was not taken.
"""
