"""Names that are taken: MiniStack overwrites a role or a managed policy of the same name when a stack makes one.

AWS: IAM's names are unique in an account, whatever their case; what is there stays as it is, and the creation fails.
"""

from ministack.services import iam
from ministack.services.cloudformation import provisioners

from ..private_names import original


def _refuse(message):
    raise ValueError(f'Resource handler returned message: "{message} (Service: Iam, Status Code: 409)" (HandlerErrorCode: AlreadyExists)')


def _is_among(name, names):
    return name and name.lower() in (one.lower() for one in names)


def _role(create):
    def create_role(logical_id, props, stack_name):
        if _is_among(props.get("RoleName"), iam._roles.keys()):
            _refuse(f"Role with name {props['RoleName']} already exists.")
        return create(logical_id, props, stack_name)
    return create_role


def _policy(create):
    def create_policy(logical_id, props, stack_name):
        if _is_among(props.get("ManagedPolicyName"), (policy["PolicyName"] for policy in iam._policies.values())):
            _refuse(f"A policy called {props['ManagedPolicyName']} already exists. Duplicate names are not allowed.")
        return create(logical_id, props, stack_name)
    return create_policy


def _user(create):
    def create_user(logical_id, props, stack_name):
        if _is_among(props.get("UserName"), iam._users.keys()):
            _refuse(f"User with name {props['UserName']} already exists.")
        return create(logical_id, props, stack_name)
    return create_user


def install():
    for name in ("_roles", "_policies", "_users"):
        original(iam, name)
    for resource_type, function, wrapper in (("AWS::IAM::Role", "_iam_role_create", _role), ("AWS::IAM::User", "_iam_user_create", _user),
                                             ("AWS::IAM::ManagedPolicy", "_iam_managed_policy_create", _policy)):
        original(provisioners, "_RESOURCE_HANDLERS")[resource_type]["create"] = wrapper(original(provisioners, function))
