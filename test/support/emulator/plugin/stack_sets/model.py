"""What stack sets consist of, and where they are kept."""

import asyncio
from dataclasses import dataclass, field

from ministack.core.responses import new_uuid, now_iso
from ministack.services import cloudformation

from ..private_names import replace


@dataclass
class Instance:
    account: str
    region: str
    unit: str
    status: str = "OUTDATED"
    detailed: str = "PENDING"
    reason: str = ""
    operation: str = ""
    stack_name: str = ""
    stack_id: str = ""

    @property
    def key(self):
        return self.account, self.region


@dataclass
class Operation:
    action: str
    preferences: dict
    id: str = field(default_factory=new_uuid)
    status: str = "QUEUED"
    created: str = field(default_factory=now_iso)
    ended: str = ""
    reason: str = ""
    failed: int = 0
    task: asyncio.Task | None = None


@dataclass
class StackSet:
    management: str
    region: str
    name: str
    props: dict
    id: str = ""
    status: str = "ACTIVE"
    instances: dict = field(default_factory=dict)
    # The newest first.
    operations: list = field(default_factory=list)
    # region -> the units whose accounts have an instance by themselves
    units: dict = field(default_factory=dict)
    turn: asyncio.Lock = field(default_factory=asyncio.Lock)

    def __post_init__(self):
        self.id = self.id or f"{self.name}:{new_uuid()}"

    @property
    def arn(self):
        return f"arn:aws:cloudformation:{self.region}:{self.management}:stackset/{self.id}"

    def setting(self, group, name):
        return str((self.props.get(group) or {}).get(name)).lower() == "true"

    @property
    def is_busy(self):
        return any(operation.status in ("QUEUED", "RUNNING") for operation in self.operations)


_sets = []


def add(the_set):
    _sets.append(the_set)
    return the_set


def find(management, region, name_or_id):
    """The set of this name, or of this ID even when it is deleted; None without one."""
    for the_set in _sets:
        if (the_set.management, the_set.region) == (management, region):
            if the_set.id == name_or_id or the_set.name == name_or_id and the_set.status == "ACTIVE":
                return the_set
    return None


def of(management):
    return [the_set for the_set in _sets if the_set.management == management and the_set.status == "ACTIVE"]


def _forget(reset):
    def forget():
        tasks = [operation.task for the_set in _sets for operation in the_set.operations if operation.task and not operation.task.done()]
        _sets.clear()
        for task in tasks:
            task.get_loop().call_soon_threadsafe(task.cancel)
        reset()
    return forget


def install():
    replace(cloudformation, "reset", _forget)
