"""Checks command lines of the AWS CLI against the models of the services, as botocore has them.

Reads a list of lists of words from the input, writes a list of defects.
"""

import json
import sys

import botocore.session
import jmespath
from botocore import xform_name

# Of the CLI itself. Each takes one value.
GLOBAL = ["--query", "--output", "--region", "--cli-binary-format", "--cli-read-timeout", "--max-items"]
# Their answer goes into a file that is named at the end.
ANSWER_FILE = [("lambda", "invoke")]
session = botocore.session.get_session()


def how_many(shape):
    """Values that an option takes: none, one, or as many as there are."""
    if shape.type_name == "boolean":
        return 0
    return None if shape.type_name == "list" else 1


def defect(words):
    if len(words) < 3 or words[0] != "aws":
        return "is no command of the AWS CLI"
    service, operation, rest = words[1], words[2], words[3:]
    if service not in session.get_available_services():
        return f"there is no service {service}"
    model = session.get_service_model(service)
    operations = {xform_name(name, "-"): name for name in model.operation_names}
    if operation not in operations:
        return f"{service} has no operation {operation}"
    shape = model.operation_model(operations[operation]).input_shape
    members = {"--" + xform_name(name, "-"): (name, member) for name, member in shape.members.items()}
    given, files = [], []
    while rest:
        word = rest.pop(0)
        if not word.startswith("--"):
            files.append(word)
            continue
        if word not in members and word not in GLOBAL:
            return f"{service} {operation} has no option {word}"
        count = 1 if word in GLOBAL else how_many(members[word][1])
        values = []
        while rest and not rest[0].startswith("--") and len(values) != count:
            values.append(rest.pop(0))
        if count == 1 and len(values) != 1:
            return f"{word} has no value"
        if word == "--query":
            jmespath.compile(values[0])
        if word in members:
            name, member = members[word]
            allowed = getattr(member, "enum", None)
            if allowed and values[0] not in allowed:
                return f"{word} takes {', '.join(allowed)}"
            given.append(name)
    if len(files) != ((service, operation) in ANSWER_FILE):
        return f"names the files {files}"
    missing = [name for name in shape.required_members if name not in given]
    return f"lacks {', '.join(missing)}" if missing else None


def checked(words):
    # In running text a command may stand for itself, without its options.
    if len(words) == 3:
        words = words + ["--bare"]
    try:
        found = defect(words)
    except jmespath.exceptions.ParseError as error:
        found = str(error)
    return None if found and found.endswith("has no option --bare") else found


lines = json.load(sys.stdin)
json.dump([f"{' '.join(line)}: {text}" for line in lines if (text := checked(line))], sys.stdout)
