"""HTTP of the room: the juror's phone, and the office."""
