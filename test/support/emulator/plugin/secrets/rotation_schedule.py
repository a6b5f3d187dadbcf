"""`AWS::SecretsManager::RotationSchedule`, which MiniStack refuses as an unrecognized resource type.

AWS: calls RotateSecret, with RotateImmediatelyOnUpdate as its RotateImmediately (true unless given), on creation and on every
change; what RotateSecret refuses fails the resource, what becomes of the rotation or trial does not. Ref is the ARN of the
secret; another secret replaces the schedule. Deleting it switches the rotation off.

Not modelled: HostedRotationLambda and managed rotation, which are refused.
"""

from ministack.services import secretsmanager
from ministack.services.cloudformation import provisioners

from . import rotate_secret
from ..private_names import original

ROTATION_SCHEDULE = "AWS::SecretsManager::RotationSchedule"


def _create(logical_id, props, stack_name):
    if not props.get("RotationLambdaARN"):
        raise ValueError("a rotation schedule needs a RotationLambdaARN here")
    status, _headers, body = secretsmanager._rotate_secret({
        "SecretId": props["SecretId"], "RotationLambdaARN": props["RotationLambdaARN"], "RotationRules": props.get("RotationRules"),
        "RotateImmediately": str(props.get("RotateImmediatelyOnUpdate", True)).lower() == "true",
    })
    if status >= 400:
        raise ValueError(body.decode() if isinstance(body, bytes) else body)
    return secretsmanager._resolve(props["SecretId"])[1]["ARN"], {}


def _update(arn, old, new, stack_name, logical_id=None):
    if new["SecretId"] != old["SecretId"]:
        return provisioners._replace_resource(ROTATION_SCHEDULE, arn, old, new, stack_name, logical_id)
    return _create(logical_id, new, stack_name)


def _delete(arn, props):
    rotate_secret.cancel_rotate_secret({"SecretId": arn})


def install():
    original(secretsmanager, "_resolve")
    original(provisioners, "_replace_resource")
    original(provisioners, "_RESOURCE_HANDLERS")[ROTATION_SCHEDULE] = {
        "create": _create, "update": _update, "update_with_logical_id": True, "delete": _delete,
    }
