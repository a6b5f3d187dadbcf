"""After a failed delete MiniStack goes on and deletes what the failed resource depends on.

AWS: CloudFormation deletes a resource only once everything that depends on it is gone. What the failed one needs stays, the
stack ends in DELETE_FAILED (a rollback in ROLLBACK_FAILED), and a retried delete takes up all that is left.
"""

from ministack.core.responses import now_iso
from ministack.services.cloudformation import _stacks, handlers, stacks

from ..private_names import original, replace

# Key of the stack's record under which the logical IDs stand that could not be deleted.
UNDELETED = "_undeleted"


def _delete(delete):
    def delete_resource(resource_type, physical_id, props, stack_name=None, logical_id=None):
        stack = _stacks.get(stack_name) or {}
        rolling_back = stack.get("StackStatus") == "ROLLBACK_IN_PROGRESS"
        if not rolling_back and stack.get("StackStatus") != "DELETE_IN_PROGRESS":
            return delete(resource_type, physical_id, props, stack_name, logical_id)
        undeleted = stack.setdefault(UNDELETED, set())
        # What a retried delete retains is no longer in the stack, and holds nothing back.
        failed = undeleted if rolling_back else undeleted & stack["_resources"].keys()
        definitions = stack["_template"]["Resources"]
        needed_by = sorted(lid for lid in failed - {logical_id}
                           if logical_id in stacks._extract_deps(definitions.get(lid, {}), {logical_id}))
        undeleted.add(logical_id)
        if needed_by:
            raise ValueError(f"not deleted, as it is needed by what failed to delete: {', '.join(needed_by)}")
        delete(resource_type, physical_id, props, stack_name, logical_id)
        undeleted.discard(logical_id)
    return delete_resource


def _keep_undeleted(roll_back):
    async def roll_back_operation(stack_name, stack_id, stack, operation, *args, **kwargs):
        if not operation.get("is_update"):
            stack["_template"] = operation["template"]
        await roll_back(stack_name, stack_id, stack, operation, *args, **kwargs)
        if stack["StackStatus"] == "ROLLBACK_FAILED":
            for logical_id, record in stack["_rollback_failed"].items():
                stack["_resources"][logical_id] = {**record, "LogicalResourceId": logical_id, "ResourceStatus": "DELETE_FAILED",
                                                   "Attributes": {}, "Timestamp": now_iso()}
    return roll_back_operation


def install():
    original(stacks, "_extract_deps")
    replace(stacks, "_delete_resource", _delete)
    replace(stacks, "_roll_back_operation", _keep_undeleted)
    original(handlers, "_roll_back_operation")
    handlers._roll_back_operation = stacks._roll_back_operation
