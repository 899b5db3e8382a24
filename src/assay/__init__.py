"""The measuring engine: pure Python, no Django, no clock, no unseeded chance.

Modules: `scales` (what may a mark be), `scorecards` (what score do marks give), `composite` (several numbers
into one), `ranking` (who stands where), `allocation` (who visits whom), `rulebook` (the declared rules, which
compute and explain themselves), `protocol` (one canonical file anyone can recompute), `ledger` (hash chain,
Merkle heads, draws).
"""

VERSION = "1.1"
