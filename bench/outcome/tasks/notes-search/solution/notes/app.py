import json
import re
from urllib.parse import parse_qs

from . import db


def reply(start_response, status, body):
    data = json.dumps(body).encode("utf-8")
    start_response(status, [("Content-Type", "application/json"),
                            ("Content-Length", str(len(data)))])
    return [data]


def tags_of(con, note_id):
    return [row["tag"] for row in con.execute(
        "SELECT tag FROM note_tags WHERE note_id = ? ORDER BY tag", (note_id,))]


class BadParameter(Exception):
    pass


def whole(params, name, usual, low, high):
    text = params.get(name, [str(usual)])[-1]
    if not re.fullmatch(r"[0-9]{1,18}", text) or not low <= int(text) <= high:
        raise BadParameter("bad " + name)
    return int(text)


def search(con, query):
    params = parse_qs(query, keep_blank_values=True)
    limit = whole(params, "limit", 20, 1, 100)
    offset = whole(params, "offset", 0, 0, 10 ** 18)
    where, args = ["1"], []
    q = params.get("q", [""])[-1]
    if q:
        pattern = "%" + re.sub(r"([\\%_])", r"\\\1", q) + "%"
        where.append("(title LIKE ? ESCAPE '\\' OR body LIKE ? ESCAPE '\\')")
        args += [pattern, pattern]
    for tag in params.get("tag", []):
        where.append("EXISTS (SELECT 1 FROM note_tags WHERE note_id = notes.id AND tag = ?)")
        args.append(tag)
    condition = " AND ".join(where)
    total = con.execute("SELECT COUNT(*) FROM notes WHERE " + condition, args).fetchone()[0]
    found = con.execute("SELECT id, title, created FROM notes WHERE " + condition
                        + " ORDER BY created DESC, id DESC LIMIT ? OFFSET ?",
                        [*args, limit, offset]).fetchall()
    tags = {row["id"]: [] for row in found}
    for row in con.execute("SELECT note_id, tag FROM note_tags WHERE note_id IN (%s) ORDER BY tag"
                           % ",".join("?" * len(tags)), list(tags)):
        tags[row["note_id"]].append(row["tag"])
    return {"total": total, "notes": [{**dict(row), "tags": tags[row["id"]]} for row in found]}


def make_app(db_path):
    def app(environ, start_response):
        con = db.connect(db_path)
        try:
            if environ["REQUEST_METHOD"] == "GET" and environ.get("PATH_INFO") == "/notes":
                try:
                    return reply(start_response, "200 OK",
                                 search(con, environ.get("QUERY_STRING", "")))
                except BadParameter as e:
                    return reply(start_response, "400 Bad Request", {"error": str(e)})
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
