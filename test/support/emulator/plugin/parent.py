"""Ends the emulator with the process that started it, however that ended: standard input is a pipe that closes with it."""

import os
import signal
import threading
import time

GRACE_SECONDS = 5


def _watch():
    while os.read(0, 4096):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(GRACE_SECONDS)
    # It was started as the leader of a process group, which the functions are in too.
    os.killpg(os.getpgrp(), signal.SIGKILL)


def install():
    threading.Thread(target=_watch, name="parent", daemon=True).start()
