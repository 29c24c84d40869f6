// What the shared library exports is written down in src/exports.map.
#include <algorithm>
#include <catch2/catch.hpp>
#include <iterator>

#include "accepting.h"
#include "package/installed.h"

namespace cascade::package {
namespace {

using Names = std::vector<std::string>;

const std::string map_path = CASCADE_SOURCE_DIR "/src/exports.map";

// The names between "global:" and "local:".
Names recorded(const std::string& map) {
  Names names;
  bool inside = false;
  for (const std::string& line : lines_of(map)) {
    const std::size_t begin = line.find_first_not_of(' ');
    if (begin == std::string::npos) continue;
    const std::string word = line.substr(begin);
    if (word == "local:") break;
    if (inside && word.back() == ';') names.push_back(word.substr(0, word.size() - 1));
    if (word == "global:") inside = true;
  }
  std::sort(names.begin(), names.end());
  return names;
}

std::string with_names(const std::string& map, const Names& names) {
  std::string text;
  for (const std::string& line : lines_of(map)) {
    if (line.compare(0, 4, "    ") == 0 && line.find('*') == std::string::npos) continue;
    text += line + "\n";
    if (line != "  global:") continue;
    for (const std::string& name : names) text += "    " + name + ";\n";
  }
  return text;
}

// The functions that the public headers make visible: of all objects of the library, defined there, strong, not hidden.
// Classes behind the public ones and what takes them are no part of the interface.
Names visible() {
  const Outcome listing =
      run("LC_ALL=C readelf -sW '" CASCADE_ARCHIVE
          "' 2>/dev/null | awk '$5 == \"GLOBAL\" && $6 == \"DEFAULT\" && $7 != \"UND\" { print $8 }'");
  Names names;
  for (const std::string& name : lines_of(listing.output))
    if (name.find("5State") == std::string::npos && name.find("Tables") == std::string::npos) names.push_back(name);
  std::sort(names.begin(), names.end());
  names.erase(std::unique(names.begin(), names.end()), names.end());
  return names;
}

Names exported() {
  const Outcome listing = run("nm -D --defined-only '" CASCADE_SHARED "' | awk '$2 != \"A\" { print $3 }'");
  Names names;
  for (const std::string& name : lines_of(listing.output)) names.push_back(name.substr(0, name.find('@')));
  std::sort(names.begin(), names.end());
  return names;
}

// "- gone" and "+ new", as people read the names.
std::string difference(const Names& before, const Names& now) {
  Names gone, added, lines;
  std::set_difference(before.begin(), before.end(), now.begin(), now.end(), std::back_inserter(gone));
  std::set_difference(now.begin(), now.end(), before.begin(), before.end(), std::back_inserter(added));
  for (const std::string& name : gone) lines.push_back("- " + name);
  for (const std::string& name : added) lines.push_back("+ " + name);
  if (lines.empty()) return {};
  return run("c++filt <<'END'\n" + joined(lines) + "END").output;
}

TEST_CASE("a map of exports is read and written") {
  const std::string map = "/* a\n * b */\nV {\n  global:\n    one;\n    two;\n  local:\n    *;\n};\n";
  CHECK(recorded(map) == Names{"one", "two"});
  CHECK(with_names(map, {"three"}) == "/* a\n * b */\nV {\n  global:\n    three;\n  local:\n    *;\n};\n");
  CHECK(difference({"a", "b"}, {"b", "_ZN7cascade1cEv"}) == "- a\n+ cascade::c()\n");
}

TEST_CASE("the exported symbols are those that the public headers declare, as src/exports.map records them") {
  const Names now = visible();
  REQUIRE(now.size() > 50);
  if (cascade::test::is_accepting()) write_text(map_path, with_names(read_text(map_path), now));
  INFO(
      "where this is meant: CASCADE_TEST_ACCEPT=1 build/release/tests/package, and read the difference; a line that "
      "went breaks programs that are linked already");
  CHECK(difference(recorded(read_text(map_path)), now) == "");
}

TEST_CASE("the shared library exports what is recorded, and nothing else") {
  CHECK(difference(recorded(read_text(map_path)), exported()) == "");
}

TEST_CASE("the shared library binds its symbols when it is loaded, and its tables cannot be written afterwards") {
  const Outcome listing = run("LC_ALL=C readelf -dlW '" CASCADE_SHARED "'");
  CHECK(listing.output.find("BIND_NOW") != std::string::npos);
  CHECK(listing.output.find("GNU_RELRO") != std::string::npos);
}

TEST_CASE("verbs, rules and renderers are no part of the interface of the library") {
  for (const std::string& name : exported()) {
    INFO(name);
    for (const char* inner :
         {"cascade3cli", "cascade9rendering", "cascade10validation", "cascade4hook", "cascade6syntax"})
      CHECK(name.find(inner) == std::string::npos);
  }
}

}  // namespace
}  // namespace cascade::package
