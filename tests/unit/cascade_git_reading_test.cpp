// What cascade-git reads by: work in its order, files of a repository's state, ids in digits.
#include <catch2/catch.hpp>

#include <atomic>
#include <string>

#include "cascade_git/history_facts.h"
#include "cascade_git/object_store.h"
#include "cascade_git/open_repository.h"
#include "scratch_folder.h"
#include "written_objects.h"

#include <fstream>

namespace cascade::git {
namespace {

TEST_CASE("in order: each piece is made once, and taken in its order") {
  for (const std::size_t threads : {1U, 2U, 7U})
    for (const std::size_t pieces : {0U, 1U, 3U, 200U}) {
      std::atomic<std::size_t> made = 0, waits = 0;
      std::size_t taken = 0;
      make_in_order<std::size_t>(
          threads, pieces,
          [&](std::size_t thread, std::size_t piece) {
            if (thread >= threads || ++waits > threads + 2) made = 1'000;  // with the one that is being taken
            ++made;
            return piece * piece;
          },
          [&](std::size_t piece, std::size_t result) {
            CHECK(piece == taken++);
            CHECK(result == piece * piece);
            --waits;
          });
      CHECK(made == pieces);
      CHECK(taken == pieces);
    }
}

TEST_CASE("state: a file's lines without blanks around them, comments and empty ones") {
  const test::ScratchFolder scratch;
  std::ofstream(scratch.path + "/shallow") << "abc\r\n\n  # no\n  def  \n#no\nghi";
  CHECK(lines_of_file(scratch.path + "/shallow") == std::vector<std::string>{"abc", "def", "ghi"});
  CHECK(lines_of_file(scratch.path + "/none").empty());
  CHECK(lines_of_file(scratch.path).empty());
}

TEST_CASE("id: its digits, and nothing but its digits") {
  const std::string digits = "0123456789abcdef0123456789abcdef01234567";
  REQUIRE(id_of_hex(digits));
  CHECK(id_of_hex(digits)->hex() == digits);
  CHECK_FALSE(id_of_hex(digits.substr(1)));
  CHECK_FALSE(id_of_hex("0123456789abcdef0123456789abcdef0123456g"));
  CHECK_FALSE(id_of_hex(""));
  CHECK_FALSE(id_of_hex(std::string(64, 'f')));
  CHECK(id_of_hex(std::string(40, '0'))->is_null());
  CHECK(id_numbered(1) < id_numbered(256));
}

}  // namespace
}  // namespace cascade::git
