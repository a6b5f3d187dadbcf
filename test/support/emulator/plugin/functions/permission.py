"""Whether a function's policy lets a service call it."""

from ministack.core import iam_evaluator
from ministack.core.responses import get_region
from ministack.services import lambda_svc

from ..private_names import original


def may_call(function_arn, service, context):
    """`context` holds what the service sends along, by condition key in small letters. None: there is no such function."""
    function, _config, _name = lambda_svc._get_func_record_for_ref(function_arn)
    if function is None:
        return None
    request = iam_evaluator.EvalContext(
        principal_arn="*", principal_type="Service", principal_account="", action="lambda:InvokeFunction", resource_arn=function_arn,
        region=get_region(), service_context=context)
    return iam_evaluator.evaluate_resource_policy(function.get("policy"), request, service=service).decision == "Allow"


def install():
    original(lambda_svc, "_get_func_record_for_ref")
    for name in ("EvalContext", "evaluate_resource_policy"):
        original(iam_evaluator, name)
