"""Automatic deployments: accounts that come to a targeted unit, and accounts that leave it."""

from ..organizations import membership
from . import model, operations
from .targets import innermost


def _follow(management, account):
    for the_set in model.of(management):
        if the_set.setting("AutoDeployment", "Enabled") and account != management:
            for region, units in the_set.units.items():
                _follow_in(the_set, account, region, units)


def _follow_in(the_set, account, region, units):
    record = membership.record(the_set.management, account)
    unit = innermost(membership.parents(the_set.management, account), units) if record else None
    instance = the_set.instances.get((account, region))
    if instance and instance.unit == unit:
        return
    if instance:
        retain = the_set.setting("AutoDeployment", "RetainStacksOnAccountRemoval")
        operations.begin(the_set, "DELETE", lambda: [(account, region, instance.unit)], retain=retain)
    if unit and record["Status"] == "ACTIVE":
        operations.begin(the_set, "CREATE", lambda: [(account, region, unit)])


def install():
    membership.on_move.append(_follow)
