#include <catch2/catch.hpp>

#include <set>
#include <string>

#include "prompt/parts.h"

namespace cascade::prompt {
namespace {

std::string matter(std::string_view text) {
  const Matter* const found = matter_of(text);
  return found == nullptr ? "none" : std::string(found->name);
}

}  // namespace

TEST_CASE("in a sign a caret is the beginning, a number sign digits, a tilde no blanks, a star anything") {
  CHECK(has_sign("  at f (a.js:10:2)", "^at ~ (~:#:#)"));
  CHECK_FALSE(has_sign("look at f (a.js:10:2)", "^at ~ (~:#:#)"));
  CHECK(has_sign("app.rb:12:in `run'", ".rb:#:in "));
  CHECK(has_sign("#1 /srv/a.php(12): f()", "^\\## *.php(#)"));
  CHECK(has_sign("error[E0502]: x", "^error[E#]"));
  CHECK_FALSE(has_sign("error[E]: x", "^error[E#]"));
  CHECK(has_sign("File \"a.py\", line 3", "^File \"*\", line #"));
  CHECK_FALSE(has_sign("", "^~ x"));
}

TEST_CASE("a diff is known with and without the heads of git") {
  CHECK(matter("diff --git a/x b/x\n--- a/x\n+++ b/x\n@@ -1 +1 @@\n-a\n+b\n") == "diff");
  CHECK(matter("-  return a + b;\n+  return a - b;\n   }\n") == "diff");
}

TEST_CASE("traces are known in many languages") {
  CHECK(matter("Traceback (most recent call last):\n  File \"a.py\", line 3, in f\nKeyError: 'x'\n") == "trace");
  CHECK(matter("TypeError: x is undefined\n    at f (/srv/a.js:1:2)\n    at g (/srv/b.js:3:4)\n") == "trace");
  CHECK(matter("java.lang.NullPointerException\n\tat com.acme.A.b(A.java:12)\n\tat com.acme.C.d(C.java:9)\n") ==
        "trace");
  CHECK(matter("panic: runtime error: index out of range\n\ngoroutine 1 [running]:\nmain.main()\n") == "trace");
  CHECK(matter("thread 'main' panicked at src/main.rs:3:5:\nindex out of bounds\n") == "trace");
}

TEST_CASE("what has a structure of its own wins over what it contains") {
  CHECK(matter("diff --git a/q.sql b/q.sql\n@@ -1,2 +1,2 @@\n-SELECT a FROM t\n+SELECT b FROM t\n") == "diff");
  CHECK(matter("--- FAIL: TestA (0.00s)\n    a_test.go:12: got 1\nFAIL\n") == "test");
}

TEST_CASE("plans, statements, files of tools and logs are told apart") {
  CHECK(matter("Seq Scan on orders  (cost=0.00..1.20 rows=3 width=4)\n") == "plan");
  CHECK(matter("SELECT id\nFROM orders o\nWHERE o.total > 3\n") == "sql");
  CHECK(matter("ALTER TABLE orders ADD COLUMN total int;\n") == "migration");
  CHECK(matter("FROM node:20\nWORKDIR /app\nRUN npm ci\n") == "image");
  CHECK(matter("apiVersion: apps/v1\nkind: Deployment\n") == "workload");
  CHECK(matter("WARNING: DATA RACE\nWrite at 0x00c by goroutine 7:\n") == "race");
  CHECK(matter("2026-01-02 10:11:12 ERROR refused\n2026-01-02 10:11:13 ERROR refused\n") == "log");
}

TEST_CASE("running text is no matter") {
  CHECK(matter("can you look at the way the list is sorted?\nit should be by name, not by date.\n") == "none");
  CHECK(matter("") == "none");
  CHECK(matter(std::string(100'000, '*')) == "none");
}

TEST_CASE("every sign belongs to a matter, and every matter has a sign") {
  std::set<std::string_view> names, used;
  for (const Matter& one : matters()) names.insert(one.name);
  for (const MatterSign& sign : matter_signs()) {
    INFO(sign.sign);
    CHECK(names.count(sign.matter) == 1);
    CHECK_FALSE(sign.sign.empty());
    used.insert(sign.matter);
  }
  CHECK(used == names);
}

}  // namespace cascade::prompt
