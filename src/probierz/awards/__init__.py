"""What is won, and the proof of it.

Nouns: licence, licence event, statuette, distinction. A licence has a number, a holder, a scope and a year;
anyone can verify it. The office grants, suspends and withdraws, always with a reason.
"""
