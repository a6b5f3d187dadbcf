"""Sessions of STS: MiniStack looks through all of them whenever it makes one, while other threads make some too.

A dictionary that grows under an iteration ends it with an error. An AssumeRole was answered with HTTP 500 then; or a function was
never called, which stopped a custom resource, its stack and the CDK CLI until the resource's ServiceTimeout.
"""

import time

from ministack.services import sts

from ..private_names import original, replace

# An expired session is refused whether it was removed or not.
SECONDS_BETWEEN = 60
_last = 0.0


def _evict(_evict_while_it_grows):
    def evict_expired_sessions():
        global _last
        now = time.time()
        if now - _last < SECONDS_BETWEEN:
            return
        _last = now
        for key, session in list(sts._sessions.items()):
            if sts._session_expired(session):
                sts._sessions.pop(key, None)
    return evict_expired_sessions


def install():
    for name in ("_sessions", "_session_expired"):
        original(sts, name)
    replace(sts, "_evict_expired_sessions", _evict)
