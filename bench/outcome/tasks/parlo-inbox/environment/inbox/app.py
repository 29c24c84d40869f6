from . import store


def answer(start_response, status, text, headers=()):
    data = text.encode("utf-8")
    start_response(status, [("Content-Type", "text/plain; charset=utf-8"),
                            ("Content-Length", str(len(data))), *headers])
    return [data]


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
        return answer(start_response, "404 Not Found", "nothing here\n")
    return app
