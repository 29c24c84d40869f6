import json
import re

from .db import connect

REASONS = ("damaged", "wrong_item", "changed_mind")
STATUS = {200: "200 OK", 201: "201 Created", 400: "400 Bad Request", 404: "404 Not Found",
          412: "412 Precondition Failed", 422: "422 Unprocessable Entity",
          428: "428 Precondition Required"}
ROUND_UP_TO = {"CHF": 5, "SEK": 100, "NOK": 100}


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


class Trouble(Exception):
    def __init__(self, status, code, say, again, where=()):
        super().__init__(say)
        self.status, self.code, self.say, self.again = status, code, say, again
        self.where = sorted(where)


def paid_values(order):
    gross = {line["id"]: line["qty"] * line["unit_price"] for line in order["lines"]}
    total = sum(gross.values())
    share = {i: order["discount"] * g // total if total else 0 for i, g in gross.items()}
    left = order["discount"] - sum(share.values())
    for i in sorted(gross, key=lambda i: (-gross[i], i))[:left]:
        share[i] += 1
    return {i: gross[i] - share[i] for i in gross}


def is_int(value):
    return isinstance(value, int) and not isinstance(value, bool)


def check_fields(order, body):
    where = []
    if body.get("reason") not in REASONS:
        where.append("/reason")
    lines = body.get("lines")
    if not isinstance(lines, list) or not lines:
        where.append("/lines")
        lines = []
    known = {line["id"] for line in order["lines"]}
    seen = set()
    for n, line in enumerate(lines):
        if not isinstance(line, dict):
            where.append("/lines/%d" % n)
            continue
        line_id, qty = line.get("line_id"), line.get("qty")
        if not is_int(line_id) or line_id not in known or line_id in seen:
            where.append("/lines/%d/line_id" % n)
        else:
            seen.add(line_id)
        if not is_int(qty) or qty < 1:
            where.append("/lines/%d/qty" % n)
    if where:
        raise Trouble(422, "GEN-02", "Some fields are missing or wrong.", "fixed", where)


def refund(con, order, body):
    check_fields(order, body)
    if order["state"] not in ("paid", "shipped"):
        raise Trouble(412, "RFD-32", "The order cannot be refunded in its state.", "never")
    bought = {line["id"]: line["qty"] for line in order["lines"]}
    back = dict.fromkeys(bought, 0)
    for row in con.execute(
            "SELECT line_id, SUM(qty) AS qty FROM refund_lines WHERE refund_id IN"
            " (SELECT id FROM refunds WHERE order_id = ?) GROUP BY line_id", (order["id"],)):
        back[row["line_id"]] = row["qty"]
    over = ["/lines/%d/qty" % n for n, line in enumerate(body["lines"])
            if back[line["line_id"]] + line["qty"] > bought[line["line_id"]]]
    if over:
        raise Trouble(412, "RFD-31", "More units than are left.", "never", over)

    paid = paid_values(order)
    lines = []
    for line in body["lines"]:
        i, qty = line["line_id"], line["qty"]
        each, rest = divmod(paid[i], bought[i])
        back[i] += qty
        amount = qty * each + (rest if back[i] == bought[i] else 0)
        lines.append({"line_id": i, "qty": qty, "amount": amount})
    goods = sum(line["amount"] for line in lines)
    fee = shipping = 0
    if body["reason"] == "changed_mind":
        fee = min(goods * 7 // 500 * 5, 900)
    elif back == bought:
        shipping = order["shipping"]
    step = ROUND_UP_TO.get(order["currency"], 1)
    amount = -(-(goods - fee + shipping) // step) * step

    refund_id = con.execute(
        "INSERT INTO refunds (order_id, reason, amount, fee) VALUES (?, ?, ?, ?)",
        (order["id"], body["reason"], amount, fee)).lastrowid
    con.executemany("INSERT INTO refund_lines VALUES (?, ?, ?, ?)",
                    [(refund_id, x["line_id"], x["qty"], x["amount"]) for x in lines])
    return {"refund_id": refund_id, "order_id": order["id"], "currency": order["currency"],
            "amount": amount, "fee": fee, "lines": lines}


def read_json(environ):
    length = int(environ.get("CONTENT_LENGTH") or 0)
    try:
        body = json.loads(environ["wsgi.input"].read(length).decode("utf-8"))
    except ValueError:
        body = None
    return body


def post_refund(con, environ, path, order_id):
    con.execute("BEGIN IMMEDIATE")
    order = get_order(con, order_id)
    if order is None:
        raise Trouble(404, "GEN-04", "There is no such order.", "never")
    once = environ.get("HTTP_ONCE", "")
    if not once:
        raise Trouble(428, "GEN-07", "The header Once is missing.", "fixed")
    body = read_json(environ)
    used = con.execute("SELECT * FROM once_used WHERE once = ?", (once,)).fetchone()
    canonical = json.dumps(body, sort_keys=True)
    if used is not None:
        if (used["path"], used["body"]) != (path, canonical):
            raise Trouble(412, "GEN-08", "This Once was used for something else.", "never")
        return 200, json.loads(used["answer"]), [("Replayed", "yes")]
    if not isinstance(body, dict):
        raise Trouble(400, "GEN-01", "The body is no JSON object.", "fixed")
    answer = {"result": refund(con, order, body), "notes": []}
    con.execute("INSERT INTO once_used VALUES (?, ?, ?, ?)",
                (once, path, canonical, json.dumps(answer)))
    con.commit()
    return 201, answer, []


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
            m = re.fullmatch(r"/v2/orders/(\d+)/refunds", path)
            if m and method == "POST":
                ask = environ.get("HTTP_ASK_ID", "")
                ask = ask if re.fullmatch(r"[a-z0-9]{8,32}", ask) else None
                try:
                    status, body, headers = post_refund(con, environ, path, int(m.group(1)))
                except Trouble as t:
                    con.rollback()
                    status, headers = t.status, []
                    body = {"trouble": {"code": t.code, "say": t.say, "again": t.again,
                                        "where": t.where, "ask": ask}}
                if ask:
                    headers = headers + [("Answer-Id", ask)]
                return reply(start_response, STATUS[status], body, headers)
            return reply(start_response, "404 Not Found", "no such page")
        finally:
            con.close()
    return app
