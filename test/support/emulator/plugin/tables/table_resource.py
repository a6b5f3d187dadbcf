"""`AWS::DynamoDB::Table`: MiniStack makes it without point-in-time recovery and encryption, over one of its name, and deletes a protected one.

AWS: PointInTimeRecoverySpecification and SSESpecification hold from the creation on, and change in place; a name that is taken fails
the creation, deletion protection the deletion.

Not modelled: time to live, the right to use the key of the encryption.
"""

from ministack.services import dynamodb
from ministack.services.cloudformation import provisioners

from ..private_names import original

TABLE = "AWS::DynamoDB::Table"


def _recover(name, props):
    specification = props.get("PointInTimeRecoverySpecification") or {}
    dynamodb._pitr_settings[name] = str(specification.get("PointInTimeRecoveryEnabled")).lower() == "true"


def _encryption(props):
    """The property as UpdateTable takes it."""
    specification = props.get("SSESpecification") or {}
    if str(specification.get("SSEEnabled")).lower() != "true":
        return {"Enabled": False}
    return {"Enabled": True, "SSEType": "KMS", **{key: specification[key] for key in ("KMSMasterKeyId",) if key in specification}}


def _plain(props):
    return {key: value for key, value in props.items() if key != "SSESpecification"}


def _create(create):
    def create_table(logical_id, props, stack_name):
        if props.get("TableName") in dynamodb._tables:
            raise ValueError(f"Resource of type '{TABLE}' with identifier '{props['TableName']}' already exists.")
        name, attributes = create(logical_id, props, stack_name)
        _recover(name, props)
        if _encryption(props)["Enabled"]:
            provisioners._ddb_update_call({"TableName": name, "SSESpecification": _encryption(props)})
        return name, attributes
    return create_table


def _update(update):
    def update_table(name, old, new, stack_name, logical_id=None):
        now, attributes = update(name, _plain(old), _plain(new), stack_name, logical_id)
        _recover(now, new)
        if _encryption(old) != _encryption(new):
            provisioners._ddb_update_call({"TableName": now, "SSESpecification": _encryption(new)})
        return now, attributes
    return update_table


def _delete(delete):
    def delete_table(name, props):
        if dynamodb._tables.get(name, {}).get("DeletionProtectionEnabled") in (True, "true"):
            raise ValueError(f"Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first. ({name})")
        dynamodb._pitr_settings.pop(name, None)
        delete(name, props)
    return delete_table


def install():
    for name in ("_tables", "_pitr_settings"):
        original(dynamodb, name)
    original(provisioners, "_ddb_update_call")
    handlers = original(provisioners, "_RESOURCE_HANDLERS")[TABLE]
    for action, wrapper in (("create", _create), ("update", _update), ("delete", _delete)):
        handlers[action] = wrapper(handlers[action])
