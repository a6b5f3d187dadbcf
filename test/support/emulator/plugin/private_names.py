"""Guards the use of MiniStack's private names: they hold for one version only."""

from importlib.metadata import version

VERSION = "1.5.33"


def require_version():
    found = version("ministack")
    if found != VERSION:
        raise SystemExit(f"this plug-in uses private names of ministack {VERSION}, but {found} is installed: "
                         "check every module of the plug-in against it, then change the version here and in requirements.txt")


def original(owner, name):
    """The attribute, or a clear end when this MiniStack does not have it."""
    try:
        return getattr(owner, name)
    except AttributeError:
        label = getattr(owner, "__name__", repr(owner))
        raise SystemExit(f"ministack {VERSION} was expected to have {label}.{name}, which the plug-in replaces or uses") from None


def replace(owner, name, replacement):
    """Puts `replacement(original)` in the place of an attribute that has to be there."""
    setattr(owner, name, replacement(original(owner, name)))


def wrap_action(service, function_name, action, wrapper):
    """Replaces the handler of an IAM action, in its module and in the table that requests are looked up in."""
    handler = wrapper(original(service, function_name))
    table = original(service, "_IAM_HANDLERS")
    if table.get(action) is not getattr(service, function_name):
        raise SystemExit(f"ministack {VERSION} was expected to serve {action} with {function_name}")
    setattr(service, function_name, handler)
    table[action] = handler
