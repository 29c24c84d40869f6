#!/usr/bin/env python3
"""bundle.py LIBRARY BUDGET PROMPT: the context for a prompt, by the C interface through ctypes.

LIBRARY is a folder with skills/, agents/ or commands/, BUDGET a number of tokens. CASCADE_LIBRARY names the shared library
where the system's loader does not find it. Exit 0, or 1: it does not fit; 2: wrong arguments; 3: could not.
"""

import ctypes
import json
import os
import sys

OK, NO = 0, 1


class Cascade:
    """A workspace of the C interface; answers are parsed JSON."""

    def __init__(self, **options):
        self._library = ctypes.CDLL(os.environ.get("CASCADE_LIBRARY", "libcascade.so.0.2"))
        self._library.cascade_close.argtypes = [ctypes.c_void_p]
        self._library.cascade_free.argtypes = [ctypes.c_void_p]
        self._workspace = ctypes.c_void_p()
        answer = ctypes.c_void_p()
        code = self._library.cascade_open(
            json.dumps(options).encode(), ctypes.byref(self._workspace), ctypes.byref(answer)
        )
        self._take(code, answer)

    def __enter__(self):
        return self

    def __exit__(self, *_):
        self._library.cascade_close(self._workspace)
        self._workspace = ctypes.c_void_p()

    def call(self, name, **request):
        """cascade_<name>; whether the answer is yes, and the document."""
        answer = ctypes.c_void_p()
        code = getattr(self._library, "cascade_" + name)(
            self._workspace, json.dumps(request).encode(), ctypes.byref(answer)
        )
        text = self._take(code, answer)
        return code == OK, json.loads(text)

    def _take(self, code, answer):
        text = ctypes.string_at(answer).decode() if answer else ""
        self._library.cascade_free(answer)
        if code > NO:
            raise RuntimeError(text)
        return text


def main(arguments):
    if len(arguments) != 3:
        print("usage: bundle.py LIBRARY BUDGET PROMPT", file=sys.stderr)
        return 2
    root, budget, prompt = arguments
    try:
        with Cascade(roots=[root]) as cascade:
            yes, document = cascade.call("bundle", prompt=prompt, budget=int(budget))
    except (OSError, RuntimeError, ValueError) as fault:
        print(f"bundle: {fault}", file=sys.stderr)
        return 3
    if not yes:
        print(f"bundle: {document['status']}", file=sys.stderr)
        return 1
    sys.stdout.write(document["text"])
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
