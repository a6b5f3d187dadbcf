"""Who is in which organization, and where."""

from ministack.services import organizations

from ..private_names import original

# Called with (management account, account) after an account came, moved or went.
on_move = []


def management_of(account_id):
    """The management account of the organization that an account is in, or None."""
    for (management, _self) in list(organizations._orgs._data):
        if (management, account_id) in organizations._accounts._data:
            return management
    return None


def organization_of(account_id):
    """The ID of the organization that an account is in, or None."""
    management = management_of(account_id)
    return management and organizations._orgs.get_scoped(management, None, "self")["Id"]


def record(management, account_id):
    return organizations._accounts.get_scoped(management, None, account_id)


def members(management):
    """The accounts of an organization in the order in which they came, the management account first."""
    return [one for (owner, _id), one in list(organizations._accounts._data.items()) if owner == management]


def parents(management, child_id):
    """The root's ID, then those of the units down to what the child (account or unit) stands in."""
    child = record(management, child_id) or organizations._ous.get_scoped(management, None, child_id)
    if child is None:
        return []
    return [*parents(management, child["_ParentId"]), child["_ParentId"]]


def path_of(management, child_id):
    """`o-.../r-.../ou-.../`, with the child at its end."""
    organization = organizations._orgs.get_scoped(management, None, "self")["Id"]
    return "/".join([organization, *parents(management, child_id), child_id]) + "/"


def path_above(management, account_id):
    """The path of the unit that an account is in, as in the condition keys."""
    return path_of(management, account_id).removesuffix(f"{account_id}/")


def tell(management, account_id):
    for listener in on_move:
        listener(management, account_id)


def install():
    for name in ("_orgs", "_accounts", "_ous"):
        original(original(organizations, name), "_data")
