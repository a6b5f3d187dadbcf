"""The requests for stack sets that exist: reads, and UpdateStackInstances, by which failed instances are tried again."""

from ministack.core.responses import get_region
from ministack.services.cloudformation import handlers, helpers

from ..pages import WrongToken, page
from ..private_names import original
from . import model, operations, rights
from .targets import Targets

MOST_ON_A_PAGE = 100


class Refused(Exception):
    def __init__(self, code, message, status=400):
        super().__init__(message)
        self.answer = helpers._error(code, message, status)


def _request(action, answer):
    """Finds the set, and wraps what is answered."""
    def handle(params):
        try:
            management = rights.administered_by_caller(helpers._p(params, "CallAs", "SELF"))
            name = helpers._p(params, "StackSetName")
            the_set = model.find(management, get_region(), name)
            if the_set is None:
                raise Refused("StackSetNotFoundException", f"StackSet {name} not found", 404)
            return helpers._xml(200, f"{action}Response", f"<{action}Result>{answer(the_set, params)}</{action}Result>")
        except Refused as refused:
            return refused.answer
        except ValueError as error:
            return helpers._error("ValidationError", str(error))
    return handle


def _element(name, value):
    """A structure for a dict, members for a list; nothing for None."""
    if value is None:
        return ""
    if isinstance(value, dict):
        text = "".join(_element(key, one) for key, one in value.items())
    elif isinstance(value, list):
        text = "".join(_element("member", one) for one in value)
    else:
        text = str(value).lower() if isinstance(value, bool) else helpers._esc(str(value))
    return f"<{name}>{text}</{name}>"


def _page(items, params):
    try:
        some, token = page(items, helpers._p(params, "NextToken"), int(helpers._p(params, "MaxResults") or MOST_ON_A_PAGE))
    except WrongToken:
        raise ValueError("NextToken is not valid") from None
    return _element("Summaries", some) + _element("NextToken", token)


def _describe(the_set, params):
    props = the_set.props
    return _element("StackSet", {
        "StackSetName": the_set.name, "StackSetId": the_set.id, "StackSetARN": the_set.arn, "Status": the_set.status,
        "Description": props.get("Description"), "TemplateBody": props["TemplateBody"], "Capabilities": props.get("Capabilities"),
        "Parameters": props.get("Parameters"), "Tags": props.get("Tags"), "PermissionModel": props["PermissionModel"],
        "AutoDeployment": props.get("AutoDeployment"), "ManagedExecution": props.get("ManagedExecution"),
        "OrganizationalUnitIds": sorted({unit for units in the_set.units.values() for unit in units}), "Regions": sorted(the_set.units)})


def _instance(the_set, instance):
    return {
        "StackSetId": the_set.id, "Account": instance.account, "Region": instance.region, "StackId": instance.stack_id or None,
        "Status": instance.status, "StatusReason": instance.reason or None, "StackInstanceStatus": {"DetailedStatus": instance.detailed},
        "OrganizationalUnitId": instance.unit, "DriftStatus": "NOT_CHECKED", "LastOperationId": instance.operation}


def _list_instances(the_set, params):
    wanted = {"account": helpers._p(params, "StackInstanceAccount"), "region": helpers._p(params, "StackInstanceRegion")}
    for number in range(1, 4):
        name = helpers._p(params, f"Filters.member.{number}.Name")
        if name:
            field = {"DETAILED_STATUS": "detailed", "LAST_OPERATION_ID": "operation"}.get(name)
            if field is None:
                raise ValueError(f"the filter {name} is not modelled here")
            wanted[field] = helpers._p(params, f"Filters.member.{number}.Values")
    found = [one for _key, one in sorted(the_set.instances.items())
             if all(not value or getattr(one, field) == value for field, value in wanted.items())]
    return _page([_instance(the_set, one) for one in found], params)


def _operation(operation):
    return {
        "OperationId": operation.id, "Action": operation.action, "Status": operation.status, "CreationTimestamp": operation.created,
        "EndTimestamp": operation.ended or None, "StatusDetails": {"FailedStackInstancesCount": operation.failed},
        "OperationPreferences": operation.preferences or None}


def _list_operations(the_set, params):
    return _page([_operation(one) for one in the_set.operations], params)


def _describe_operation(the_set, params):
    wanted = helpers._p(params, "OperationId")
    operation = next((one for one in the_set.operations if one.id == wanted), None)
    if operation is None:
        raise Refused("OperationNotFoundException", f"Operation {wanted} not found", 404)
    return _element("StackSetOperation", {**_operation(operation), "StackSetId": the_set.id})


def _members(params, name):
    return handlers._extract_string_members(params, name)


def _update_instances(the_set, params):
    kind = helpers._p(params, "DeploymentTargets.AccountFilterType", "NONE")
    if kind not in ("NONE", "INTERSECTION", "DIFFERENCE"):
        raise ValueError(f"AccountFilterType {kind} is not modelled here")
    targets = Targets(tuple(_members(params, "DeploymentTargets.OrganizationalUnitIds")), tuple(_members(params, "Regions")), kind,
                      frozenset(_members(params, "DeploymentTargets.Accounts")))
    if not any(one.status != "INOPERABLE" for one in targets.instances(the_set)):
        raise Refused("StackInstanceNotFoundException", f"StackSet {the_set.name} has no such stack instance", 404)
    if the_set.is_busy and not the_set.setting("ManagedExecution", "Active"):
        raise Refused("OperationInProgressException", f"Another Operation on StackSet {the_set.arn} is in progress", 409)
    preferences = {name.partition(".")[2]: helpers._p(params, name) for name in params if name.startswith("OperationPreferences.")}
    operation = operations.begin(the_set, "UPDATE", lambda: [
        (one.account, one.region, one.unit) for one in targets.instances(the_set) if one.status != "INOPERABLE"], preferences)
    return _element("OperationId", operation.id)


def install():
    for name in ("_xml", "_error", "_esc"):
        original(helpers, name)
    original(handlers, "_extract_string_members")
    original(handlers, "_ACTION_HANDLERS").update({action: _request(action, answer) for action, answer in (
        ("DescribeStackSet", _describe), ("ListStackInstances", _list_instances), ("ListStackSetOperations", _list_operations),
        ("DescribeStackSetOperation", _describe_operation), ("UpdateStackInstances", _update_instances))})
