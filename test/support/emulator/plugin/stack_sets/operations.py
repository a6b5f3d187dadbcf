"""Operations of stack sets, which run on the event loop beside what the server answers.

`POST /_ministack/hold?account=<ID>&held=<true or false>` lets the instances of an account wait, PENDING, until it is let go.
"""

import asyncio
import contextvars

from ministack.core.responses import now_iso
from ministack.services import cloudformation

from ..admin import routes
from ..organizations import membership
from ..private_names import replace
from . import member_stacks
from .model import Instance, Operation

INTERVAL_SECONDS = 0.02
_held = set()
_loop = None


def begin(the_set, action, choose, preferences=None, retain=False):
    """Begins an operation, or lets it wait for its turn. `choose` names, at that time, the instances: (account, region, unit).

    In a context of its own: nothing of the request or stack that it was begun by holds for what it does.
    """
    operation = Operation(action, preferences or {})
    the_set.operations.insert(0, operation)
    operation.task = asyncio.get_running_loop().create_task(_in_turn(the_set, operation, choose, retain), context=contextvars.Context())
    return operation


def wait_for(make, *arguments):
    """For threads beside the event loop: runs a coroutine on it, to its end."""
    return asyncio.run_coroutine_threadsafe(make(*arguments), _loop).result()


async def _in_turn(the_set, operation, choose, retain):
    async with the_set.turn:
        operation.status = "RUNNING"
        instances = [_instance(the_set, *place, operation) for place in choose()]
        act = _taking(the_set, retain) if operation.action == "DELETE" else _bringing(the_set)
        failed = False
        # One region after the other, as it is the default.
        for region in sorted({instance.region for instance in instances}):
            there = [instance for instance in instances if instance.region == region]
            if failed:
                for instance in there:
                    _note(instance, "OUTDATED", "CANCELLED", "Cancelled since failure tolerance has exceeded")
            else:
                failed = await _in_region(operation, there, act)
        operation.status, operation.ended = ("FAILED" if failed else "SUCCEEDED"), now_iso()


def _instance(the_set, account, region, unit, operation):
    instance = the_set.instances.setdefault((account, region), Instance(account, region, unit))
    instance.operation, instance.detailed, instance.reason = operation.id, "PENDING", ""
    if instance.status != "INOPERABLE":
        instance.status = "OUTDATED"
    return instance


async def _in_region(operation, instances, act):
    """Whether more failed than are tolerated."""
    tolerated = _share(operation.preferences, "FailureTolerance", len(instances))
    at_once = max(1, _share(operation.preferences, "MaxConcurrent", len(instances), 1))
    if operation.preferences.get("ConcurrencyMode") != "SOFT_FAILURE_TOLERANCE":
        at_once = min(at_once, tolerated + 1)
    room, failures = asyncio.Semaphore(at_once), []

    async def one(instance):
        async with room:
            while instance.account in _held and len(failures) <= tolerated:
                await asyncio.sleep(INTERVAL_SECONDS)
            if len(failures) > tolerated:
                _note(instance, "OUTDATED", "CANCELLED", "Cancelled since failure tolerance has exceeded")
            elif await act(instance):
                failures.append(instance)
                operation.failed += 1

    await asyncio.gather(*(one(instance) for instance in instances))
    return len(failures) > tolerated


def _share(preferences, name, of, default=0):
    if f"{name}Percentage" in preferences:
        return of * int(preferences[f"{name}Percentage"]) // 100
    return int(preferences.get(f"{name}Count", default))


def _note(instance, status, detailed, reason=""):
    instance.status, instance.detailed, instance.reason = status, detailed, reason


def _is_suspended(the_set, instance):
    record = membership.record(the_set.management, instance.account)
    return record is not None and record["Status"] != "ACTIVE"


def _bringing(the_set):
    """Whether it failed."""
    async def act(instance):
        if _is_suspended(the_set, instance):
            _note(instance, "OUTDATED", "SKIPPED_SUSPENDED_ACCOUNT", "The account is suspended")
            return False
        instance.detailed = "RUNNING"
        problem = await member_stacks.bring(the_set, instance)
        _note(instance, *(("OUTDATED", "FAILED", problem) if problem else ("CURRENT", "SUCCEEDED")))
        return problem is not None
    return act


def _taking(the_set, retain):
    """Whether it failed."""
    async def act(instance):
        instance.detailed = "RUNNING"
        problem = None if retain or _is_suspended(the_set, instance) else await member_stacks.take(instance)
        if problem:
            _note(instance, "INOPERABLE", "INOPERABLE", problem)
            return True
        del the_set.instances[instance.key]
        return False
    return act


def _hold(query):
    (_held.add if query["held"] == "true" else _held.discard)(query["account"])


def _seen(handle):
    async def handle_request(*args):
        global _loop
        _loop = asyncio.get_running_loop()
        return await handle(*args)
    return handle_request


def install():
    routes["hold"] = _hold
    replace(cloudformation, "handle_request", _seen)
    replace(cloudformation, "reset", lambda reset: lambda: (_held.clear(), reset())[1])
