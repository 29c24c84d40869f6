// A hunk is the same hunk wherever it stands; what a record binds to must survive a squash, a rebase and a line more.
#include "cascade_git/range.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <set>
#include <string>

#include "seeded_random.h"

namespace cascade::git {
namespace {

using Texts = std::vector<std::string>;

HunkPiece hunk(const Texts& removed, const Texts& added, std::uint32_t old_at = 1, std::uint32_t new_at = 1) {
  HunkPiece made;
  made.old_at = old_at;
  made.new_at = new_at;
  made.removed.assign(removed.begin(), removed.end());
  made.added.assign(added.begin(), added.end());
  return made;
}

std::vector<HunkPiece> pieces_of(const HunkPiece& hunk) {
  std::vector<HunkPiece> pieces;
  add_pieces(hunk, pieces);
  return pieces;
}

HunkPiece only_piece(const Texts& removed, const Texts& added) {
  const auto pieces = pieces_of(hunk(removed, added));
  REQUIRE(pieces.size() == 1);
  return pieces.front();
}

// Paragraphs of five lines at the margin, with a blank line between two.
Texts paragraphs(std::size_t count, const std::string& word = "line") {
  Texts lines;
  for (std::size_t paragraph = 0; paragraph < count; ++paragraph) {
    for (int line = 0; line < 5; ++line)
      lines.push_back(word + " " + std::to_string(paragraph) + "." + std::to_string(line) + "\n");
    lines.push_back("\n");
  }
  return lines;
}

std::set<std::uint64_t> ids_of(const std::vector<HunkPiece>& pieces) {
  std::set<std::uint64_t> ids;
  for (const HunkPiece& piece : pieces) ids.insert(piece.id);
  return ids;
}

TEST_CASE("hunk: its id is of its lines, not of its place") {
  const Texts before = {"a\n", "b\n"}, after = {"c\n"};
  const auto here = pieces_of(hunk(before, after, 1, 1)), there = pieces_of(hunk(before, after, 900, 850));
  REQUIRE(here.size() == 1);
  REQUIRE(there.size() == 1);
  CHECK(here[0].id == there[0].id);
  CHECK(there[0].old_at == 900);
  CHECK(there[0].new_at == 850);
  CHECK(here[0].removed == there[0].removed);
}

TEST_CASE("hunk: other lines, another order or the other side are another hunk") {
  const std::uint64_t id = only_piece({"a\n"}, {"b\n", "c\n"}).id;
  CHECK(id != only_piece({"a\n"}, {"b\n", "d\n"}).id);
  CHECK(id != only_piece({"a\n"}, {"c\n", "b\n"}).id);
  CHECK(id != only_piece({"b\n", "c\n"}, {"a\n"}).id);
  CHECK(id != only_piece({"a\n", "b\n"}, {"c\n"}).id);
  CHECK(only_piece({}, {"a\n"}).id != only_piece({"a\n"}, {}).id);
  CHECK(only_piece({}, {"ab\n"}).id != only_piece({}, {"a\n", "b\n"}).id);
}

TEST_CASE("hunk: what takes a hunk back has its ids the other way round") {
  test::SeededRandom random{7};
  for (int round = 0; round < 200; ++round) {
    Texts removed, added;
    for (std::size_t i = random.below(6); i > 0; --i) removed.push_back(std::string(1, char('a' + random.below(3))));
    for (std::size_t i = random.below(6); i > 0; --i) added.push_back(std::string(1, char('a' + random.below(3))));
    const HunkPiece there = only_piece(removed, added), back = only_piece(added, removed);
    CHECK(there.id == back.inverse);
    CHECK(there.inverse == back.id);
    CHECK(there.id != 0);
  }
}

TEST_CASE("hunk: a block that git may show one line later is one block") {
  // Before: { x } y. A second "{ x }" is added; git may say that "{ x }" or "x } {" or "} { x" is new.
  const std::uint64_t id = only_piece({}, {"{\n", "x\n", "}\n"}).id;
  CHECK(id == only_piece({}, {"x\n", "}\n", "{\n"}).id);
  CHECK(id == only_piece({}, {"}\n", "{\n", "x\n"}).id);
  CHECK(id != only_piece({}, {"}\n", "x\n", "{\n"}).id);
  CHECK(only_piece({"{\n", "x\n", "}\n"}, {}).id == only_piece({"}\n", "{\n", "x\n"}, {}).id);
}

TEST_CASE("hunk: every rotation of a block has one id") {
  test::SeededRandom random{11};
  for (int round = 0; round < 200; ++round) {
    Texts lines;
    for (std::size_t i = 1 + random.below(12); i > 0; --i) lines.push_back(std::string(1, char('a' + random.below(2))));
    const std::uint64_t id = only_piece({}, lines).id;
    std::rotate(lines.begin(), lines.begin() + static_cast<std::ptrdiff_t>(random.below(lines.size())), lines.end());
    CHECK(only_piece({}, lines).id == id);
  }
}

TEST_CASE("hunk: 24 lines are whole, and a hunk with both sides is whole however long") {
  const Texts many = paragraphs(100);
  CHECK(pieces_of(hunk({}, Texts(many.begin(), many.begin() + 24))).size() == 1);
  CHECK(pieces_of(hunk({"old\n"}, many)).size() == 1);
}

TEST_CASE("hunk: the pieces of a long block are the block, in order and with their places") {
  const Texts lines = paragraphs(100);
  for (const bool adds : {true, false}) {
    const auto pieces = pieces_of(adds ? hunk({}, lines, 40, 50) : hunk(lines, {}, 50, 40));
    CHECK(pieces.size() > 10);
    std::vector<std::string_view> joined;
    for (const HunkPiece& piece : pieces) {
      const auto& side = adds ? piece.added : piece.removed;
      CHECK((adds ? piece.removed : piece.added).empty());
      CHECK((adds ? piece.new_at : piece.old_at) == 50 + joined.size());
      CHECK((adds ? piece.old_at : piece.new_at) == 40);
      CHECK(side.size() <= 120);
      CHECK(side.front() != "\n");
      joined.insert(joined.end(), side.begin(), side.end());
    }
    CHECK(std::equal(joined.begin(), joined.end(), lines.begin(), lines.end()));
  }
}

TEST_CASE("hunk: a line more in one part leaves the other parts as they are") {
  const Texts lines = paragraphs(100);
  const auto before = ids_of(pieces_of(hunk({}, lines)));
  for (const std::size_t at : {0U, 1U, 302U, 304U, 599U}) {
    Texts more = lines;
    more.insert(more.begin() + at, "more\n");
    std::set<std::uint64_t> kept;
    for (const std::uint64_t id : ids_of(pieces_of(hunk({}, more))))
      if (before.count(id) > 0) kept.insert(id);
    INFO("a line at " << at);
    CHECK(kept.size() + 2 >= before.size());
  }
}

TEST_CASE("hunk: a block without paragraphs is cut after 120 lines") {
  const auto pieces = pieces_of(hunk({}, Texts(250, "same\n")));
  REQUIRE(pieces.size() == 3);
  CHECK(pieces[0].added.size() == 120);
  CHECK(pieces[2].new_at == 241);
  CHECK(pieces[2].added.size() == 10);
}

TEST_CASE("hunk: a paragraph within something is no place to cut") {
  Texts lines;
  for (int i = 0; i < 30; ++i)
    for (const char* line : {"\n", "  indented\n", " \t\r\n", "} else {\n", "\n", ");\n"}) lines.push_back(line);
  REQUIRE(lines.size() == 180);
  const auto pieces = pieces_of(hunk({}, lines));
  REQUIRE(pieces.size() == 2);
  CHECK(pieces[0].added.size() == 120);
}

TEST_CASE("hunk: a change without lines has an id of what changed and how") {
  CHECK(id_of_fact("mode", "33188", "33261") == id_of_fact("mode", "33188", "33261"));
  CHECK(id_of_fact("mode", "33188", "33261") != id_of_fact("mode", "33261", "33188"));
  CHECK(id_of_fact("mode", "a", "b") != id_of_fact("content", "a", "b"));
  CHECK(id_of_fact("mode", "ab", "c") != id_of_fact("mode", "a", "bc"));
  CHECK(id_of_fact("", "", "") != 0);
}

}  // namespace
}  // namespace cascade::git
