import json
import re

from . import db


def reply(start_response, status, body):
    data = json.dumps(body).encode("utf-8")
    start_response(status, [("Content-Type", "application/json"),
                            ("Content-Length", str(len(data)))])
    return [data]


def tags_of(con, note_id):
    return [row["tag"] for row in con.execute(
        "SELECT tag FROM note_tags WHERE note_id = ? ORDER BY tag", (note_id,))]


def make_app(db_path):
    def app(environ, start_response):
        con = db.connect(db_path)
        try:
            m = re.fullmatch(r"/notes/(\d+)", environ.get("PATH_INFO", ""))
            if environ["REQUEST_METHOD"] == "GET" and m:
                note = con.execute("SELECT * FROM notes WHERE id = ?",
                                   (int(m.group(1)),)).fetchone()
                if note is not None:
                    return reply(start_response, "200 OK",
                                 {**dict(note), "tags": tags_of(con, note["id"])})
            return reply(start_response, "404 Not Found", {"error": "not found"})
        finally:
            con.close()
    return app
