"""What every channel has to keep, whatever its platform. A new one joins with a file here and a line in conftest.py."""
