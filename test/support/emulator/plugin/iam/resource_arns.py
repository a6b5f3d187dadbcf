"""The resource that a request of IAM or Parameter Store is authorized on.

AWS: the ARN of a user, group or role carries its path; GetAccessKeyLastUsed is authorized on the user who owns the key;
GetParametersByPath is authorized on the path, and GetParameter of a version on the parameter. MiniStack leaves out the
paths, knows no user of an access key, and takes the version for a part of the name.
"""
import json
import re

from ministack.core import iam_actions
from ministack.services import iam

from ..private_names import original, replace


def _of_parameters(arn, body, region, account_id):
    if arn == "*" and body:
        path = json.loads(body).get("Path")
        return f"arn:aws:ssm:{region}:{account_id}:parameter{path}" if path else arn
    return re.sub(r"^(arn:aws:ssm:.*:parameter/.*):\d+$", r"\1", arn)


def _with_path(extract):
    def extract_resource_arn(service, method, path, headers, body, query_params, region, account_id):
        arn = extract(service, method, path, headers, body, query_params, region, account_id)
        if service == "ssm":
            return _of_parameters(arn, body, region, account_id)
        if service != "iam":
            return arn
        if arn == "*":
            key = iam._access_keys.get(iam._p(query_params, "AccessKeyId"), {})
            return iam._users.get(key.get("UserName"), {}).get("Arn", arn)
        kind, _slash, name = arn.rpartition(":")[2].partition("/")
        records = {"user": iam._users, "role": iam._roles, "group": iam._groups}.get(kind, {})
        return (records.get(name) or {}).get("Arn", arn)
    return extract_resource_arn


def install():
    for name in ("_users", "_roles", "_groups", "_access_keys", "_p"):
        original(iam, name)
    replace(iam_actions, "extract_resource_arn", _with_path)
