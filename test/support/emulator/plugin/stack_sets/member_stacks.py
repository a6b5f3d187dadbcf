"""The stack of an instance, made and taken away in its account, by the service and in this process."""

import asyncio
import re

from ministack.core.responses import new_uuid, set_request_account_id, set_request_region
from ministack.services import cloudformation
from ministack.services.cloudformation import handlers

from ..private_names import original

INTERVAL_SECONDS = 0.01
GOOD = ("CREATE_COMPLETE", "UPDATE_COMPLETE")
# The service makes such a stack anew.
BROKEN = ("ROLLBACK_COMPLETE", "ROLLBACK_FAILED", "CREATE_FAILED", "DELETE_FAILED")


async def bring(the_set, instance):
    """Makes or updates it as the set has it; answers what is wrong with it, or None."""
    _enter(instance)
    stack = _stack(instance)
    if stack and stack["StackStatus"] in BROKEN:
        problem = await take(instance)
        if problem:
            return problem
        stack = None
    if stack is None:
        instance.stack_name = f"StackSet-{the_set.name}-{new_uuid()}"[:128]
    answer = (handlers._update_stack if stack else handlers._create_stack)(_parameters(the_set, instance.stack_name))
    if answer[0] != 200:
        message = re.search(r"<Message>(.*)</Message>", answer[2].decode()).group(1)
        return None if "No updates are to be performed" in message else message
    stack = await _settled(instance)
    instance.stack_id = stack["StackId"]
    return None if stack["StackStatus"] in GOOD else _reason(stack)


async def take(instance):
    """Deletes it; answers what is wrong, or None."""
    _enter(instance)
    stack = _stack(instance)
    if stack is None:
        return None
    handlers._delete_stack({"StackName": [instance.stack_name]})
    # MiniStack says so only once the event loop has come to it; an earlier failure would be taken for this one's.
    stack["StackStatus"] = "DELETE_IN_PROGRESS"
    stack = await _settled(instance)
    return _reason(stack) if stack and stack["StackStatus"] == "DELETE_FAILED" else None


def _enter(instance):
    set_request_account_id(instance.account)
    set_request_region(instance.region)


def _stack(instance):
    stack = cloudformation._stacks.get(instance.stack_name)
    return stack if stack and stack["StackStatus"] != "DELETE_COMPLETE" else None


async def _settled(instance):
    while True:
        stack = cloudformation._stacks.get(instance.stack_name)
        if stack is None or not stack["StackStatus"].endswith("_IN_PROGRESS"):
            return stack
        await asyncio.sleep(INTERVAL_SECONDS)


def _parameters(the_set, stack_name):
    props = the_set.props
    parameters = {"StackName": [stack_name], "TemplateBody": [props["TemplateBody"]]}
    for number, capability in enumerate(props.get("Capabilities") or [], 1):
        parameters[f"Capabilities.member.{number}"] = [capability]
    for number, parameter in enumerate(props.get("Parameters") or [], 1):
        for key, value in parameter.items():
            parameters[f"Parameters.member.{number}.{key}"] = [str(value)]
    return parameters


def _reason(stack):
    """Why it failed, as the service says it: the first resource that did, since the last operation began."""
    events = cloudformation._stack_events.get(stack["StackId"]) or []
    begun = [number for number, event in enumerate(events) if event.get("ResourceStatusReason") == "User Initiated"]
    for event in events[begun[-1] if begun else 0:]:
        if event["ResourceStatus"].endswith("_FAILED") and event["ResourceType"] != "AWS::CloudFormation::Stack":
            return (f"ResourceLogicalId:{event['LogicalResourceId']}, ResourceType:{event['ResourceType']}, "
                    f"ResourceStatusReason:{event['ResourceStatusReason']}.")
    return stack.get("StackStatusReason") or stack["StackStatus"]


def install():
    for name in ("_stacks", "_stack_events"):
        original(cloudformation, name)
    for name in ("_create_stack", "_update_stack", "_delete_stack"):
        original(handlers, name)
