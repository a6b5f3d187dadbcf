"""`AWS::IAM::Group` and `AWS::IAM::UserToGroupAddition`, which MiniStack refuses as unrecognized resource types.

AWS: Ref of a group is its name, `Arn` its attribute; a new name replaces it, path, policies and members change in place.
A group that still has members cannot be deleted.
"""

from ministack.services import iam
from ministack.services.cloudformation import provisioners

from ..private_names import original

GROUP = "AWS::IAM::Group"


def _call(handler, params):
    status, _headers, body = handler(params)
    if status >= 400:
        raise ValueError(body.decode() if isinstance(body, bytes) else body)


def _inline(props):
    return provisioners._iam_user_policies(props)


def _reconcile(name, old, new):
    before, after = set(old.get("ManagedPolicyArns") or []), set(new.get("ManagedPolicyArns") or [])
    for arn in sorted(before - after):
        _call(iam._detach_group_policy, {"GroupName": name, "PolicyArn": arn})
    for arn in sorted(after - before):
        _call(iam._attach_group_policy, {"GroupName": name, "PolicyArn": arn})
    for policy in sorted(_inline(old).keys() - _inline(new).keys()):
        _call(iam._delete_group_policy, {"GroupName": name, "PolicyName": policy})
    for policy, document in _inline(new).items():
        _call(iam._put_group_policy, {"GroupName": name, "PolicyName": policy, "PolicyDocument": document})


def _create(logical_id, props, stack_name):
    name = props.get("GroupName") or provisioners._physical_name(stack_name, logical_id, max_len=128)
    _call(iam._create_group, {"GroupName": name, "Path": props.get("Path") or "/"})
    try:
        _reconcile(name, {}, props)
    except ValueError:
        _delete(name, props)
        raise
    return name, {"Arn": iam._groups[name]["Arn"]}


def _update(name, old, new, stack_name, logical_id=None):
    if new.get("GroupName") and new["GroupName"] != name:
        return provisioners._replace_resource(GROUP, name, old, new, stack_name, logical_id)
    group = iam._groups[name]
    group["Path"] = new.get("Path") or "/"
    group["Arn"] = f"{group['Arn'].split(':group')[0]}:group{group['Path']}{name}"
    _reconcile(name, old, new)
    return name, {"Arn": group["Arn"]}


def _delete(name, props):
    group = iam._groups.get(name)
    if group is None:
        return
    if group["Users"]:
        raise ValueError(f"Cannot delete entity, must remove users from group first. (DeleteConflict, group {name})")
    for arn in list(group["AttachedPolicies"]):
        iam.detach_managed_policy(group, arn)
    _call(iam._delete_group, {"GroupName": name})


def _set_members(old, new):
    for user in old.get("Users") or []:
        group = iam._groups.get(old["GroupName"])
        if group is not None and user in group["Users"]:
            group["Users"].remove(user)
    for user in new.get("Users") or []:
        _call(iam._add_user_to_group, {"GroupName": new["GroupName"], "UserName": user})


def _addition_create(logical_id, props, stack_name):
    _set_members({}, props)
    return provisioners._physical_name(stack_name, logical_id), {}


def _addition_update(physical_id, old, new, stack_name, logical_id=None):
    _set_members(old, new)
    return physical_id, {}


def _addition_delete(physical_id, props):
    _set_members(props, {})


def install():
    for name in ("_create_group", "_delete_group", "_attach_group_policy", "_detach_group_policy", "_put_group_policy",
                 "_delete_group_policy", "_add_user_to_group", "_groups", "detach_managed_policy"):
        original(iam, name)
    for name in ("_iam_user_policies", "_physical_name", "_replace_resource"):
        original(provisioners, name)
    original(provisioners, "_RESOURCE_HANDLERS").update({
        GROUP: {"create": _create, "update": _update, "update_with_logical_id": True, "delete": _delete},
        "AWS::IAM::UserToGroupAddition": {"create": _addition_create, "update": _addition_update,
                                          "update_with_logical_id": True, "delete": _addition_delete},
    })
