"""From approved audits to points, places and decisions.

Nouns: calculation, result, publication, ranking report. A calculation is immutable and can be recomputed by
anyone from its protocol; a publication points at one and never moves. The office seals, then publishes.
"""
