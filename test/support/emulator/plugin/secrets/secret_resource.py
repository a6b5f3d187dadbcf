"""`AWS::SecretsManager::Secret`: MiniStack's Ref is the name, and a secret without a value is stored as the empty string.

AWS: Ref is the ARN; without SecretString and GenerateSecretString the secret has no version at all; an empty
GenerateSecretString (CDK's `new Secret()`) makes up 32 characters; a name that is in use lets the creation fail.
"""

from ministack.services import secretsmanager
from ministack.services.cloudformation import provisioners

from ..private_names import original

SECRET = "AWS::SecretsManager::Secret"


def _with_length(props):
    return {**props, "GenerateSecretString": {"PasswordLength": 32}} if props.get("GenerateSecretString") == {} else props


def _name_of(arn):
    _key, secret = secretsmanager._resolve(arn)
    return secret["Name"] if secret else arn


def _create(logical_id, props, stack_name):
    if props.get("Name") in secretsmanager._secrets:
        raise ValueError(f"The operation failed because the secret {props['Name']} already exists.")
    name, attributes = provisioners._sm_secret_create(logical_id, _with_length(props), stack_name)
    if "SecretString" not in props and "GenerateSecretString" not in props:
        secretsmanager._secrets[name]["Versions"].clear()
    return attributes["Arn"], attributes


def _update(arn, old, new, stack_name, logical_id=None):
    attributes = provisioners._sm_secret_update(_name_of(arn), _with_length(old), _with_length(new), stack_name, logical_id)[1]
    return attributes["Arn"], attributes


def _delete(arn, props):
    provisioners._sm_secret_delete(_name_of(arn), props)


def install():
    for name in ("_sm_secret_create", "_sm_secret_update", "_sm_secret_delete"):
        original(provisioners, name)
    for name in ("_resolve", "_secrets"):
        original(secretsmanager, name)
    original(provisioners, "_RESOURCE_HANDLERS")[SECRET] = {
        "create": _create, "update": _update, "update_with_logical_id": True, "delete": _delete,
    }
