"""Paths of the room, one list per audience."""

public: list = []
office: list = []
institution: list = []
juror: list = []
