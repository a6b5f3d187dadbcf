"""Delete after a failed Create of a custom resource, or of what else had an ID before it failed: MiniStack does not send it.

AWS: the rollback sends Delete with the physical ID of the FAILED answer, or with one it makes up when no answer came; if
that Delete fails too, the stack ends in ROLLBACK_FAILED. What was to replace another one goes as well.
"""

from ministack.core.concurrency import run_reentrant
from ministack.core.responses import new_uuid, now_iso
from ministack.services.cloudformation import custom_resource, handlers, stacks

from ..private_names import original, replace

# (stack ID, logical ID) -> physical ID that the FAILED answer carried
_answered = {}
# (stack ID, logical ID) -> the record of a resource whose Create failed
_failed = {}


def _deliver(deliver):
    def deliver_response(token, response):
        if response.get("Status") == "FAILED":
            _answered[response.get("StackId"), response.get("LogicalResourceId")] = response.get("PhysicalResourceId")
        return deliver(token, response)
    return deliver_response


def _invoke(invoke):
    def invoke_custom_resource(request_type, logical_id, props, stack_name, stack_id, resource_type, physical_id=None, old_props=None):
        _answered.pop((stack_id, logical_id), None)
        try:
            return invoke(request_type, logical_id, props, stack_name, stack_id, resource_type,
                          physical_id=physical_id, old_props=old_props)
        except (RuntimeError, TimeoutError):
            if request_type == "Create":
                physical_id = _answered.pop((stack_id, logical_id), None) or f"{stack_name}-{logical_id}-{new_uuid()[:8]}"
                leave(stack_id, logical_id, resource_type, physical_id, props)
            raise
    return invoke_custom_resource


def leave(stack_id, logical_id, resource_type, physical_id, props):
    """Says what a creation leaves if it fails."""
    _failed[stack_id, logical_id] = {
        "PhysicalResourceId": physical_id, "LogicalResourceId": logical_id, "ResourceType": resource_type, "ResourceStatus": "CREATE_FAILED",
        "Properties": props, "Attributes": {}, "Timestamp": now_iso(),
    }


def take(stack_id, logical_id):
    """What a creation has left, told once; None where nothing is."""
    return _failed.pop((stack_id, logical_id), None)


def _roll_back(roll_back):
    async def roll_back_operation(stack_name, stack_id, stack, operation, *args, **kwargs):
        logical_id = operation.get("failed_logical_id")
        record = take(stack_id, logical_id)
        if record is not None and operation.get("failed_update") is None:
            stack.setdefault("_resources", {})[logical_id] = record
            operation = {**operation, "created": [*operation["created"], logical_id]}
            record = None
        await roll_back(stack_name, stack_id, stack, operation, *args, **kwargs)
        if record is not None:
            await _delete(stack_id, stack_name, record)
    return roll_back_operation


async def _delete(stack_id, stack_name, record):
    about = (stack_id, stack_name, record["LogicalResourceId"], record["ResourceType"])
    try:
        await run_reentrant(stacks._delete_resource, record["ResourceType"], record["PhysicalResourceId"], record["Properties"],
                            stack_name, record["LogicalResourceId"])
        stacks._add_event(*about, "DELETE_COMPLETE", physical_id=record["PhysicalResourceId"])
    except Exception as error:
        stacks._add_event(*about, "DELETE_FAILED", str(error), record["PhysicalResourceId"])


def install():
    for name in ("_add_event", "_delete_resource"):
        original(stacks, name)
    replace(custom_resource, "deliver_response", _deliver)
    replace(custom_resource, "invoke_custom_resource", _invoke)
    replace(stacks, "_roll_back_operation", _roll_back)
    original(handlers, "_roll_back_operation")
    handlers._roll_back_operation = stacks._roll_back_operation
