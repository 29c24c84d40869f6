// What a skill writes for its own folder is filled in, and the bundle costs what the text then costs.
#include <cascade/bundle.h>

#include <catch2/catch.hpp>

#include "source_folder.h"
#include "unit/bundle_library.h"

namespace cascade {

using test::Library;
using test::pieces_of;

TEST_CASE("a skill's folder is filled in, and paid for") {
  // So many that a mark costs less.
  std::string more_words;
  for (int n = 0; n < 3; ++n)
    more_words += " more words that are said here so that a mark costs less than what it stands for, which is a budget";
  const Library library(
      "skill:a -> agent:b\n| Run ${CLAUDE_SKILL_DIR}/x and ${CLAUDE_SKILL_DIR}/y.\n| ## More\n| Some more text, " +
      more_words + "\n" + "agent:b\n| See ${CLAUDE_SKILL_DIR}.\n");
  const auto with_folder = [](const std::string& folder) {
    return [folder](BundleRequest& request) { request.folder = [folder](ManifestId) { return folder; }; };
  };
  const std::string far = "/a/very/long/folder/with/many/parts/and/numbers/0123456789/0123456789";
  const Bundle filled = library.bundle("skill:a", unlimited, 1, with_folder(far));
  CHECK(text(filled).find("Run " + far + "/x and " + far + "/y.\n") != std::string::npos);
  CHECK(text(filled).find("See ${CLAUDE_SKILL_DIR}.\n") != std::string::npos);
  CHECK(library.counter().count(text(filled)) == filled.cost);

  const Bundle plain = library.bundle("skill:a");
  CHECK(text(plain).find("${CLAUDE_SKILL_DIR}/x") != std::string::npos);
  const Bundle tight = library.bundle("skill:a", plain.cost.tokens, 0, with_folder(far));
  CHECK(tight.status == PackingStatus::ok);
  CHECK(tight.cost.tokens <= plain.cost.tokens);
  CHECK(pieces_of(library, tight) == "skill:a(card) skill:a(lead) skill:a(cut) agent:b(card)");
}

TEST_CASE("costs are added up, except where a folder's slash may join the line before it") {
  auto counter = TokenCounter::open(test::source_folder() + "/share/cascade/o200k.bin");
  if (!counter) {
    WARN("skipped: there is no token table");
    return;
  }
  const Library library("skill:a\n| ${CLAUDE_SKILL_DIR}/x is run first.\n", *counter);
  const Bundle plain = library.bundle("skill:a");
  const Bundle filled = library.bundle("skill:a", unlimited, 0, [&](BundleRequest& request) {
    request.recount = false;
    request.folder = [](ManifestId) { return std::string("/"); };
    request.already_loaded = {plain.pieces.front().content_hash};
  });
  REQUIRE(text(filled) == "=== skill: a (continued) ===\n\n//x is run first.\n\n");
  CHECK(filled.cost == counter->count(text(filled)));
  CHECK(filled.cost != filled.pieces[0].cost + filled.pieces[1].cost);
}

TEST_CASE("a folder that is empty, or no path, is paid for as what it makes of the text") {
  auto counter = TokenCounter::open(test::source_folder() + "/share/cascade/o200k.bin");
  if (!counter) {
    WARN("skipped: there is no token table");
    return;
  }
  const Library library("skill:a\n|   ${CLAUDE_SKILL_DIR}\n|\n| is where it lies.\n", *counter);
  for (const char* folder : {"", "\n", " \n\n", "/", "x"}) {
    INFO("'" << folder << "'");
    const Bundle filled = library.bundle("skill:a", unlimited, 0, [&](BundleRequest& request) {
      request.recount = false;
      request.folder = [&](ManifestId) { return std::string(folder); };
    });
    CHECK(text(filled).find("${CLAUDE") == std::string::npos);
    CHECK(filled.cost == counter->count(text(filled)));
  }
}

}  // namespace cascade
