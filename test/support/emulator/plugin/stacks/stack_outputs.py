"""`Fn::GetStackOutput`: MiniStack knows it of stacks of the same region alone, and reads stacks that are deleted.

AWS: the value that an output of another stack has when the stack that reads it is created or updated, in any of its properties or
outputs. Nothing else ties the two: the other stack may change and go, and nobody tells the reader. Region is the reader's own unless
given. What is not there fails the operation.

Inferred: that every update reads anew, also for resources whose text in the template stays; the words of the errors (the first are
those of DescribeStacks). Not modelled: RoleArn, by which another account's stack is read, which is refused, and the right to
DescribeStacks that the execution role needs.
"""

from ministack.core.responses import get_account_id, get_region
from ministack.services.cloudformation import _stacks, changesets, engine, handlers, stacks

from ..private_names import original, replace

FUNCTION = "Fn::GetStackOutput"


def _output(name, output, region):
    stack = _stacks.get_scoped(get_account_id(), region, name)
    if stack is None or stack["StackStatus"] in ("DELETE_COMPLETE", "REVIEW_IN_PROGRESS"):
        raise ValueError(f"Template error: {FUNCTION} cannot be resolved: Stack with id {name} does not exist in {region}")
    for found in stack["Outputs"]:
        if found["OutputKey"] == output:
            return found["OutputValue"]
    raise ValueError(f"Template error: {FUNCTION} cannot be resolved: Stack {name} in {region} has no output {output}")


def _resolve(resolve):
    def resolve_refs(value, *context):
        if not isinstance(value, dict) or FUNCTION not in value:
            return resolve(value, *context)
        arguments = {name: resolve_refs(argument, *context) for name, argument in value[FUNCTION].items()}
        if "RoleArn" in arguments:
            raise ValueError(f"{FUNCTION} with a RoleArn is not modelled here")
        return _output(arguments["StackName"], arguments["OutputName"], arguments.get("Region") or get_region())
    return resolve_refs


def install():
    original(_stacks, "get_scoped")
    replace(engine, "_resolve_refs", _resolve)
    for module in (stacks, changesets, handlers):
        original(module, "_resolve_refs")
        module._resolve_refs = engine._resolve_refs
