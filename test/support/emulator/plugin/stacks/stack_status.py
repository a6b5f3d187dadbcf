"""DescribeStacks of one stack waits for the end of what is under way, so that nobody has to ask again.

AWS: it answers at once, and clients ask again: the CDK CLI after 5 seconds, which is most of the time that a deployment takes here.
What they are told in the end is the same.
"""

import asyncio
import time
from urllib.parse import parse_qs

from ministack.services import cloudformation

from ..private_names import original, replace

PATIENCE_SECONDS = 20
INTERVAL_SECONDS = 0.02
# A stack that a change set was made for, and that nothing happens to until it is executed.
AT_REST = "REVIEW_IN_PROGRESS"


def _under_way(name):
    for stack in list(cloudformation._stacks.values()):
        if name in (stack["StackName"], stack["StackId"]):
            return stack["StackStatus"].endswith("_IN_PROGRESS") and stack["StackStatus"] != AT_REST
    return False


def _patient(handle):
    async def handle_request(method, path, headers, body, query_params):
        params = parse_qs(body.decode("utf-8", errors="replace")) if method == "POST" else {}
        name = params.get("StackName", [""])[0]
        if params.get("Action") == ["DescribeStacks"] and name:
            end = time.monotonic() + PATIENCE_SECONDS
            while _under_way(name) and time.monotonic() < end:
                await asyncio.sleep(INTERVAL_SECONDS)
        return await handle(method, path, headers, body, query_params)
    return handle_request


def install():
    original(cloudformation, "_stacks")
    replace(cloudformation, "handle_request", _patient)
