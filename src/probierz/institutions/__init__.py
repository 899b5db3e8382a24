"""The register of bodies that serve residents.

Nouns: institution, unit, contact, representative, import batch, territory. An institution is a legal body with
its own NIP; a gmina and its urząd are two. The office keeps the register; a representative sees and mends
the contact data of their own institution.
"""
