"""The measuring engine: pure Python, no Django, no clock, no unseeded chance."""
