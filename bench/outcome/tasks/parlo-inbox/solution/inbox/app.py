from . import parlo, store


def answer(start_response, status, text, headers=()):
    data = text.encode("utf-8")
    start_response(status, [("Content-Type", "text/plain; charset=utf-8"),
                            ("Content-Length", str(len(data))), *headers])
    return [data]


def take_parlo(con, keys, header, body):
    who = parlo.sealed(header, body, keys)
    if who is None:
        return "202 Accepted", "WHO\n"
    key, count = who
    source = "parlo:" + key
    con.execute("BEGIN IMMEDIATE")
    if not store.take(con, source, count):
        return "200 OK", "SEEN %d\n" % count
    try:
        event = parlo.read(body)
    except parlo.Garbled as e:
        con.commit()
        return "202 Accepted", "GARBLED %s\n" % e
    store.add(con, source, count, **event)
    gaps = store.missing(con, source)
    con.commit()
    want = ",".join(str(a) if a == b else "%d-%d" % (a, b) for a, b in gaps)
    return "200 OK", "TAKEN %d%s\n" % (count, " WANT " + want if want else "")


def make_app(db_path, keys):
    def app(environ, start_response):
        path = environ.get("PATH_INFO", "")
        if path == "/health":
            con = store.connect(db_path)
            try:
                n = con.execute("SELECT COUNT(*) FROM events").fetchone()[0]
            finally:
                con.close()
            return answer(start_response, "200 OK", "fine %d\n" % n)
        if path == "/parlo":
            if environ["REQUEST_METHOD"] != "POST":
                return answer(start_response, "405 Method Not Allowed", "only POST\n",
                              [("Allow", "POST")])
            body = environ["wsgi.input"].read(int(environ.get("CONTENT_LENGTH") or 0))
            con = store.connect(db_path)
            try:
                status, text = take_parlo(con, keys.get("parlo", {}),
                                          environ.get("HTTP_PARLO_SEAL"), body)
            finally:
                con.close()
            return answer(start_response, status, text)
        return answer(start_response, "404 Not Found", "nothing here\n")
    return app
