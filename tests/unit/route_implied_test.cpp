// What prompts ask for without saying so: by what they paste, and by what they say is wrong.
#include <algorithm>
#include <catch2/catch.hpp>

#include "unit/route_shipped_skill.h"
#include "unit/route_text.h"

namespace cascade {
namespace {

using test::library_of;
using test::query_of;

const char* const implied_trade = R"(
skill:code-review | Reviews a diff before it is merged: code review of a pull request. | review my pull request | Read the diff. Judge the change.
skill:bug-tracing | Finds the cause of a bug or an exception in production from its stack trace and fixes it. | find this bug | Read the stack trace. Find the cause, fix the bug.
skill:query-tuning | Makes a slow SQL query fast: reads the query plan and rewrites the query. | this query is slow | Read the plan of the query.
skill:release-notes | Writes the changelog of a release from its commits. | what changed since the last version |
)";

const char* const diff = "diff --git a/a.py b/a.py\n--- a/a.py\n+++ b/a.py\n@@ -1,2 +1,2 @@\n-x = 1\n+x = 2\n";
const char* const trace =
    "Traceback (most recent call last):\n  File \"a.py\", line 3, in f\n    g()\nKeyError: 'total'\n";
const char* const plan = "Seq Scan on orders  (cost=0.00..431.00 rows=21000 width=244)\n  Filter: (total > 3)\n";

// "skill:first" or "silence".
std::string answer(const std::string& prompt) {
  const test::Library library = library_of(implied_trade);
  const Routing routing = library.router().rank(query_of(prompt));
  if (routing.decision == Decision::silence) return "silence";
  return std::string(library.registry[routing.ranked[0].id].name);
}

bool is_offered(const std::string& prompt, std::string_view name) {
  const test::Library library = library_of(implied_trade);
  const Routing routing = library.router().rank(query_of(prompt));
  return std::any_of(routing.offered.begin(), routing.offered.end(),
                     [&](const Match& match) { return library.registry[match.id].name == name; });
}

}  // namespace

TEST_CASE("a short ask over a paste is about the paste") {
  for (const char* ask : {"review this", "ok to merge?", "thoughts?"}) {
    INFO(ask);
    CHECK(answer(std::string(ask) + "\n\n" + diff) == "code-review");
    CHECK(answer(std::string(diff) + "\n" + ask) == "code-review");
  }
  CHECK(answer("fix this\n\n" + std::string(trace)) == "bug-tracing");
  CHECK(answer("got this again\n\n" + std::string(trace)) == "bug-tracing");
  CHECK(answer("why?\n\n```\n" + std::string(plan) + "```\n") == "query-tuning");
}

TEST_CASE("the language of the ask does not matter") {
  CHECK(answer("kannst du mal drüberschauen?\n\n" + std::string(diff)) == "code-review");
  CHECK(answer("arréglalo porfa\n\n" + std::string(trace)) == "bug-tracing");
  CHECK(answer("これを直して\n\n" + std::string(trace)) == "bug-tracing");
}

TEST_CASE("a paste without a word, and one from which somebody wants a fact, is met with silence") {
  CHECK(answer("how many lines?\n\n" + std::string(diff)) == "silence");
  CHECK(answer("translate this to French\n\n" + std::string(trace)) == "silence");
  CHECK(answer("which file is it\n\n" + std::string(trace)) == "silence");
}

TEST_CASE("a sentence that says what is wrong is offered the page for finding causes") {
  CHECK(is_offered("names in the report come out as question marks", "bug-tracing"));
  CHECK(is_offered("customers never get the second mail", "bug-tracing"));
}

TEST_CASE("orders, thanks and reports of success name no symptom") {
  for (const char* prompt : {"make the report page blank", "thanks, the mail never got lost again",
                             "add a page that says not found", "the upload works now, it was stuck"}) {
    INFO(prompt);
    CHECK(answer(prompt) == "silence");
  }
}

// What the shipped skills about speed get: "offer ci-speedup".
std::string about_speed(const std::string& prompt, const std::vector<std::string>& paths = {}) {
  const test::Library library = library_of(test::shipped_skill("ci-speedup") + test::shipped_skill("cpp-build-time") +
                                           test::shipped_skill("web-vitals-improvement"));
  Query query = query_of(prompt);
  query.paths = paths;
  const Routing routing = library.router().rank(query);
  const std::string decision(to_string(routing.decision));
  return routing.ranked.empty() ? decision : decision + " " + std::string(library.registry[routing.ranked[0].id].name);
}

TEST_CASE("a short wish that something be faster is offered what is nearest") {
  for (const char* prompt : {"make CI faster", "why is the CI so slow?", "speed up the pipeline", "our CI takes ages",
                             "can you get the CI pipeline faster"}) {
    CAPTURE(prompt, about_speed(prompt));
    CHECK(about_speed(prompt).find("ci-speedup") != std::string::npos);
  }
  for (const char* prompt : {"the CI is fast now, it was slow, thanks", "our dog is slow in the garden",
                             "get the report to Anna quickly please", "I need a small FastAPI endpoint"}) {
    CAPTURE(prompt, about_speed(prompt));
    CHECK(about_speed(prompt).substr(0, 7) == "silence");
  }
}

TEST_CASE("a page about one language gives way where the files at hand are of another") {
  CHECK(about_speed("the build takes forever", {"CMakeLists.txt", "main.cpp"}).find("cpp-build-time") !=
        std::string::npos);
  CHECK(about_speed("the build takes forever", {"package.json"}) == "offer ci-speedup");
}

}  // namespace cascade
