#include "files/file_tail.h"

#include <catch2/catch.hpp>
#include <fstream>
#include <string>

#include "scratch_folder.h"

namespace cascade::files {
namespace {

constexpr std::size_t piece = 32 * 1024;  // what a search reads at once

std::string written(const test::ScratchFolder& folder, const std::string& text) {
  const std::string path = folder.path + "/log";
  std::ofstream(path, std::ios::binary) << text;
  return path;
}

TEST_CASE("words are found wherever they stand in the end of a file, also across two pieces") {
  const test::ScratchFolder folder;
  const std::string words = "\"text\":\"Base directory";
  for (const std::size_t at :
       {std::size_t{0}, piece - words.size(), piece - 1, piece, 2 * piece - 7, 3 * piece - words.size()}) {
    std::string text(3 * piece, '"');
    text.replace(at, words.size(), words);
    INFO(at);
    CHECK(tail_holds(written(folder, text), text.size(), words).value_or(false));
    CHECK(tail_holds(written(folder, text), text.size() - at, words).value_or(false));
    if (at > 0) CHECK_FALSE(tail_holds(written(folder, text), text.size() - at - 1, words).value_or(true));
  }
}

TEST_CASE("words that a file lacks are not found, and a file that is not there is an error") {
  const test::ScratchFolder folder;
  CHECK_FALSE(tail_holds(written(folder, ""), 100, "word").value_or(true));
  CHECK_FALSE(tail_holds(written(folder, "wor"), 100, "word").value_or(true));
  CHECK_FALSE(tail_holds(written(folder, std::string(2 * piece, 'w')), 4 * piece, "word").value_or(true));
  CHECK_FALSE(tail_holds(folder.path + "/none", 100, "word"));
  CHECK_FALSE(tail_holds(folder.path, 100, "word"));
}

TEST_CASE("the end of a file is read, and what follows a place") {
  const test::ScratchFolder folder;
  const std::string path = written(folder, "one two three");
  CHECK(read_tail(path, 5).value_or("") == "three");
  CHECK(read_tail(path, 100).value_or("") == "one two three");
  CHECK(read_from(path, 4, 3).value_or("") == "two");
  CHECK(read_from(path, 100, 3).value_or("none") == "");
}

}  // namespace
}  // namespace cascade::files
