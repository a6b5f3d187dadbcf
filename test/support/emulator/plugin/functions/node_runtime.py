"""Functions of Node 24 and newer: MiniStack runs them on the machine's Node, with the rules of older runtimes.

AWS: each function runs on the Node of its Runtime. From Node 24 on a handler with three parameters is refused
(Runtime.CallbackHandlerDeprecated), the context has no callbacks, a handler that is no promise answers with what it returns, and an
unhandled rejection ends the invocation and the process (Runtime.ExitError). An error is reported with its own name.

EMULATOR_NODES names the binaries, by runtime. Not modelled: response streaming, and the exit status, which is always told as 1.
"""

import json
import os
import re
import threading

from ministack.core import lambda_runtime
from ministack.services import lambda_svc

from ..private_names import VERSION, original, replace

NODES = "EMULATOR_NODES"
OLDEST = 24
INIT_FAILED = "Worker init failed: "
DIED = "Worker process died"
REFUSED = ("ERROR: AWS Lambda has removed support for callback-based function handlers starting with Node.js 24. You need to modify this "
           "function to use a supported handler signature to use Node.js 24 or later. For more information see "
           "https://docs.aws.amazon.com/lambda/latest/dg/nodejs-handler.html.")
# Begin and end of what is replaced in MiniStack's script, and what comes instead; the end stays.
CHANGES = (
    ("      callbackWaitsForEmptyEventLoop: true,\n", "      getRemainingTimeInMillis:", ""),
    ("      done: () => {},\n", "    };\n", ""),
    ("", '        _realStdoutWrite(JSON.stringify({ status: "ready"', """        if (handlerFn.length >= 3) {
          _realStdoutWrite(JSON.stringify({ status: "error", error: %s }) + "\\n");
          return;
        }
""" % json.dumps(REFUSED)),
    ("    try {\n      let settled = false;\n",
     '  } catch (e) {\n    _realStdoutWrite(JSON.stringify({\n      status: "error", error: "JSON parse', """    const turn = () => new Promise((resolve) => setImmediate(resolve));
    try {
      const result = await handlerFn(event, context);
      await turn();
      _realStdoutWrite(JSON.stringify({ status: "ok", result: result === undefined ? null : result }) + "\\n");
    } catch (e) {
      await turn();
      const told = e instanceof Error ? { error: e.message, type: e.name, trace: e.stack } : { error: String(e), type: typeof e };
      _realStdoutWrite(JSON.stringify({ status: "error", ...told }) + "\\n");
    }
"""),
)
PARTS_OF = """
function partsOf(text) {
  return require("url").urlToHttpOptions(new URL(text));
}
"""
_last = threading.local()


def _script(script):
    for begin, end, instead in CHANGES:
        start = script.find(begin or end)
        stop = script.find(end, start)
        if start < 0 or stop < 0:
            raise SystemExit(f"ministack {VERSION} was expected to have in its script for Node: {begin or end}")
        script = script[:start] + instead + script[stop:]
    # Which Node 24 warns of, in what the function writes.
    return script.replace("url.parse(", "partsOf(") + PARTS_OF


def _is_new(runtime):
    major = re.fullmatch(r"nodejs(\d+)\.x", str(runtime))
    return major is not None and int(major.group(1)) >= OLDEST


def _detect(detect):
    script = _script(original(lambda_runtime, "_NODEJS_WORKER_SCRIPT"))
    binaries = json.loads(os.environ[NODES])

    def detect_runtime_binary(runtime):
        binary, plain = detect(runtime)
        return binaries.get(runtime, binary), script if _is_new(runtime) else plain
    return detect_runtime_binary


def _invoke(invoke):
    def invoke_worker(worker, event, request_id, **kwargs):
        _last.type = None
        if not _is_new(worker.config.get("Runtime")):
            return invoke(worker, event, request_id, **kwargs)
        try:
            result = invoke(worker, event, request_id, **kwargs)
        except RuntimeError as failure:
            if REFUSED not in str(failure):
                raise
            worker.kill()
            result = {"status": "error", "error": REFUSED, "type": "Runtime.CallbackHandlerDeprecated", "log": ""}
        if result.get("error") == DIED:
            result.update(error=f"RequestId: {request_id} Error: Runtime exited with error: exit status 1", type="Runtime.ExitError")
        _last.type = result.get("type")
        return result
    return invoke_worker


def _execute(execute):
    def execute_function_warm(*args):
        answer = execute(*args)
        if answer.get("error") and isinstance(answer.get("body"), dict) and getattr(_last, "type", None):
            answer["body"]["errorType"] = _last.type
        return answer
    return execute_function_warm


def install():
    replace(lambda_runtime, "_detect_runtime_binary", _detect)
    replace(original(lambda_runtime, "Worker"), "invoke", _invoke)
    replace(lambda_svc, "_execute_function_warm", _execute)
