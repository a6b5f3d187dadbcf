"""Import of what a base account's stack leaves behind when it is deleted, which MiniStack does not support.

AWS: a user is found by UserName, a group by GroupName, a managed policy by PolicyArn, a secret by Id, its ARN (the types'
primary identifiers). They are taken into the stack as they are: the template changes none of their properties. On its own
(ImportExistingResources) CloudFormation finds only what the template names by a literal, so no policy and no secret, whose
identifiers are read-only.
"""

from ministack.services import iam, secretsmanager
from ministack.services.cloudformation import changesets, provisioners

from ..iam.groups import GROUP
from ..private_names import original
from ..secrets.secret_resource import SECRET


def _missing(message, service, status):
    return changesets._sdk_error(message, service, status)


def _user_problem(name):
    return None if name in iam._users else _missing(f"The user with name {name} cannot be found.", "Iam", 404)


def _group_problem(name):
    return None if name in iam._groups else _missing(f"The group with name {name} cannot be found.", "Iam", 404)


def _policy_problem(arn):
    return None if arn in iam._policies else _missing(f"Policy {arn} was not found.", "Iam", 404)


def _secret_problem(arn):
    secret = secretsmanager._resolve(arn)[1]
    found = secret is not None and secret["ARN"] == arn and not secret["DeletedDate"]
    return None if found else _missing("Secrets Manager can't find the specified secret.", "SecretsManager", 400)


def _import_user(identifier):
    return identifier["UserName"], {"Arn": iam._users[identifier["UserName"]]["Arn"]}


def _import_group(identifier):
    return identifier["GroupName"], {"Arn": iam._groups[identifier["GroupName"]]["Arn"]}


def _import_policy(identifier):
    arn = identifier["PolicyArn"]
    record = iam._policies[arn]
    return arn, {"PolicyArn": arn, **{key: record[key] for key in ("PolicyId", "AttachmentCount", "DefaultVersionId")}}


def _import_secret(identifier):
    return identifier["Id"], {"Id": identifier["Id"], "Arn": identifier["Id"]}


IMPORTS = {
    "AWS::IAM::User": ("UserName", _user_problem, _import_user),
    GROUP: ("GroupName", _group_problem, _import_group),
    "AWS::IAM::ManagedPolicy": ("PolicyArn", _policy_problem, _import_policy),
    SECRET: ("Id", _secret_problem, _import_secret),
}


def install():
    original(changesets, "_sdk_error")
    for name in ("_users", "_groups", "_policies"):
        original(iam, name)
    original(secretsmanager, "_resolve")
    for resource_type, (key, problem, take) in IMPORTS.items():
        original(changesets, "_IMPORT_LOOKUPS")[resource_type] = ((key,), problem)
        original(provisioners, "_RESOURCE_HANDLERS")[resource_type]["import"] = take
