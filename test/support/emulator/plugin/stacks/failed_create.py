"""Delete after a failed Create of a custom resource, which MiniStack does not send.

AWS: the rollback sends Delete with the physical ID of the FAILED answer, or with one it makes up when no answer came; if
that Delete fails too, the stack ends in ROLLBACK_FAILED.
"""

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
                _failed[stack_id, logical_id] = {
                    "PhysicalResourceId": _answered.pop((stack_id, logical_id), None) or f"{stack_name}-{logical_id}-{new_uuid()[:8]}",
                    "LogicalResourceId": logical_id, "ResourceType": resource_type, "ResourceStatus": "CREATE_FAILED",
                    "Properties": props, "Attributes": {}, "Timestamp": now_iso(),
                }
            raise
    return invoke_custom_resource


def _roll_back(roll_back):
    async def roll_back_operation(stack_name, stack_id, stack, operation, *args, **kwargs):
        logical_id = operation.get("failed_logical_id")
        record = _failed.pop((stack_id, logical_id), None)
        if record is not None and operation.get("failed_update") is None:
            stack.setdefault("_resources", {})[logical_id] = record
            operation = {**operation, "created": [*operation["created"], logical_id]}
        await roll_back(stack_name, stack_id, stack, operation, *args, **kwargs)
    return roll_back_operation


def install():
    replace(custom_resource, "deliver_response", _deliver)
    replace(custom_resource, "invoke_custom_resource", _invoke)
    replace(stacks, "_roll_back_operation", _roll_back)
    original(handlers, "_roll_back_operation")
    handlers._roll_back_operation = stacks._roll_back_operation
