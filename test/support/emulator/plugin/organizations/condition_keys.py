"""The organization in conditions of IAM: MiniStack knows that of the caller alone, and takes each account for the management account of its own.

AWS: `aws:PrincipalOrgID` and `aws:PrincipalOrgPaths` of the caller's account, `aws:ResourceOrgID` and `aws:ResourceOrgPaths` of
the account that owns the resource; absent where an account is in no organization.
"""

from ministack.core import iam_evaluator

from ..private_names import original, replace
from . import membership


def _paths(account_id):
    management = membership.management_of(account_id)
    return [membership.path_above(management, account_id)] if management else None


def _resolve(resolve):
    def resolve_condition_key(key, context):
        owner = iam_evaluator._account_from_arn(context.resource_arn) or context.principal_account
        name = key.lower()
        if name == "aws:resourceorgid":
            return membership.organization_of(owner)
        if name == "aws:resourceorgpaths":
            return _paths(owner)
        if name == "aws:principalorgpaths":
            return _paths(context.principal_account)
        return resolve(key, context)
    return resolve_condition_key


def install():
    original(iam_evaluator, "_account_from_arn")
    replace(iam_evaluator, "_principal_org_id", lambda _of_its_own: membership.organization_of)
    replace(iam_evaluator, "_resolve_condition_key", _resolve)
