"""Versions of a secret: in MiniStack a repeated PutSecretValue overwrites a version, and a label may sit on two of them.

AWS (PutSecretValue): the same ClientRequestToken with the same value does nothing, with another value it is a
ResourceExistsException; the first version always gets AWSCURRENT; a staging label sits on one version only.
AWS (DescribeSecret): no VersionIdsToStages as long as there is no version.
AWS (RotateSecret): a rotation begins with a version that has labels but no value: GetSecretValue does not find it, and the first
PutSecretValue with its ID fills it.
"""

import json

from ministack.core.responses import error_response_json, json_response
from ministack.services import secretsmanager

from ..private_names import original, replace

CURRENT = "AWSCURRENT"


def _is_empty(version):
    return version["SecretString"] is None and version["SecretBinary"] is None


def _repeated(secret, token, data):
    """The answer to a request that was served before; None for a new one."""
    version = secret["Versions"].get(token)
    if version is None or _is_empty(version):
        return None
    if (version["SecretString"], version["SecretBinary"]) != (data.get("SecretString"), data.get("SecretBinary")):
        return error_response_json("ResourceExistsException",
                                   f"A resource with the ID you requested already exists: version {token} has another value.", 400)
    return json_response({"ARN": secret["ARN"], "Name": secret["Name"], "VersionId": token, "VersionStages": list(version["Stages"])})


def _put_value(put):
    def put_secret_value(data):
        _key, secret = secretsmanager._resolve(data.get("SecretId"))
        if secret is None or secret.get("DeletedDate"):
            return put(data)
        repeated = _repeated(secret, data.get("ClientRequestToken"), data)
        if repeated is not None:
            return repeated
        stages = data.get("VersionStages") or [CURRENT]
        wanted = stages if secret["Versions"] or CURRENT in stages else [CURRENT, *stages]
        status, headers, body = put({**data, "VersionStages": wanted})
        if status != 200:
            return status, headers, body
        answer = json.loads(body)
        for label in wanted:
            secretsmanager._remove_stage_everywhere(secret, label, except_version_id=answer["VersionId"])
            secretsmanager._add_stage(secret, answer["VersionId"], label)
        answer["VersionStages"] = list(secret["Versions"][answer["VersionId"]]["Stages"])
        return json_response(answer)
    return put_secret_value


def _get_value(get):
    def get_secret_value(data):
        status, headers, body = get(data)
        answer = json.loads(body)
        if status == 200 and "SecretString" not in answer and "SecretBinary" not in answer:
            return error_response_json("ResourceNotFoundException", "Secrets Manager can't find the specified secret value for VersionId: "
                                                                    f"{answer['VersionId']}", 400)
        return status, headers, body
    return get_secret_value


def _describe(describe):
    def describe_secret(data):
        status, headers, body = describe(data)
        answer = json.loads(body)
        if status == 200 and not answer["VersionIdsToStages"]:
            del answer["VersionIdsToStages"]
            return json_response(answer)
        return status, headers, body
    return describe_secret


def install():
    for name in ("_resolve", "_remove_stage_everywhere", "_add_stage"):
        original(secretsmanager, name)
    replace(secretsmanager, "_put_secret_value", _put_value)
    replace(secretsmanager, "_get_secret_value", _get_value)
    replace(secretsmanager, "_describe_secret", _describe)
