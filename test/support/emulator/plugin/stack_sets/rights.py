"""Who may act on stack sets of an organization, and the resource that IAM is asked about.

AWS: with CallAs DELEGATED_ADMIN the account has to be registered as a delegated administrator of StackSets, and whoever calls needs
organizations:ListDelegatedAdministrators; without either the answer is the same. IAM is asked about the set's ARN, which is in the
management account.
"""

from ministack.core import iam_actions, iam_evaluator
from ministack.core.responses import get_account_id, get_region
from ministack.services.cloudformation import helpers

from ..organizations import administrators, membership
from ..private_names import original, replace
from . import SERVICE, model

NOT_DELEGATED = "Account used is not a delegated administrator"
NOT_ORGANIZED = "You must be the management account or delegated admin account of an organization before operating a SERVICE_MANAGED stack set"
NOT_TRUSTED = "You must enable organizations access to operate a service managed stack set"


def administered(call_as):
    """The management account that the caller's account acts for; an error in the words of AWS where it may not."""
    account = get_account_id()
    management = membership.management_of(account)
    if call_as == "DELEGATED_ADMIN":
        if management is None or SERVICE not in administrators.services_of(management, account):
            raise ValueError(NOT_DELEGATED)
    elif management != account:
        raise ValueError(NOT_ORGANIZED)
    if not administrators.is_trusted(management, SERVICE):
        raise ValueError(NOT_TRUSTED)
    return management


def administered_by_caller(call_as):
    """The same for a request, whose caller is known."""
    management = administered(call_as)
    if call_as == "DELEGATED_ADMIN" and iam_evaluator.enforce(
            iam_evaluator._verified_key.get(), "organizations:ListDelegatedAdministrators", "organizations", get_region()):
        raise ValueError(NOT_DELEGATED)
    return management


def _with_sets(extract):
    def extract_resource_arn(service, method, path, headers, body, query_params, region, account_id):
        name = helpers._p(query_params, "StackSetName")
        if service != "cloudformation" or not name:
            return extract(service, method, path, headers, body, query_params, region, account_id)
        owner = membership.management_of(account_id) or account_id
        the_set = model.find(owner, region, name)
        return the_set.arn if the_set else f"arn:aws:cloudformation:{region}:{owner}:stackset/{name.partition(':')[0]}:*"
    return extract_resource_arn


def install():
    original(helpers, "_p")
    for name in ("enforce", "_verified_key"):
        original(iam_evaluator, name)
    replace(iam_actions, "extract_resource_arn", _with_sets)
