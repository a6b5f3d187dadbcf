"""GetAccessKeyLastUsed: MiniStack always answers N/A.

AWS: time, region and service of the last request that the key signed; N/A, and no time, before the first one.

Not the real thing: on AWS a use shows up minutes to hours later. `POST /_ministack/key-use?earlier=<seconds>` moves every use so
far back in time, as nobody waits for days here.
"""

import time

from ministack.core import iam_evaluator
from ministack.core.responses import get_region
from ministack.services import iam

from ..admin import routes
from ..private_names import original, replace, wrap_action

NEVER = b"<Region>N/A</Region><ServiceName>N/A</ServiceName>"


def _authenticate(authenticate):
    def noting(access_key_id, account_id):
        request = iam_evaluator._signed_request.get()
        credential = authenticate(access_key_id, account_id)
        if isinstance(credential, iam_evaluator.ResolvedCredential):
            key = iam._access_keys.get_scoped(credential.account_id, None, access_key_id)
            if key is not None:
                scope = request.headers.get("authorization", "").partition("Credential=")[2].partition(",")[0].split("/")
                key["LastUsed"] = {"At": time.time(), "Region": get_region(), "ServiceName": scope[3] if len(scope) > 3 else "N/A"}
        return credential
    return noting


def _last_used(get):
    def get_access_key_last_used(params):
        status, headers, body = get(params)
        used = iam._access_keys.get(iam._p(params, "AccessKeyId"), {}).get("LastUsed")
        if used:
            date = time.strftime("%Y-%m-%dT%H:%M:%SZ", time.gmtime(used["At"]))
            body = body.replace(NEVER, f"<LastUsedDate>{date}</LastUsedDate><Region>{used['Region']}</Region>"
                                       f"<ServiceName>{used['ServiceName']}</ServiceName>".encode())
        return status, headers, body
    return get_access_key_last_used


def _move(query):
    for key in list(iam._access_keys._data.values()):
        if "LastUsed" in key:
            key["LastUsed"]["At"] -= float(query["earlier"])


def install():
    for name in ("_signed_request", "ResolvedCredential"):
        original(iam_evaluator, name)
    original(iam._access_keys, "_data")
    replace(iam_evaluator, "authenticate", _authenticate)
    routes["key-use"] = _move
    wrap_action(iam, "_get_access_key_last_used", "GetAccessKeyLastUsed", _last_used)
