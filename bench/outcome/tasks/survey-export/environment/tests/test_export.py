import csv
import os
import sys
import tempfile
import unittest

sys.path.insert(0, os.path.join(os.path.dirname(__file__), ".."))
import export  # noqa: E402


class Export(unittest.TestCase):
    def test_rows(self):
        with tempfile.TemporaryDirectory() as d:
            path = os.path.join(d, "x.csv")
            export.write(path, [{"id": "a1", "name": "Ann", "nights": 2, "score": 7}])
            with open(path, encoding="utf-8-sig", newline="") as f:
                row = next(csv.DictReader(f))
        self.assertEqual((row["id"], row["name"], row["nights"], row["phone"]), ("a1", "Ann", "2", ""))


if __name__ == "__main__":
    unittest.main()
