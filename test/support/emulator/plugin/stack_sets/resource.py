"""`AWS::CloudFormation::StackSet`, in the order of AWS's own handler."""

import json

from ministack.core.responses import get_region
from ministack.services.cloudformation import _stacks, provisioners, stacks

from ..private_names import original, replace
from ..stacks import failed_create
from . import TYPE, model, operations, rights, targets

CREATE_ONLY = ("StackSetName", "PermissionModel", "CallAs")
# A change of these is an operation on every instance.
CONFIGURATION = ("TemplateBody", "Description", "Capabilities", "Parameters", "Tags", "AutoDeployment")
BODY_MAX_BYTES = 51_200


def _checked(props):
    if props.get("PermissionModel") != "SERVICE_MANAGED":
        raise ValueError("only service-managed stack sets are modelled here")
    if not props.get("TemplateBody") or len(props["TemplateBody"].encode()) > BODY_MAX_BYTES:
        raise ValueError(f"a TemplateBody of at most {BODY_MAX_BYTES} bytes is needed here")
    for resource in json.loads(props["TemplateBody"]).get("Resources", {}).values():
        if resource["Type"] in ("AWS::CloudFormation::Stack", TYPE):
            raise ValueError(f"Nested {resource['Type']} is not supported in service managed {TYPE}")
    return targets.groups(props)


def _create(logical_id, props, stack_name):
    groups = _checked(props)
    management, name = rights.administered(props.get("CallAs", "SELF")), props["StackSetName"]
    if model.find(management, get_region(), name):
        raise ValueError(f"Resource of type '{TYPE}' with identifier '{name}' already exists.")
    the_set = model.add(model.StackSet(management, get_region(), name, props))
    stack_id = _stacks[stack_name]["StackId"]
    failed_create.leave(stack_id, logical_id, TYPE, the_set.id, props)
    operations.wait_for(_deploy, the_set, [("CREATE", one) for one in targets.operations(groups)])
    failed_create.take(stack_id, logical_id)
    return the_set.id, {"StackSetId": the_set.id}


def _update(set_id, old, new, stack_name, logical_id=None):
    groups = _checked(new)
    the_set = model.find(rights.administered(new.get("CallAs", "SELF")), get_region(), set_id)
    if the_set is None or the_set.status == "DELETED":
        raise ValueError(f"Resource of type '{TYPE}' with identifier '{set_id}' was not found.")
    deleted, created, updated = targets.changes(targets.groups(old), groups)
    the_set.props = {**the_set.props, "ManagedExecution": new.get("ManagedExecution"), "OperationPreferences": new.get("OperationPreferences")}
    operations.wait_for(_deploy, the_set, [("DELETE", one) for one in deleted])
    the_set.props = new
    if any(old.get(name) != new.get(name) for name in CONFIGURATION):
        operations.wait_for(_deploy, the_set, [("UPDATE", None)])
    operations.wait_for(_deploy, the_set, [("CREATE", one) for one in created] + [("UPDATE", one) for one in updated])
    return set_id, {"StackSetId": set_id}


def _delete(set_id, props):
    the_set = model.find(rights.administered(props.get("CallAs", "SELF")), get_region(), set_id)
    if the_set is None or the_set.status == "DELETED":
        return
    operations.wait_for(_deploy, the_set, [("DELETE", one) for one in targets.operations(targets.groups(props))])
    if the_set.instances:
        raise ValueError(f"StackSet is not empty: {', '.join(account for account, _region in the_set.instances)}")
    the_set.status = "DELETED"


async def _deploy(the_set, plan):
    """One operation after the other; the first that fails ends it."""
    for action, target in plan:
        _remember_units(the_set, action, target)
        if action != "CREATE" and target and not target.instances(the_set):
            continue
        operation = operations.begin(the_set, action, lambda: _chosen(the_set, action, target), the_set.props.get("OperationPreferences"))
        await operation.task
        if operation.status != "SUCCEEDED":
            raise ValueError(f'Resource handler returned message: "Stack set operation [{operation.id}] was unexpectedly stopped or failed"')


def _chosen(the_set, action, target):
    if action == "CREATE":
        return list(target.members(the_set.management))
    found = target.instances(the_set) if target else list(the_set.instances.values())
    return [(one.account, one.region, one.unit) for one in found if action == "DELETE" or one.status != "INOPERABLE"]


def _remember_units(the_set, action, target):
    """Which units have automatic deployments: filters of accounts do not matter for them."""
    for region in target.regions if target else ():
        units = the_set.units.setdefault(region, [])
        if action == "CREATE":
            units.extend(unit for unit in target.units if unit not in units)
        elif action == "DELETE" and target.filter == "NONE" and not target.difference:
            units[:] = [unit for unit in units if unit not in target.units]


def install():
    for name in ("_RESOURCE_HANDLERS", "_REPLACING_PROPERTIES"):
        original(provisioners, name)
    provisioners._RESOURCE_HANDLERS[TYPE] = {"create": _create, "update": _update, "update_with_logical_id": True, "delete": _delete}
    provisioners._REPLACING_PROPERTIES[TYPE] = CREATE_ONLY
    for name in ("_runs_on_worker_thread", "_sends_back_failed_update"):
        replace(stacks, name, lambda answer: lambda resource_type: resource_type == TYPE or answer(resource_type))
