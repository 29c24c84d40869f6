import json
import os
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
from notes import db
from notes.app import make_app


class Note(unittest.TestCase):
    def setUp(self):
        self.dir = tempfile.TemporaryDirectory()
        self.path = os.path.join(self.dir.name, "t.db")
        db.init(self.path)
        con = db.connect(self.path)
        con.execute("INSERT INTO notes VALUES (3, 'Milk', 'two litres', '2024-05-01')")
        con.executemany("INSERT INTO note_tags VALUES (3, ?)", [("shop",), ("food",)])
        con.commit()
        con.close()

    def tearDown(self):
        self.dir.cleanup()

    def get(self, path):
        seen = []
        body = make_app(self.path)({"REQUEST_METHOD": "GET", "PATH_INFO": path},
                                   lambda s, h: seen.append(s))
        return seen[0], json.loads(b"".join(body))

    def test_one(self):
        self.assertEqual(self.get("/notes/3"), ("200 OK", {
            "id": 3, "title": "Milk", "body": "two litres", "created": "2024-05-01",
            "tags": ["food", "shop"]}))

    def test_none(self):
        self.assertEqual(self.get("/notes/4")[0], "404 Not Found")


if __name__ == "__main__":
    unittest.main()
