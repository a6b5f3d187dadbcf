"""RotateSecret, which is a stub in MiniStack that copies the value, and CancelRotateSecret, which it does not know.

AWS: RotateSecret sets the configuration, makes a version without a value under AWSPENDING, and rotates in the background; the
same ClientRequestToken takes up a rotation that failed. It is refused while AWSPENDING sits on another version than AWSCURRENT,
and where the function's policy does not let Secrets Manager call it. With RotateImmediately false it only tries the function:
testSecret alone, on a version under AWSPENDING that is removed again. As all of it is asynchronous, a trial that fails fails
neither the request nor a deployment. CancelRotateSecret ends the rotation after its present step and leaves the labels alone.

Inferred: the version of a trial holds the current value, as the testSecret of AWS' own templates could not pass otherwise. Not
modelled: the caller's own right to call the function, NextRotationDate, rules (they are kept as they are given).
"""

import json
import time

from ministack.core.responses import error_response_json, get_account_id, json_response, new_uuid
from ministack.services import secretsmanager

from . import rotation
from ..private_names import original, replace


def _refused(code, message):
    return error_response_json(code, message, 400)


def _usable(data):
    """The secret, or the answer that says why not."""
    _key, secret = secretsmanager._resolve(data.get("SecretId"))
    if secret is None:
        return None, _refused("ResourceNotFoundException", "Secrets Manager can't find the specified secret.")
    if secret.get("DeletedDate"):
        return None, _refused("InvalidRequestException", "You can't perform this operation on the secret because it was marked for deletion.")
    return secret, None


def _obstacle(secret, function_arn, token):
    if not function_arn:
        return _refused("InvalidRequestException", "No Lambda rotation function ARN is associated with this secret.")
    allowed = rotation.may_call(function_arn, get_account_id())
    if allowed is None:
        return _refused("InvalidParameterException", f"The function {function_arn} does not exist.")
    if not allowed:
        return _refused("AccessDeniedException", "Secrets Manager cannot invoke the specified Lambda function. Ensure that the function "
                                                 "policy grants access to the principal secretsmanager.amazonaws.com.")
    current = secretsmanager._find_stage_version(secret, "AWSCURRENT")[0]
    pending = secretsmanager._find_stage_version(secret, "AWSPENDING")[0]
    busy = rotation.under_way.get(secret["ARN"]) or (pending if pending != current else None)
    if busy and busy != token:
        return _refused("InvalidRequestException", "A previous rotation isn't complete. That rotation will be reattempted.")
    if token in secret["Versions"] and token != busy:
        return _refused("InvalidRequestException", f"The version {token} is not that of a rotation which could be taken up.")
    return None


def _rotate_secret(_stub):
    def rotate_secret(data):
        secret, refusal = _usable(data)
        if refusal:
            return refusal
        token = data.get("ClientRequestToken") or new_uuid()
        function_arn = data.get("RotationLambdaARN") or secret.get("RotationLambdaARN")
        refusal = _obstacle(secret, function_arn, token)
        if refusal:
            return refusal
        secret.update(RotationLambdaARN=function_arn, RotationEnabled=True, RotationRules=data.get("RotationRules") or secret.get("RotationRules"))
        if secret["ARN"] not in rotation.under_way:
            steps = rotation.ROTATION if data.get("RotateImmediately", True) else rotation.TRIAL
            if token not in secret["Versions"]:
                _make_version(secret, token, trial=steps == rotation.TRIAL)
            rotation.start(secret, function_arn, token, steps)
        return json_response({"ARN": secret["ARN"], "Name": secret["Name"], "VersionId": token})
    return rotate_secret


def _make_version(secret, version, trial):
    current = secretsmanager._find_stage_version(secret, "AWSCURRENT")[1] if trial else None
    secretsmanager._remove_stage_everywhere(secret, "AWSPENDING")
    secret["Versions"][version] = {
        "SecretString": current and current["SecretString"], "SecretBinary": current and current["SecretBinary"],
        "CreatedDate": int(time.time()), "Stages": ["AWSPENDING"],
    }


def cancel_rotate_secret(data):
    secret, refusal = _usable(data)
    if refusal:
        return refusal
    secret["RotationEnabled"] = False
    pending = secretsmanager._find_stage_version(secret, "AWSPENDING")[0]
    return json_response({"ARN": secret["ARN"], "Name": secret["Name"], **({"VersionId": pending} if pending else {})})


def _with_cancel(handle):
    async def handle_request(method, path, headers, body, query_params):
        if headers.get("x-amz-target", "").endswith(".CancelRotateSecret"):
            return cancel_rotate_secret(json.loads(body))
        return await handle(method, path, headers, body, query_params)
    return handle_request


def _describe(describe):
    def describe_secret(data):
        status, headers, body = describe(data)
        _key, secret = secretsmanager._resolve(data.get("SecretId"))
        if status != 200 or "LastRotatedDate" not in secret:
            return status, headers, body
        return json_response({**json.loads(body), "LastRotatedDate": secret["LastRotatedDate"]})
    return describe_secret


def install():
    for name in ("_resolve", "_find_stage_version", "_remove_stage_everywhere"):
        original(secretsmanager, name)
    replace(secretsmanager, "_rotate_secret", _rotate_secret)
    replace(secretsmanager, "_describe_secret", _describe)
    replace(secretsmanager, "handle_request", _with_cancel)
