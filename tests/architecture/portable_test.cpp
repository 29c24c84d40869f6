// Tracked files name neither a place of the machine they were written on nor the host of a package registry.
#include <catch2/catch.hpp>
#include <string_view>

#include "architecture/source_tree.h"

namespace cascade::architecture {
namespace {

// Written in pieces so that this file does not find itself.
const std::vector<std::string> foreign = {
    std::string("/wo") + "rk/wt",     std::string("/wo") + "rk/main",   std::string("/wo") + "rk/shared",
    std::string("registry.") + "npm", std::string("npm") + "js.",       std::string("pypi.") + "org",
    std::string("crates.") + "io",    std::string("proxy.") + "golang", std::string("deb.") + "debian",
};

std::string first_foreign(std::string_view text) {
  for (const std::string& word : foreign)
    if (text.find(word) != std::string_view::npos) return word;
  return {};
}

TEST_CASE("a place of one machine is recognised") {
  CHECK(first_foreign("see " + foreign[0] + "/x") == foreign[0]);
  CHECK(first_foreign("see ../shared") == "");
}

TEST_CASE("no tracked file names a place of one machine or a registry's host") {
  std::vector<std::string> faults;
  const std::string here = CASCADE_SOURCE_DIR;
  for (const std::string& path : tracked_files()) {
    const std::string text = read_text(path);
    std::string word = first_foreign(text);
    // A short path such as /src may be meant in general.
    if (word.empty() && here.size() > 8 && text.find(here) != std::string::npos) word = "the checkout's own path";
    if (!word.empty()) faults.push_back(path + ": " + word);
  }
  CHECK(listed(faults) == "");
}

}  // namespace
}  // namespace cascade::architecture
