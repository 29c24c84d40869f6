#include <catch2/catch.hpp>

#include "route/words.h"
#include "unit/route_text.h"

namespace cascade::route {
namespace {

bool are_told_apart(const std::string& a, const std::string& b) {
  Stemmer stemmer;
  const std::string stem(stemmer.stem(a));
  REQUIRE(stem == stemmer.stem(b));
  return are_other_words(form_of(a, stem), form_of(b, stem));
}

TEST_CASE("inflections and most derivations are the word that they are made of") {
  for (const auto& [a, b] : {std::pair{"deploys", "deployment"},
                             {"queries", "querying"},
                             {"validator", "validation"},
                             {"migrate", "migrations"},
                             {"debugger", "debugging"},
                             {"policy", "policies"},
                             {"optimise", "optimizer"},
                             {"perform", "performance"},
                             {"accessible", "accessibility"},
                             {"universities", "university"},
                             {"relatives", "relatively"}}) {
    INFO(a << " " << b);
    CHECK_FALSE(are_told_apart(a, b));
  }
}

TEST_CASE("words that only share a stem are told apart") {
  for (const auto& [a, b] : {std::pair{"access", "accessibility"},
                             {"universe", "university"},
                             {"hospital", "hospitality"},
                             {"ration", "rational"},
                             {"detect", "detective"},
                             {"critic", "critical"},
                             {"author", "authority"},
                             {"minor", "minority"},
                             {"object", "objectives"},
                             {"capital", "capitalism"}}) {
    INFO(a << " " << b);
    CHECK(are_told_apart(a, b));
  }
}

TEST_CASE("an irregular form, another spelling and a word in other letters may be any form of the word") {
  CHECK(form_of("wrote", "write") == Form::any);
  CHECK(form_of("k8s", "kubernetes") == Form::any);
  CHECK(form_of("случай", "случай") == Form::word);
  CHECK(form_of("", "") == Form::word);
}

Decision decided(const std::string& prompt) {
  static const test::Library library = test::library_of(
      "skill:accessibility-guide | Checks the accessibility of the ferry. Use when accessibility comes up. |\n"
      "skill:ticket-machines | Mends ticket machines. |\nskill:jetty-lights | Changes the lights of a jetty. |\n");
  static const Router router = library.router();
  return router.rank(test::query_of(prompt)).decision;
}

TEST_CASE("a manifest with another word of the same stem is not spoken of") {
  CHECK(decided("who looks after the accessibility this week?") != Decision::silence);
  CHECK(decided("who looks after the access this week?") == Decision::silence);
}

}  // namespace
}  // namespace cascade::route
