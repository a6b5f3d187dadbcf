"""Which accounts a deployment is meant for: units, with a filter of accounts or without one."""

from dataclasses import dataclass, field

from ..organizations import membership

# Any account that no filter names.
_ANOTHER = "another"


@dataclass(frozen=True)
class Targets:
    units: tuple
    regions: tuple
    filter: str = "NONE"
    accounts: frozenset = frozenset()
    # Beside the filter: two others, of which the first lets an account and the second does not (or does, for `both`).
    difference: tuple = field(default=(), compare=False)
    both: tuple = field(default=(), compare=False)

    def lets(self, account):
        if self.difference:
            return self.difference[0].lets(account) and not self.difference[1].lets(account)
        if self.both:
            return all(one.lets(account) for one in self.both)
        return {"NONE": True, "INTERSECTION": account in self.accounts, "DIFFERENCE": account not in self.accounts}[self.filter]

    @property
    def lets_anybody(self):
        named = frozenset().union(*(one.accounts for one in (*self.difference, *self.both)), self.accounts)
        return any(self.lets(account) for account in (*named, _ANOTHER))

    def members(self, management):
        """(account, region, unit) of the organization as it is now; suspended accounts and the management account get nothing."""
        for one in membership.members(management):
            unit = innermost(membership.parents(management, one["Id"]), self.units)
            if unit and one["Id"] != management and one["Status"] == "ACTIVE" and self.lets(one["Id"]):
                for region in self.regions:
                    yield one["Id"], region, unit

    def instances(self, the_set):
        """The instances that the set has for it."""
        return [one for one in the_set.instances.values() if one.unit in self.units and one.region in self.regions and self.lets(one.account)]


def innermost(parents, units):
    """Of the units that are among the parents the one that is nearest to the child, or None."""
    return next((parent for parent in reversed(parents) if parent in units), None)


def groups(props):
    """What StackInstancesGroup says, checked as AWS's handler checks it."""
    return [_group(group) for group in props.get("StackInstancesGroup") or []]


def _group(group):
    targets = group.get("DeploymentTargets") or {}
    units, accounts, kind = targets.get("OrganizationalUnitIds"), targets.get("Accounts") or [], targets.get("AccountFilterType") or "NONE"
    if not units:
        raise ValueError("OrganizationalUnitIds should be specified in SERVICE_MANAGED mode")
    if kind not in ("NONE", "INTERSECTION", "DIFFERENCE"):
        raise ValueError(f"{kind} is not a valid AccountFilterType")
    if kind == "NONE" and accounts:
        raise ValueError("AccountFilterType should be specified when both OrganizationalUnitIds and Accounts are provided")
    if kind != "NONE" and not accounts:
        raise ValueError("Accounts should be specified when Account-level Targeting is enabled")
    return Targets(tuple(units), tuple(group["Regions"]), kind, frozenset(accounts))


def operations(wanted):
    """The targets of the operations that these groups make: with filters, each unit in each region is one of its own."""
    if all(group.filter == "NONE" for group in wanted):
        return wanted
    return list(_by_place(wanted).values())


def changes(old, new):
    """(deleted, created, updated) between two lists of groups. Units are compared by ID: nobody looks what is in them."""
    before, after = _by_place(old), _by_place(new)
    deleted = [before[place] for place in before.keys() - after.keys()]
    created = [after[place] for place in after.keys() - before.keys()]
    updated = []
    if any(group.filter != "NONE" for group in [*old, *new]):
        for place in sorted(before.keys() & after.keys()):
            left, right = before[place], after[place]
            deleted.append(Targets(left.units, left.regions, difference=(left, right)))
            created.append(Targets(left.units, left.regions, difference=(right, left)))
            updated.append(Targets(left.units, left.regions, both=(left, right)))
    else:
        deleted, created = _together(deleted), _together(created)
    return tuple([one for one in some if one.lets_anybody] for some in (deleted, created, updated))


def _by_place(wanted):
    return {(unit, region): Targets((unit,), (region,), group.filter, group.accounts)
            for group in wanted for unit in group.units for region in group.regions}


def _together(some):
    """Without filters, the units of a region are one operation."""
    regions = sorted({one.regions for one in some})
    return [Targets(tuple(sorted(one.units[0] for one in some if one.regions == region)), region) for region in regions]
