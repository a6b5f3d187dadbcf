"""Pages of lists, as AWS cuts them.

AWS: a page has at most as many items as were asked for, and may have fewer; Organizations may even answer an empty one with a
NextToken. `POST /_ministack/pages?items=<most>&empty=<true or false>` lets it: every full page comes after an empty one then.
"""

import base64
import json

from ministack.services import organizations

from .admin import routes
from .private_names import replace

_limits = {"items": None, "empty": False}


class WrongToken(ValueError):
    """A NextToken that no page has answered."""


def page(items, token, size):
    """The items that are next, and the token for what comes after them or None."""
    start, was_empty = _read(token) if token else (0, False)
    if _limits["empty"] and not was_empty and start < len(items):
        return [], _write(start, True)
    end = start + min(size, _limits["items"] or size)
    return items[start:end], _write(end, False) if end < len(items) else None


def _write(start, was_empty):
    return base64.urlsafe_b64encode(json.dumps([start, was_empty]).encode()).decode()


def _read(token):
    try:
        start, was_empty = json.loads(base64.urlsafe_b64decode(token))
        return int(start), bool(was_empty)
    except (ValueError, TypeError):
        raise WrongToken(token) from None


def _limit(query):
    _limits.update(items=int(query.get("items") or 0) or None, empty=query.get("empty") == "true")


def _forget(reset):
    def forget():
        _limits.update(items=None, empty=False)
        reset()
    return forget


def install():
    routes["pages"] = _limit
    replace(organizations, "reset", _forget)
