// The `layers` block of docs/architecture.md against the includes of src/. A line of it is a part of src/, in brackets
// what the part may include besides itself, and its modules: one includes only modules before it. A part without
// modules has folders that do not know each other.
#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <sstream>

#include "architecture/source_tree.h"

namespace cascade::architecture {
namespace {

struct Part {
  std::string name;
  std::vector<std::string> includes, modules;
};

std::vector<Part> parts_in(const std::string& document) {
  std::vector<Part> parts;
  const std::size_t begin = document.find("```layers\n"), end = document.find("\n```\n", begin);
  std::istringstream lines(begin == std::string::npos ? "" : document.substr(begin + 10, end - begin - 10));
  for (std::string line; std::getline(lines, line);) {
    const std::size_t colon = line.find(':'), open = line.find('('), close = line.find(')');
    Part part{line.substr(0, line.find_first_of(" :")), {}, words_of(line.substr(colon + 1))};
    if (open < colon) part.includes = words_of(line.substr(open + 1, close - open - 1));
    parts.push_back(std::move(part));
  }
  return parts;
}

// "core" and "files" of src/core/files/posix/a.cpp, "systems" and "leases" of src/systems/leases/tests/a.cpp.
struct Place {
  std::string part, module;
};

Place place_of(const std::string& path) {
  const std::size_t part = path.find('/') + 1, module = path.find('/', part) + 1, end = path.find('/', module);
  if (module == 0 || end == std::string::npos) return {};
  return {path.substr(part, module - part - 1), path.substr(module, end - module)};
}

bool has(const std::vector<std::string>& words, const std::string& word) {
  return std::find(words.begin(), words.end(), word) != words.end();
}

bool may_include(const std::vector<Part>& parts, const Place& from, const Place& to) {
  if (from.part == to.part && from.module == to.module) return true;
  const auto part = std::find_if(parts.begin(), parts.end(), [&](const Part& one) { return one.name == from.part; });
  if (part == parts.end()) return false;
  if (from.part != to.part) return has(part->includes, to.part);
  const std::vector<std::string>& order = part->modules;
  return std::find(order.begin(), order.end(), to.module) < std::find(order.begin(), order.end(), from.module);
}

std::vector<std::string> faults_of(const std::vector<Part>& parts, const std::vector<SourceFile>& files) {
  std::map<std::string, std::string> part_of;  // of "module/file.h", and of a module for headers that the build makes
  for (const SourceFile& file : files) {
    const Place place = place_of(file.path);
    part_of.emplace(place.module, place.part);
    if (!place.part.empty())
      part_of.emplace(file.path.substr(file.path.find(place.part + '/') + place.part.size() + 1), place.part);
  }
  std::vector<std::string> faults;
  for (const SourceFile& file : files)
    for (const Include& include : includes_of(file)) {
      const std::string module = include.target.substr(0, include.target.find('/'));
      auto found = part_of.find(include.target);
      if (found == part_of.end()) found = part_of.find(module);
      if (include.angled || found == part_of.end()) continue;
      if (!may_include(parts, place_of(file.path), {found->second, module}))
        faults.push_back(file.path + ":" + std::to_string(include.line) + " may not include " + include.target);
    }
  return faults;
}

const char* const small = "# Page\n```layers\ncore: text files\nlib (core): git\nsystems (core lib):\n```\n";

TEST_CASE("an include goes to a module before it, or to a part that its part names") {
  const std::vector<SourceFile> files = {
      {"src/core/text/a.cpp", "#include \"files/b.h\"\n#include \"text/a.h\"\n"},
      {"src/core/files/b.cpp", "#include \"text/a.h\"\n#include \"git/c.h\"\n"},
      {"src/lib/git/c.cpp", "#include \"files/b.h\"\n#include \"leases/d.h\"\n"},
      {"src/systems/leases/d.cpp", "#include \"git/c.h\"\n#include \"memory/e.h\"\n"},
      {"src/systems/memory/e.cpp", "#include <vector>\n"}};
  CHECK(listed(faults_of(parts_in(small), files)) ==
        "src/core/text/a.cpp:1 may not include files/b.h\nsrc/core/files/b.cpp:2 may not include git/c.h\n"
        "src/lib/git/c.cpp:2 may not include leases/d.h\nsrc/systems/leases/d.cpp:2 may not include memory/e.h");
}

TEST_CASE("docs/architecture.md names each folder of src/ that has an order") {
  const std::vector<Part> parts = parts_in(read_text("docs/architecture.md"));
  REQUIRE(parts.size() == 5);
  for (const Part& part : parts) {
    std::vector<std::string> folders = entries("src/" + part.name), named = part.modules;
    std::sort(named.begin(), named.end());
    INFO(part.name);
    CHECK((named.empty() || named == folders));
    CHECK_FALSE(folders.empty());
  }
}

TEST_CASE("no include goes against the layers of docs/architecture.md") {
  CHECK(listed(faults_of(parts_in(read_text("docs/architecture.md")), sources_below("src"))) == "");
}

TEST_CASE("each include of a source names its folder") {
  std::vector<std::string> faults;
  for (const SourceFile& file : sources_below("src"))
    for (const Include& include : includes_of(file))
      if (!include.angled && include.target.find('/') == std::string::npos)
        faults.push_back(file.path + ":" + std::to_string(include.line) + ": write \"module/" + include.target + "\"");
  CHECK(listed(faults) == "");
}

// Tests of several parts together, such as tests/corpus/, may.
TEST_CASE("no unit test outside of a system's folder names a header of it") {
  std::vector<std::string> faults;
  for (const SourceFile& file : sources_below("tests/unit"))
    for (const Include& include : includes_of(file)) {
      const std::string module = include.target.substr(0, include.target.find('/'));
      if (!include.angled && module != include.target && exists("src/systems/" + include.target))
        faults.push_back(file.path + ":" + std::to_string(include.line) + " names " + include.target);
    }
  CHECK(listed(faults) == "");
}

}  // namespace
}  // namespace cascade::architecture
