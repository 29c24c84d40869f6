// What `explore` keeps out of a conversation, and what the ledger says about it.
#include <catch2/catch.hpp>

#include "hook_library.h"
#include "session/ledger.h"

using namespace cascade;

namespace {

std::string typed(const std::string& session, const std::string& text) {
  return R"({"session_id":")" + session + R"(","transcript_path":"","cwd":"/nowhere","hook_event_name":)" +
         R"("UserPromptSubmit","prompt":")" + text + "\"}";
}

constexpr const char* heap_grows = "the memory leak: heap grows";

struct Explored {
  test::HookLibrary library;

  Explored() {
    library.write("lib/skills/memory-leak-hunt/SKILL.md",
                  "---\nname: memory-leak-hunt\ndescription: Proves a memory leak with two heap snapshots. Use when "
                  "memory grows.\nmetadata:\n  cascade-triggers: memory leak; heap grows\n---\n\n## Steps\n\n1. Take "
                  "two snapshots an hour apart and compare retained sizes.\n2. Name the constructor that grew.\n\n"
                  "## Verify\n\n- The heap is flat for a day.\n\n## Background\n\nRSS may grow without a leak.\n\n"
                  "## History\n\nThe team met its first leak in 2019.\n");
  }
  // "History", of which a session gets the whole.
  std::uint32_t last_section() {
    library.answer(typed("whole", "use the memory-leak-hunt skill"));
    std::uint32_t last = 0;
    for (const session::SentPiece& piece : injected("whole").pieces) last = std::max(last, piece.section);
    return last;
  }
  session::Entry injected(const std::string& session) const {
    const session::Ledger ledger(library.options.state_directory, session);
    for (const session::Entry& entry : ledger.entries())
      if (entry.event == session::Event::inject) return entry;
    return {};
  }
};

}  // namespace

TEST_CASE("with explore off, nothing is withheld and no probability is noted") {
  const Explored test;
  CHECK(test.library.answer(typed("s", heap_grows)).find("History") != std::string::npos);
  const session::Entry entry = test.injected("s");
  REQUIRE_FALSE(entry.pieces.empty());
  CHECK(entry.withheld.empty());
  for (const session::SentPiece& piece : entry.pieces) CHECK(piece.withheld_ppm == 0);
}

TEST_CASE("explore keeps sections out by a hash of session and section, and the ledger notes how likely that was") {
  Explored test;
  test.library.options.explores = 200'000;
  const std::uint32_t last = test.last_section();
  std::size_t withheld = 0, decided = 0;
  for (int i = 0; i < 60; ++i) {
    const std::string session = "s" + std::to_string(i);
    const std::string text = test.library.answer(typed(session, heap_grows));
    const session::Entry entry = test.injected(session);
    REQUIRE_FALSE(entry.pieces.empty());
    CHECK(text.find("retained sizes") != std::string::npos);  // the main part is never left to chance
    withheld += entry.withheld.size();
    decided += entry.withheld.size();
    for (const session::SentPiece& piece : entry.pieces) decided += piece.withheld_ppm > 0 ? 1 : 0;
    for (const session::SentPiece& piece : entry.withheld) {
      CHECK(piece.withheld_ppm == 200'000);
      for (const session::SentPiece& sent : entry.pieces) CHECK(sent.content_hash != piece.content_hash);
    }
    const bool has_history = text.find("2019") != std::string::npos;
    const bool kept_out = std::any_of(entry.withheld.begin(), entry.withheld.end(),
                                      [&](const session::SentPiece& piece) { return piece.section == last; });
    CHECK(has_history != kept_out);
  }
  CHECK(decided == 180);
  CHECK(withheld > 18);
  CHECK(withheld < 60);
}

TEST_CASE("what was kept out of a session stays out of it, until it is called by name") {
  Explored test;
  test.library.options.explores = 200'000;
  std::string session;
  for (int i = 0; i < 60 && session.empty(); ++i) {
    const std::string one = "t" + std::to_string(i);
    test.library.answer(typed(one, heap_grows));
    if (!test.injected(one).withheld.empty()) session = one;
  }
  REQUIRE_FALSE(session.empty());
  CHECK(test.library.answer(typed(session, heap_grows)).empty());
  CHECK_FALSE(test.library.answer(typed(session, "use the memory-leak-hunt skill")).empty());
}

TEST_CASE("a skill that is called by name comes whole") {
  Explored test;
  test.library.options.explores = 200'000;
  for (int i = 0; i < 20; ++i) {
    const std::string session = "n" + std::to_string(i);
    CHECK(test.library.answer(typed(session, "use the memory-leak-hunt skill")).find("2019") != std::string::npos);
    CHECK(test.injected(session).withheld.empty());
  }
}

TEST_CASE("moved values are named in the ledger, and only there where they moved anything") {
  Explored test;
  test.library.answer(typed("a", heap_grows));
  const session::Entry usual = test.injected("a");
  CHECK(usual.moved == 0);
  std::uint64_t hash = 0;
  for (const session::SentPiece& piece : usual.pieces) hash = piece.content_hash;
  REQUIRE(hash != 0);
  test.library.options.learned = Learned{42, {{hash, 800}}};
  test.library.answer(typed("b", heap_grows));
  const session::Entry moved = test.injected("b");
  CHECK(moved.learned == 42);
  CHECK(moved.moved == 1);
  CHECK(moved.value < usual.value);
  test.library.options.learned = Learned{42, {{1, 800}}};
  test.library.answer(typed("c", heap_grows));
  CHECK(test.injected("c").moved == 0);
  CHECK(test.injected("c").value == usual.value);
}
