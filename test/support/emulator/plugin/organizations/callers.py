"""Who may call what of Organizations, beside IAM: see the package's own words."""

from ministack.core.responses import error_response_json, get_account_id, set_request_account_id
from ministack.services import organizations

from ..private_names import replace
from . import administrators, membership

# What does not need a membership.
BEFORE = ("CreateOrganization", "AcceptHandshake")
# What every member may call.
FOR_MEMBERS = ("DescribeOrganization",)


def _refusal(action, account_id, management):
    if action in BEFORE:
        return None
    if management is None:
        return error_response_json("AWSOrganizationsNotInUseException", "Your account is not a member of an organization.", 400)
    reads = action.startswith(("List", "Describe"))
    if account_id == management or action in FOR_MEMBERS or reads and administrators.services_of(management, account_id):
        return None
    return error_response_json("AccessDeniedException", "You don't have permissions to access this resource.", 400)


def _on_behalf_of_the_management_account(handle):
    async def handle_request(method, path, headers, body, query_params):
        action = headers.get("x-amz-target", "").rpartition(".")[2]
        account_id = get_account_id()
        management = membership.management_of(account_id)
        refusal = _refusal(action, account_id, management)
        if refusal:
            return refusal
        if action in BEFORE:
            return await handle(method, path, headers, body, query_params)
        set_request_account_id(management)
        try:
            return await handle(method, path, headers, body, query_params)
        finally:
            set_request_account_id(account_id)
    return handle_request


def install():
    replace(organizations, "handle_request", _on_behalf_of_the_management_account)
