"""A rotation that really calls the function, step by step; MiniStack never does.

AWS: createSecret, setSecret, testSecret, finishSecret, one after the other, up to the first that fails; the version under
AWSPENDING stays then. CloudTrail tells how it went (RotationStarted, RotationSucceeded, RotationFailed, and the same with
`Test` in front for a trial): here a line of JSON each, in the file that EMULATOR_ROTATION_EVENTS names.

Not the real thing: no schedule, and no attempt after a failed one (AWS repeats the rotation by itself, several times); that
all steps succeed and leave the version AWSPENDING is RotationFailed here, and nothing is documented of it.
"""

import contextvars
import json
import os
import threading
import time

from ministack.services import lambda_svc

from ..functions import permission
from ..private_names import original

EVENTS = "EMULATOR_ROTATION_EVENTS"
ROTATION = ("createSecret", "setSecret", "testSecret", "finishSecret")
TRIAL = ("testSecret",)
# ARN of a secret -> the version that is being rotated to
under_way = {}
_lock = threading.Lock()


class StepFailed(Exception):
    """Carries what the function said."""


def may_call(function_arn, account):
    """Whether the function's policy lets Secrets Manager call it for a secret of the account. None: there is no such function."""
    # aws:SourceAccount is all that the user guide says of what Secrets Manager sends along.
    return permission.may_call(function_arn, "secretsmanager.amazonaws.com", {"aws:sourceaccount": account})


def start(secret, function_arn, version, steps):
    """Runs the steps in the background, as AWS does; both know the version before the first one."""
    under_way[secret["ARN"]] = version
    _tell(secret, version, steps, "Started")
    context = contextvars.copy_context()
    threading.Thread(target=lambda: context.run(_run, secret, function_arn, version, steps), name="rotation", daemon=True).start()


def _run(secret, function_arn, version, steps):
    step = None
    try:
        for step in steps:
            if not secret["RotationEnabled"]:
                raise StepFailed("the rotation was cancelled")
            _call(function_arn, {"Step": step, "SecretId": secret["ARN"], "ClientRequestToken": version})
        if steps == ROTATION:
            if "AWSCURRENT" not in secret["Versions"].get(version, {}).get("Stages", []):
                raise StepFailed("the steps are over, but the version is not AWSCURRENT")
            secret["LastRotatedDate"] = int(time.time())
    except Exception as failure:
        _over(secret, version, steps, "Failed", step=step, error=str(failure))
    else:
        _over(secret, version, steps, "Succeeded")


def _over(secret, version, steps, outcome, **details):
    if steps == TRIAL:
        secret["Versions"].pop(version, None)
    under_way.pop(secret["ARN"], None)
    _tell(secret, version, steps, outcome, **details)


def _call(function_arn, event):
    function, config, _name = lambda_svc._get_func_record_for_ref(function_arn)
    if function is None:
        raise StepFailed("the function is gone")
    result = lambda_svc._execute_function_with_config_scope(lambda_svc._execution_record_for_config(function, config), event)
    if result.get("error"):
        body = result.get("body")
        raise StepFailed(body.get("errorMessage") if isinstance(body, dict) else str(body))


def _tell(secret, version, steps, outcome, **details):
    event = {"event": f"{'Test' if steps == TRIAL else ''}Rotation{outcome}", "secret": secret["ARN"], "version": version, **details}
    with _lock, open(os.environ[EVENTS], "a", encoding="utf-8") as file:
        file.write(json.dumps(event) + "\n")


def install():
    for name in ("_get_func_record_for_ref", "_execute_function_with_config_scope", "_execution_record_for_config"):
        original(lambda_svc, name)
