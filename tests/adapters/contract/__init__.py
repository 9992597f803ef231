"""What every channel has to keep, whatever its platform.

A new one joins with its files here and a line in `conftest.py`; and in `test_every_way_in.py` if people speak by it.
"""
