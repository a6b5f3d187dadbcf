"""Trusted access of services, and the members that administer them."""

import time

from ministack.core.responses import error_response_json, get_account_id
from ministack.services import organizations

from ..private_names import original, replace
from . import membership
from .lists import answer_page

# management account -> the services with trusted access
_trusted = {}
# management account -> {account: {service: since when}}
_administrators = {}


def is_trusted(management, service):
    return service in _trusted.get(management, set())


def services_of(management, account_id):
    """The services that a member administers, with the time since when."""
    return _administrators.get(management, {}).get(account_id, {})


def _enable(payload):
    _trusted.setdefault(get_account_id(), set()).add(payload["ServicePrincipal"])
    return organizations._json(200, {})


def _register(payload):
    management, account_id, service = get_account_id(), payload["AccountId"], payload["ServicePrincipal"]
    if account_id == management:
        return error_response_json("ConstraintViolationException", "You cannot register the management account as a delegated administrator.", 400)
    if membership.record(management, account_id) is None:
        return error_response_json("AccountNotFoundException", f"You specified an account that doesn't exist: {account_id}.", 400)
    if service in services_of(management, account_id):
        return error_response_json("AccountAlreadyRegisteredException",
                                   "The provided account is already a delegated administrator for your organization.", 400)
    _administrators.setdefault(management, {}).setdefault(account_id, {})[service] = int(time.time())
    return organizations._json(200, {})


def _deregister(payload):
    services = services_of(get_account_id(), payload["AccountId"])
    if services.pop(payload["ServicePrincipal"], None) is None:
        return error_response_json("AccountNotRegisteredException", "The account is not a delegated administrator of this service.", 400)
    return organizations._json(200, {})


def _list(payload):
    management, service = get_account_id(), payload.get("ServicePrincipal")
    found = [{**organizations._public_account(membership.record(management, account_id)), "DelegationEnabledDate": min(services.values())}
             for account_id, services in _administrators.get(management, {}).items()
             if services and (service is None or service in services)]
    return answer_page(payload, "DelegatedAdministrators", found)


def _list_services(payload):
    services = services_of(get_account_id(), payload["AccountId"])
    return answer_page(payload, "DelegatedServices", [
        {"ServicePrincipal": service, "DelegationEnabledDate": since} for service, since in services.items()])


def _forget(reset):
    def forget():
        _trusted.clear()
        _administrators.clear()
        reset()
    return forget


def install():
    original(organizations, "_DISPATCH").update({
        "EnableAWSServiceAccess": _enable, "RegisterDelegatedAdministrator": _register, "DeregisterDelegatedAdministrator": _deregister,
        "ListDelegatedAdministrators": _list, "ListDelegatedServicesForAccount": _list_services})
    replace(organizations, "reset", _forget)
