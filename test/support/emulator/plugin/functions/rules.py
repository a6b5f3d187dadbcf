"""Rules of EventBridge that call functions: MiniStack does not ask the function's policy, and looks at schedules every ten seconds.

AWS: a function is called where its policy lets `events.amazonaws.com` call it for the rule's ARN and account; otherwise the call is
dropped. `POST /_ministack/schedules` lets every enabled rule with a schedule of `rate` fire once, now: nobody waits for minutes here.

Not modelled: the role of a target, retries and dead letters.
"""

import threading

from ministack.core.arn import parse_arn
from ministack.services import eventbridge

from ..admin import routes
from ..private_names import original, replace
from . import permission

LONG_AGO = 0.0


def _invoke(invoke):
    def invoke_target(target, event, rule, view):
        arn = target.get("Arn", "")
        if ":lambda:" in arn:
            context = {"aws:sourcearn": rule["Arn"], "aws:sourceaccount": parse_arn(rule["Arn"]).account_id}
            if not permission.may_call(arn, "events.amazonaws.com", context):
                eventbridge.logger.warning("EventBridge: the policy of %s does not let the rule %s call it", arn, rule["Arn"])
                return None
        return invoke(target, event, rule, view)
    return invoke_target


def _fire(_query):
    for key, rule in list(eventbridge._rules._data.items()):
        if eventbridge._parse_rate_seconds(rule.get("ScheduleExpression", "")) is not None:
            eventbridge._rule_last_fired[key] = LONG_AGO
    threading.Thread(target=eventbridge._tick_scheduled_rules, name="schedules", daemon=True).start()


def install():
    for name in ("_rules", "_rule_last_fired", "_parse_rate_seconds", "_tick_scheduled_rules", "logger"):
        original(eventbridge, name)
    replace(eventbridge, "_invoke_target", _invoke)
    routes["schedules"] = _fire
