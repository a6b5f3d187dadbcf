"""What Lambda functions write, kept as they write it: MiniStack's log groups go with a rollback and with a stack.

AWS: the lines of a function stay in CloudWatch Logs. Here each function has the file `<account>.<name>.log` in the folder
that EMULATOR_FUNCTION_OUTPUT names, with every line that it wrote and every error that it ended with.
"""

import os
import threading

from ministack.core import lambda_runtime

from ..private_names import original, replace

FOLDER = "EMULATOR_FUNCTION_OUTPUT"
_lock = threading.Lock()


def _append(worker, text):
    account = lambda_runtime._account_region_from_function_config(worker.config)[0]
    with _lock, open(os.path.join(os.environ[FOLDER], f"{account}.{worker.func_name}.log"), "a", encoding="utf-8") as file:
        file.write(text + "\n")


class _Tee:
    """The queue of a worker's lines, written to the file as well."""

    def __init__(self, worker, lines):
        self._worker, self._lines = worker, lines

    def put(self, line):
        _append(self._worker, line)
        self._lines.put(line)

    def __getattr__(self, name):
        return getattr(self._lines, name)


def _read(read):
    def read_stderr(worker):
        worker._stderr_queue = _Tee(worker, worker._stderr_queue)
        read(worker)
    return read_stderr


def _invoke(invoke):
    def invoke_worker(worker, *args, **kwargs):
        result = invoke(worker, *args, **kwargs)
        if result.get("status") == "error":
            _append(worker, str(result.get("trace") or result.get("error")))
        return result
    return invoke_worker


def install():
    os.makedirs(os.environ[FOLDER], exist_ok=True)
    original(lambda_runtime, "_account_region_from_function_config")
    replace(original(lambda_runtime, "Worker"), "_read_stderr", _read)
    replace(lambda_runtime.Worker, "invoke", _invoke)
