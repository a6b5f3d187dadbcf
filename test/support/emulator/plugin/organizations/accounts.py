"""An organization's birth, its accounts and units, beside what MiniStack has of them."""

import time

from ministack.core.responses import error_response_json, get_account_id, new_uuid
from ministack.services import organizations

from ..admin import routes
from ..private_names import original, replace
from . import administrators, membership
from .lists import answer_page

# handshake -> (management account, invited account, name)
_invitations = {}


def _create_organization(payload):
    if membership.management_of(get_account_id()):
        return error_response_json("AlreadyInOrganizationException", "The AWS account is already a member of an organization.", 400)
    organizations._ensure_org()
    return organizations._describe_organization(payload)


def _invite(payload):
    account_id = payload["Target"]["Id"]
    if membership.management_of(account_id):
        return error_response_json("DuplicateHandshakeException", f"The account {account_id} is in an organization already.", 400)
    handshake = f"h-{new_uuid().replace('-', '')[:16]}"
    _invitations[handshake] = (get_account_id(), account_id, payload.get("Notes") or f"Account {account_id}")
    return organizations._json(200, {"Handshake": {"Id": handshake, "State": "OPEN", "Action": "INVITE"}})


def _accept(payload):
    management, account_id, name = _invitations.get(payload["HandshakeId"], (None, None, None))
    if account_id != get_account_id():
        return error_response_json("HandshakeNotFoundException", "You specified a handshake that doesn't exist.", 400)
    del _invitations[payload["HandshakeId"]]
    organization = organizations._orgs.get_scoped(management, None, "self")["Id"]
    root = next(unit for owner, unit in organizations._roots._data if owner == management)
    organizations._accounts.set_scoped(management, None, account_id, {
        "Id": account_id, "Arn": f"arn:aws:organizations::{management}:account/{organization}/{account_id}", "Name": name,
        "Email": f"{account_id}@example.com", "Status": "ACTIVE", "JoinedMethod": "INVITED", "JoinedTimestamp": int(time.time()),
        "_ParentId": root})
    membership.tell(management, account_id)
    return organizations._json(200, {"Handshake": {"Id": payload["HandshakeId"], "State": "ACCEPTED", "Action": "INVITE"}})


def _create_unit(create):
    def create_organizational_unit(payload):
        status, headers, body = create(payload)
        if status == 200:
            # The ID of a unit names the root, however deep the unit is.
            unit = next(reversed(organizations._ous.values()))
            root = next(iter(organizations._roots)).removeprefix("r-")
            del organizations._ous[unit["Id"]]
            unit_id = f"ou-{root}-{unit['Id'].rpartition('-')[2]}"
            organizations._ous[unit_id] = {**unit, "Id": unit_id, "Arn": f"{unit['Arn'].rpartition('/')[0]}/{unit_id}"}
            return organizations._json(200, {"OrganizationalUnit": organizations._public_ou(organizations._ous[unit_id])})
        return status, headers, body
    return create_organizational_unit


def _remove(payload):
    account_id, management = payload["AccountId"], get_account_id()
    if account_id == management:
        return error_response_json("MasterCannotLeaveOrganizationException", "The management account cannot leave its organization.", 400)
    if account_id not in organizations._accounts:
        return error_response_json("AccountNotFoundException", f"You specified an account that doesn't exist: {account_id}.", 400)
    if administrators.services_of(management, account_id):
        return error_response_json("ConstraintViolationException", "You cannot remove a delegated administrator from the organization.", 400)
    del organizations._accounts[account_id]
    membership.tell(management, account_id)
    return organizations._json(200, {})


def _moved(move):
    def move_account(payload):
        account = organizations._accounts.get(payload.get("AccountId"))
        if account and account["_ParentId"] != payload.get("SourceParentId"):
            return error_response_json("SourceParentNotFoundException", "You specified a source parent that the account is not in.", 400)
        answer = move(payload)
        if answer[0] == 200:
            membership.tell(get_account_id(), payload["AccountId"])
        return answer
    return move_account


def _close(close):
    def close_account(payload):
        if payload.get("AccountId") == get_account_id():
            return error_response_json("ConstraintViolationException", "You cannot close the management account.", 400)
        return close(payload)
    return close_account


def _list(payload):
    return answer_page(payload, "Accounts", [organizations._public_account(one) for one in membership.members(get_account_id())])


def _list_for_parent(payload):
    return answer_page(payload, "Accounts", [organizations._public_account(one) for one in membership.members(get_account_id())
                                             if one["_ParentId"] == payload.get("ParentId")])


def _public(_plain):
    def public_account(account):
        management = membership.management_of(account["Id"])
        known = {key: value for key, value in account.items() if not key.startswith("_") and key != "Path"}
        return {**known, "State": account["Status"], "Paths": [membership.path_of(management, account["Id"])]}
    return public_account


def _public_unit(_plain):
    def public_ou(unit):
        known = {key: value for key, value in unit.items() if not key.startswith("_")}
        return {**known, "Path": membership.path_of(get_account_id(), unit["Id"])}
    return public_ou


def _rename(query):
    membership.record(membership.management_of(query["account"]), query["account"])["Name"] = query["name"]


def _identify(query):
    organizations._orgs.get_scoped(query["management"], None, "self")["Id"] = query["id"]


def install():
    for name in ("_json", "_ensure_org", "_describe_organization", "_roots"):
        original(organizations, name)
    replace(organizations, "_public_account", _public)
    replace(organizations, "_public_ou", _public_unit)
    dispatch = original(organizations, "_DISPATCH")
    for action, wrapper in (("MoveAccount", _moved), ("CloseAccount", _close), ("CreateOrganizationalUnit", _create_unit)):
        dispatch[action] = wrapper(dispatch[action])
    dispatch.update({
        "CreateOrganization": _create_organization, "InviteAccountToOrganization": _invite, "AcceptHandshake": _accept,
        "RemoveAccountFromOrganization": _remove, "ListAccounts": _list, "ListAccountsForParent": _list_for_parent})
    replace(organizations, "reset", lambda reset: lambda: (_invitations.clear(), reset())[1])
    routes["account-name"] = _rename
    routes["organization-id"] = _identify
