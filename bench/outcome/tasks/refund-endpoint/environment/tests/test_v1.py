import json
import os
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
from shop.app import make_app
from shop.db import connect, init


class V1(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.TemporaryDirectory()
        self.path = os.path.join(self.dir.name, "t.db")
        init(self.path)
        con = connect(self.path)
        con.execute("INSERT INTO orders VALUES (1, 'paid', 'EUR', 0, 490)")
        con.execute("INSERT INTO order_lines VALUES (11, 1, 'MUG', 2, 950)")
        con.commit()
        con.close()

    def tearDown(self):
        self.dir.cleanup()

    def get(self, path):
        seen = {}
        body = make_app(self.path)({"REQUEST_METHOD": "GET", "PATH_INFO": path},
                                   lambda s, h: seen.update(status=s))
        return seen["status"], json.loads(b"".join(body))

    def test_order(self):
        status, order = self.get("/v1/orders/1")
        self.assertEqual(status, "200 OK")
        self.assertEqual(order["lines"], [{"id": 11, "sku": "MUG", "qty": 2, "unit_price": 950}])

    def test_unknown(self):
        self.assertEqual(self.get("/v1/orders/9"), ("404 Not Found", "no such order"))


if __name__ == "__main__":
    unittest.main()
