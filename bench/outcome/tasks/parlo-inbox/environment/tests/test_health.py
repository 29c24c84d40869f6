import os
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
from inbox.app import make_app


class Health(unittest.TestCase):
    def test_health(self):
        with tempfile.TemporaryDirectory() as d:
            app = make_app(os.path.join(d, "t.db"), {"parlo": {}})
            seen = []
            body = app({"REQUEST_METHOD": "GET", "PATH_INFO": "/health"},
                       lambda s, h: seen.append(s))
            self.assertEqual((seen[0], b"".join(body)), ("200 OK", b"fine 0\n"))


if __name__ == "__main__":
    unittest.main()
