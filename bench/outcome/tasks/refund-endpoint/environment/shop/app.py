import json
import re

from .db import connect


def reply(start_response, status, body, headers=()):
    data = json.dumps(body).encode("utf-8")
    start_response(status, [("Content-Type", "application/json"),
                            ("Content-Length", str(len(data))), *headers])
    return [data]


def get_order(con, order_id):
    order = con.execute("SELECT * FROM orders WHERE id = ?", (order_id,)).fetchone()
    if order is None:
        return None
    lines = con.execute(
        "SELECT id, sku, qty, unit_price FROM order_lines WHERE order_id = ? ORDER BY id",
        (order_id,)).fetchall()
    return {**dict(order), "lines": [dict(line) for line in lines]}


def make_app(db_path):
    def app(environ, start_response):
        method = environ["REQUEST_METHOD"]
        path = environ.get("PATH_INFO", "")
        con = connect(db_path)
        try:
            m = re.fullmatch(r"/v1/orders/(\d+)", path)
            if m and method == "GET":
                order = get_order(con, int(m.group(1)))
                if order is None:
                    return reply(start_response, "404 Not Found", "no such order")
                return reply(start_response, "200 OK", order)
            return reply(start_response, "404 Not Found", "no such page")
        finally:
            con.close()
    return app
