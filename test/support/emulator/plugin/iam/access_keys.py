"""Access keys: MiniStack gives a user any number of them, with secrets of hexadecimal digits, and lists those of no user.

AWS: at most two keys a user (LimitExceeded); a secret of 40 characters of base64's alphabet, so `/` and `+` too;
ListAccessKeys and DeleteAccessKey of a user that does not exist, and a key of another user, are NoSuchEntity.
"""

import secrets
import string

from ministack.services import iam

from ..private_names import original, wrap_action

ALPHABET = string.ascii_letters + string.digits + "/+"


def make_secret():
    """40 characters, always with a slash and a plus: whoever forgets to encode one is found out at once."""
    characters = [secrets.choice(ALPHABET) for _ in range(36)] + ["/", "+", "/", "+"]
    secrets.SystemRandom().shuffle(characters)
    return "".join(characters)


def _no_user(name):
    return iam._error(404, "NoSuchEntity", f"The user with name {name} cannot be found.", ns="iam")


def _create(create):
    def create_access_key(params):
        user = iam._p(params, "UserName")
        before = [key for key, record in iam._access_keys.items() if record["UserName"] == user]
        if len(before) >= 2:
            return iam._error(409, "LimitExceeded", "Cannot exceed quota for AccessKeysPerUser: 2", ns="iam")
        status, headers, body = create(params)
        if status != 200:
            return status, headers, body
        key, record = next((key, record) for key, record in iam._access_keys.items()
                           if record["UserName"] == user and key not in before)
        made, record["SecretAccessKey"] = record["SecretAccessKey"], make_secret()
        return status, headers, body.replace(made.encode(), record["SecretAccessKey"].encode())
    return create_access_key


def _list(list_keys):
    def list_access_keys(params):
        user = iam._p(params, "UserName")
        return _no_user(user) if user and user not in iam._users else list_keys(params)
    return list_access_keys


def _delete(delete):
    def delete_access_key(params):
        user = iam._p(params, "UserName")
        key = iam._p(params, "AccessKeyId")
        if user and user not in iam._users:
            return _no_user(user)
        if user and iam._access_keys.get(key, {}).get("UserName") != user:
            return iam._error(404, "NoSuchEntity", f"The Access Key with id {key} cannot be found.", ns="iam")
        return delete(params)
    return delete_access_key


def install():
    for name in ("_p", "_error", "_users", "_access_keys"):
        original(iam, name)
    wrap_action(iam, "_create_access_key", "CreateAccessKey", _create)
    wrap_action(iam, "_list_access_keys", "ListAccessKeys", _list)
    wrap_action(iam, "_delete_access_key", "DeleteAccessKey", _delete)
