"""Who works at the desk: users and roles, sessions, and the book of what was changed.

`records.py` says what an account is, `store.py` keeps them, `gate.py` stands before every page of the desk and sets
`scope["account"]`, `pages.py` has the pages of signing in. A page of the desk says `@require(Role.EDITOR)`.
"""

from tts_news.accounts.records import Account, Role

__all__ = ["Account", "Role"]
