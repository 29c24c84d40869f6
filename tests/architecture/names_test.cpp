#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "architecture/source_tree.h"

namespace cascade::architecture {
namespace {

// Names that say nothing: a function without a home is a missing concept or belongs to its only caller.
const std::set<std::string> empty_words = {"util",    "utils",   "utility",  "common", "helper",
                                           "helpers", "manager", "managers", "misc",   "shared_code"};

// The words of a path's folders and file name, without endings.
std::vector<std::string> words_in(std::string path) {
  std::replace_if(
      path.begin(), path.end(), [](char c) { return c == '/' || c == '_' || c == '-' || c == '.'; }, ' ');
  return words_of(path);
}

bool says_nothing(const std::string& path) {
  const std::vector<std::string> words = words_in(path);
  return std::any_of(words.begin(), words.end(), [](const std::string& w) { return empty_words.count(w) != 0; });
}

// What we wrote as a program; manifests of the shipped library have their own names.
bool is_ours(const std::string& path) {
  for (const char* folder : {"src/", "include/", "tests/", "bench/", "scripts/", "cmake/", "docs/"})
    if (path.compare(0, std::string(folder).size(), folder) == 0) return true;
  return false;
}

TEST_CASE("a name of nothing is recognised as a word of a path") {
  CHECK(says_nothing("src/misc/a.cpp"));
  CHECK(says_nothing("src/core/route/string_util.h"));
  CHECK_FALSE(says_nothing("src/core/route/score.cpp"));
  CHECK_FALSE(says_nothing("src/core/route/utilise.cpp"));
}

TEST_CASE("no file or folder is called util, common, helper, manager or misc") {
  std::vector<std::string> faults;
  for (const std::string& path : tracked_files())
    if (is_ours(path) && says_nothing(path)) faults.push_back(path);
  CHECK(listed(faults) == "");
}

}  // namespace
}  // namespace cascade::architecture
