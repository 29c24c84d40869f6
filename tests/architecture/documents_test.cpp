// What our pages and comments point at is there.
#include <catch2/catch.hpp>
#include <string_view>

#include "architecture/source_tree.h"

namespace cascade::architecture {
namespace {

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

bool starts_with(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }

std::string folder_of(const std::string& path) {
  const std::size_t slash = path.rfind('/');
  return slash == std::string::npos ? std::string() : path.substr(0, slash + 1);
}

// The targets of inline links, "[text](target)", without their anchors. Fenced blocks are passed over.
std::vector<std::string> links_in(std::string_view page) {
  std::vector<std::string> targets;
  bool fenced = false;
  for (const std::string& line : lines_of(page)) {
    if (starts_with(line, "```")) fenced = !fenced;
    if (fenced) continue;
    for (std::size_t at = line.find("]("); at != std::string::npos; at = line.find("](", at + 2)) {
      const std::size_t end = line.find_first_of(")# ", at + 2);
      if (end != std::string::npos) targets.push_back(line.substr(at + 2, end - at - 2));
    }
  }
  return targets;
}

// Names of pages, "docs/….md", anywhere in a text.
std::vector<std::string> pages_named_in(std::string_view text) {
  constexpr std::string_view letters = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_/.";
  std::vector<std::string> found;
  for (std::size_t at = text.find("docs/"); at != std::string_view::npos; at = text.find("docs/", at + 1)) {
    if (at > 0 && letters.find(text[at - 1]) != std::string_view::npos) continue;
    std::string_view word = text.substr(at, text.find_first_not_of(letters, at) - at);
    if (ends_with(word, ".")) word.remove_suffix(1);
    if (ends_with(word, ".md")) found.emplace_back(word);
  }
  return found;
}

bool is_page_of_ours(const std::string& path) {
  return ends_with(path, ".md") && (starts_with(path, "docs/") || path.find('/') == std::string::npos);
}

bool is_source_of_ours(const std::string& path) {
  for (const std::string_view folder : {"include/", "src/", "tests/unit/", "scripts/", "cmake/", "bench/"})
    if (starts_with(path, folder)) return true;
  return false;
}

TEST_CASE("pages that are compiled into the program point at no file that only the repository has") {
  for (const std::string& page : entries("docs/cli")) {
    const std::vector<std::string> named = pages_named_in(read_text("docs/cli/" + page));
    INFO(page);
    CHECK(named == std::vector<std::string>());  // `cascade help` has them: CASCADE_TOPICS in src/CMakeLists.txt
  }
}

TEST_CASE("links and pages are found in a text") {
  CHECK(links_in("see [a](b.md#c) and [d](e.md)\n```\n[no](x)\n```\n") == std::vector<std::string>{"b.md", "e.md"});
  CHECK(pages_named_in("// docs/a.md, ../docs/no.md, docs/b/c.md.") ==
        std::vector<std::string>{"docs/a.md", "docs/b/c.md"});
}

TEST_CASE("every link between our pages leads somewhere") {
  std::vector<std::string> faults;
  for (const std::string& page : tracked_files()) {
    if (!is_page_of_ours(page)) continue;
    for (const std::string& target : links_in(read_text(page)))
      if (!target.empty() && target.find(':') == std::string::npos && !exists(folder_of(page) + target))
        faults.push_back(page + ": " + target);
  }
  CHECK(listed(faults) == "");
}

TEST_CASE("every page that a source or a page names is there", "[.settled]") {
  std::vector<std::string> faults;
  for (const std::string& path : tracked_files()) {
    if (!is_page_of_ours(path) && !is_source_of_ours(path)) continue;
    for (const std::string& page : pages_named_in(read_text(path)))
      if (!exists(page)) faults.push_back(path + ": " + page);
  }
  CHECK(listed(faults) == "");
}

}  // namespace
}  // namespace cascade::architecture
