"""Users, sign-in and invitations.

Nouns: user, invitation. One person is one user, known by e-mail; what they may do is a row in the room that
grants it (an office member, a representative, a juror), so this room knows no roles of its own, only that an
invitation leads to one. Anybody may sign in; nobody is given a role without an invitation or an approval.
"""
