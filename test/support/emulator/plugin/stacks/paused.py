"""Stacks whose rollback is disabled: MiniStack keeps what a failed operation made, and refuses every update from there on.

AWS: with DisableRollback (`cdk deploy --no-rollback`, OnFailure DO_NOTHING) a stack stays CREATE_FAILED or UPDATE_FAILED, with what was
made until then. An update without DisableRollback is refused; one with it takes up what is there, makes what is missing, and first
deletes what a failed creation has left, as it has no last stable state. RollbackStack and DeleteStack delete it too. In express mode
(`cdk deploy --express`, DeploymentConfig) rollback is disabled unless told otherwise; change sets and stacks tell their mode.

Inferred: that the rest of a failed creation is deleted before it is made again; that nothing is sent to a resource whose update
failed until the next one, which is told the properties of the last one that succeeded. A template that goes back to these changes
nothing of it. Not modelled: that express mode does not wait until resources are stable.
"""

from ministack.core.concurrency import run_reentrant
from ministack.services.cloudformation import _change_sets, _stacks, changesets, handlers, helpers, stacks

from ..private_names import original, replace
from . import failed_create

PAUSED = ("CREATE_FAILED", "UPDATE_FAILED")
MODE, DISABLE = "DeploymentConfig.Mode", "DeploymentConfig.DisableRollback"


def _is_disabled(params, config):
    given = helpers._p(params, "DisableRollback") or config.get("DisableRollback") or ("true" if config.get("Mode") == "EXPRESS" else "false")
    return given.lower() == "true" or helpers._p(params, "OnFailure") == "DO_NOTHING"


def _config(params):
    return {name: helpers._p(params, key) for name, key in (("Mode", MODE), ("DisableRollback", DISABLE)) if helpers._p(params, key)}


def _refusal(stack, disabled):
    if stack and stack["StackStatus"] in PAUSED and not disabled:
        return helpers._error("ValidationError", f"This stack is currently in a non-terminal [{stack['StackStatus']}] state. To update the "
                              "stack from this state, please use the disable-rollback parameter with update-stack API. To rollback to the "
                              "last known good state, use the rollback-stack API")
    return None


def _create_stack(create):
    def handle(params):
        config = _config(params)
        given = {} if "OnFailure" in params else {"DisableRollback": [str(_is_disabled(params, config)).lower()]}
        answer = create({**params, **given})
        if answer[0] == 200:
            _stacks[helpers._p(params, "StackName")]["DeploymentConfig"] = config
        return answer
    return handle


def _update_stack(update):
    def handle(params):
        config, stack = _config(params), _stack_of(params)
        disabled = _is_disabled(params, config)
        refusal = _refusal(stack, disabled)
        if refusal or stack is None:
            return refusal or update(params)
        status = stack["StackStatus"]
        if status in PAUSED:
            # MiniStack would refuse it otherwise.
            stack["StackStatus"] = "UPDATE_COMPLETE"
        answer = update({**params, "DisableRollback": [str(disabled).lower()]})
        if answer[0] == 200:
            stack["DeploymentConfig"] = config
        else:
            stack["StackStatus"] = status
        return answer
    return handle


def _create_change_set(create):
    def handle(params):
        answer = create(params)
        if answer[0] == 200:
            next(reversed(_change_sets.values()))["DeploymentConfig"] = _config(params)
        return answer
    return handle


def _execute_change_set(execute):
    def handle(params):
        change_set = _change_set_of(params)
        stack = change_set and _stacks.get(change_set["StackName"])
        if not stack or change_set.get("OnStackFailure"):
            return execute(params)
        config = change_set.get("DeploymentConfig", {})
        disabled = _is_disabled(params, config)
        refusal = _refusal(stack, disabled)
        if refusal:
            return refusal
        stack["DeploymentConfig"] = config
        return execute({**params, "DisableRollback": [str(disabled).lower()]})
    return handle


def _deploy(deploy):
    async def deploy_stack(stack_name, stack_id, template, *args, **kwargs):
        stack, previous = _stacks[stack_name], kwargs.get("previous_stack")
        if previous and not await _delete_left_over(stack, previous):
            return
        await deploy(stack_name, stack_id, template, *args, **kwargs)
        if stack["StackStatus"] in PAUSED and stack.get("_failed_operation"):
            _keep(stack, stack["_failed_operation"], previous or {})
    return deploy_stack


async def _delete_left_over(stack, previous):
    for logical_id, record in list(stack["_resources"].items()):
        if record["ResourceStatus"] != "CREATE_FAILED":
            continue
        about = (stack["StackId"], stack["StackName"], logical_id, record["ResourceType"])
        try:
            await run_reentrant(stacks._delete_resource, record["ResourceType"], record["PhysicalResourceId"], record["Properties"],
                                stack["StackName"], logical_id)
        except Exception as error:
            stacks._add_event(*about, "DELETE_FAILED", str(error), record["PhysicalResourceId"])
            stack.update(StackStatus="UPDATE_FAILED", StackStatusReason=f"The following resource(s) failed to delete: [{logical_id}].")
            return False
        stacks._add_event(*about, "DELETE_COMPLETE", physical_id=record["PhysicalResourceId"])
        del stack["_resources"][logical_id]
        previous["_resources"].pop(logical_id, None)
    return True


def _keep(stack, operation, previous):
    """The stack holds what was made, and as its template what was tried of it."""
    failed = operation["failed_logical_id"]
    left = failed_create.take(stack["StackId"], failed)
    if left:
        stack["_resources"][failed] = left
        operation["created"].append(failed)
    elif failed in stack["_resources"]:
        stack["_resources"][failed]["ResourceStatus"] = "UPDATE_FAILED"
    before, after = previous.get("_template", {}).get("Resources", {}), operation["template"]["Resources"]
    tried = {failed, *operation["created"]}
    stack["_template"] = {
        **operation["template"], "Outputs": {}, "Metadata": {"Unfinished": True},
        "Resources": {logical_id: after[logical_id] if logical_id in tried else before[logical_id] for logical_id in stack["_resources"]}}


def _tell_mode(find, marker):
    """Puts the mode before the marker into the answer that describes one stack or change set."""
    def wrapper(describe):
        def handle(params):
            status, headers, body = describe(params)
            config = (find(params) or {}).get("DeploymentConfig")
            if status != 200 or not config:
                return status, headers, body
            told = "".join(f"<{name}>{value}</{name}>" for name, value in config.items())
            return status, headers, body.replace(marker, f"<DeploymentConfig>{told}</DeploymentConfig>".encode() + marker, 1)
        return handle
    return wrapper


def _stack_of(params):
    return handlers._resolve_stack(helpers._p(params, "StackName"))


def _change_set_of(params):
    return changesets._find_change_set(helpers._p(params, "ChangeSetName"), helpers._p(params, "StackName"))[1]


def install():
    for name in ("_add_event", "_delete_resource"):
        original(stacks, name)
    original(changesets, "_find_change_set")
    replace(stacks, "_deploy_stack_async", _deploy)
    for module in (handlers, changesets):
        original(module, "_deploy_stack_async")
        module._deploy_stack_async = stacks._deploy_stack_async
    table = original(handlers, "_ACTION_HANDLERS")
    for action, wrapper in (
            ("CreateStack", _create_stack), ("UpdateStack", _update_stack), ("CreateChangeSet", _create_change_set),
            ("ExecuteChangeSet", _execute_change_set), ("DescribeStacks", _tell_mode(_stack_of, b"<Capabilities>")),
            ("DescribeChangeSet", _tell_mode(_change_set_of, b"</DescribeChangeSetResult>"))):
        table[action] = wrapper(table[action])
