#include <catch2/catch.hpp>

#include "route/learned.h"
#include "route/tables.h"
#include "unit/route_text.h"

namespace cascade::route {
namespace {

// Forty skills, each with a word of its own.
std::string many_skills() {
  std::string text;
  for (int i = 0; i < 40; ++i) {
    const std::string word = "zorp" + std::string(1, static_cast<char>('a' + i / 7)) + static_cast<char>('k' + i % 7);
    text += "skill:" + word + "-cleaning | Cleans the " + word + " of a flumbo. Use when the " + word +
            " is dirty. | wipe the " + word + "\n";
  }
  return text;
}

std::string skill_of(int i) {
  return "zorp" + std::string(1, static_cast<char>('a' + i / 7)) + static_cast<char>('k' + i % 7);
}

// Prompts for the first `asked` skills, of which every `wrong`th has another's answer; 0: none.
std::vector<KnownPrompt> prompts_for(int asked, int wrong) {
  std::vector<KnownPrompt> prompts;
  for (int i = 0; i < asked; ++i) {
    const bool is_wrong = wrong != 0 && i % wrong == 0;
    prompts.push_back({"our flumbo needs care, please wipe the " + skill_of(i) + " and clean it",
                       "skill:" + skill_of(is_wrong ? (i + 1) % 40 : i) + "-cleaning"});
  }
  return prompts;
}

}  // namespace

TEST_CASE("the library's own prompts show from how many points on what is loaded is right") {
  const test::Library library = test::library_of(many_skills());
  const Router router = library.router();
  const auto shown = [&](int asked, int wrong) {
    return precise_from(library.registry, router, prompts_for(asked, wrong));
  };
  SECTION("too few show nothing") { CHECK(shown(29, 0)[1] == not_shown); }
  SECTION("all right: from the fewest points on that one of them had") {
    const auto from = shown(40, 0);
    CHECK(from[1] >= 120);
    CHECK(from[1] < 2'000);
    CHECK(from[0] <= from[1]);
  }
  SECTION("one in five wrong: nothing is loaded at once") { CHECK(shown(40, 5)[1] == never_loaded); }
  SECTION("one of forty wrong: right enough for low caution, too little for high") {
    const auto from = shown(40, 40);
    CHECK(from[0] != never_loaded);
    CHECK(from[2] == never_loaded);
  }
}

TEST_CASE("a router is built with what its library's prompts show") {
  const test::Library library = test::library_of(many_skills());
  const auto load_from = [&](const std::vector<KnownPrompt>& prompts) {
    RouterOptions options;
    options.kept_back = prompts;
    const Router router = library.router(options);
    const std::string prompt = "wipe the " + skill_of(3);
    Query query;
    query.text = prompt;
    return router.explain(query).load_from;
  };
  CHECK(load_from({}) == 260);
  CHECK(load_from(prompts_for(40, 5)) == 260);  // never fewer loads than without prompts
  CHECK(load_from(prompts_for(40, 0)) >= 120);
  CHECK(load_from(prompts_for(40, 0)) <= 260);
}

}  // namespace cascade::route
