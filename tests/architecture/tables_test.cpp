// A table by hand and the folder it speaks of say the same.
#include <algorithm>
#include <catch2/catch.hpp>
#include <iterator>
#include <string_view>

#include "architecture/source_tree.h"

namespace cascade::architecture {
namespace {

using Names = std::vector<std::string>;

bool ends_with(std::string_view text, std::string_view end) {
  return text.size() >= end.size() && text.substr(text.size() - end.size()) == end;
}

// What stands between `prefix` and `suffix` in the names of a folder's entries, sorted.
Names between(const std::string& folder, std::string_view prefix, std::string_view suffix) {
  Names found;
  for (const std::string& name : entries(folder))
    if (name.size() > prefix.size() + suffix.size() && name.compare(0, prefix.size(), prefix) == 0 &&
        ends_with(name, suffix))
      found.push_back(name.substr(prefix.size(), name.size() - prefix.size() - suffix.size()));
  return found;
}

Names without(Names names, const Names& those) {
  Names rest;
  std::set_difference(names.begin(), names.end(), those.begin(), those.end(), std::back_inserter(rest));
  return rest;
}

// The first strings of a table's rows, each on its own line: {"name", ...}; sorted.
Names rows_in(std::string_view text) {
  Names found;
  for (const std::string& line : lines_of(text)) {
    const std::size_t open = line.find("{\"");
    if (open == std::string::npos || line.find_first_not_of(' ') != open) continue;
    found.push_back(line.substr(open + 2, line.find('"', open + 2) - open - 2));
  }
  std::sort(found.begin(), found.end());
  return found;
}

// The enumerators of `enum class NAME ... { a, b };`, sorted.
Names enumerators_in(std::string_view text, const std::string& name) {
  const std::size_t at = text.find("enum class " + name + " ");
  if (at == std::string_view::npos) return {};
  const std::size_t open = text.find('{', at);
  std::string inside(text.substr(open + 1, text.find('}', open) - open - 1));
  std::replace(inside.begin(), inside.end(), ',', ' ');
  Names found = words_of(inside);
  std::sort(found.begin(), found.end());
  return found;
}

TEST_CASE("rows and enumerators are read from a source") {
  CHECK(rows_in("table = {\n    {\"b\", \"x {\\\"y\\\"\", f},\n    {\"a\", \"z\", g},\n};\n") == Names{"a", "b"});
  CHECK(enumerators_in("enum class Kind : int { skill, agent };", "Kind") == Names{"agent", "skill"});
}

// The rows of the core's table and of each system's.
Names all_verbs() {
  Names verbs = rows_in(read_text("src/core/cli/verbs.cpp"));
  for (const SourceFile& file : sources_below("src")) {
    const std::size_t table = file.text.find("verbs[] = {");
    if (file.path.find("/system.cpp") != std::string::npos && table != std::string::npos)
      for (const std::string& name : rows_in(file.text.substr(table))) verbs.push_back(name);
  }
  std::sort(verbs.begin(), verbs.end());
  return verbs;
}

// The verb of a source that says "Exit run_NAME(Call& call) {"; empty for another.
std::vector<std::string> verbs_run_in(const std::string& source) {
  Names verbs;
  constexpr std::string_view mark = "\nExit run_";
  for (std::size_t at = source.find(mark); at != std::string::npos; at = source.find(mark, at + 1)) {
    const std::size_t begin = at + mark.size(), open = source.find('(', begin);
    const std::string parameters = source.substr(open, source.find(" {", open) - open);
    if (parameters == "(Call& call)" || parameters == "(Call&)") verbs.push_back(source.substr(begin, open - begin));
  }
  return verbs;
}

TEST_CASE("each verb of the table has its source and its page, and no other has") {
  const Names verbs = all_verbs();
  // `names` is for shells, `manifests` for `audit`, `bug` for tests. cascade.md is the overview.
  Names run;
  for (const SourceFile& file : sources_below("src"))
    for (const std::string& verb : verbs_run_in(file.text)) run.push_back(verb);
  std::sort(run.begin(), run.end());
  CHECK(run == verbs);
  CHECK(without(between("docs/cli", "", ".md"), {"cascade"}) == without(verbs, {"bug", "manifests", "names"}));
}

TEST_CASE("each verb that is listed has scenarios and a place in README.md's table of verbs") {
  const std::string readme = read_text("README.md");
  for (const std::string& verb : without(between("docs/cli", "", ".md"), {"cascade", "help", "solve"})) {
    INFO(verb);
    CHECK((readme.find("`" + verb + "`") != std::string::npos ||
           readme.find("`cascade " + verb + "`") != std::string::npos));
    CHECK((exists("tests/cli/" + verb) || exists("tests/cli/" + verb + "_test.cpp")));
  }
}

TEST_CASE("a verb's page names each of its formats besides text and json") {
  for (const SourceFile& file : sources_below("src")) {
    const std::string& source = file.text;
    const Names verbs = verbs_run_in(source);
    if (verbs.size() != 1) continue;
    const std::string verb = verbs.front(), page = read_text("docs/cli/" + verb + ".md");
    constexpr std::string_view mark = "Format::";
    for (std::size_t at = source.find(mark); at != std::string::npos; at = source.find(mark, at + 1)) {
      const std::size_t begin = at + mark.size();
      const std::string format =
          source.substr(begin, source.find_first_not_of("abcdefghijklmnopqrstuvwxyz", begin) - begin);
      if (format == "text" || format == "json") continue;
      INFO("docs/cli/" << verb << ".md does not name the format " << format);
      CHECK(page.find(format) != std::string::npos);
    }
  }
}

TEST_CASE("docs/clients.md has a row for each client") {
  const std::string page = read_text("docs/clients.md");
  std::size_t clients = 0;
  for (const std::string& name : between("src/core/client", "", ".cpp")) {
    const std::string source = read_text("src/core/client/" + name + ".cpp");
    constexpr std::string_view mark = ".title = \"";
    const std::size_t at = source.find(mark);
    if (at == std::string::npos) continue;
    ++clients;
    const std::size_t begin = at + mark.size();
    const std::string title = source.substr(begin, source.find('"', begin) - begin);
    INFO(title);
    CHECK(page.find("\n| " + title) != std::string::npos);
  }
  CHECK(clients > 1);
}

TEST_CASE("docs/packing.md gives the worth of each kind of section") {
  const std::string page = read_text("docs/packing.md");
  const std::size_t row = page.find("\n| part |");
  REQUIRE(row != std::string::npos);
  const std::string values = page.substr(row, page.find('\n', row + 1) - row);
  for (const std::string& part : enumerators_in(read_text("src/core/bundle/part.h"), "Part")) {
    INFO(part);
    CHECK(values.find(" " + part + " ") != std::string::npos);
  }
}

TEST_CASE("each kind of manifest says what names it") {
  const Names kinds = enumerators_in(read_text("include/cascade/manifest.h"), "Kind");
  REQUIRE_FALSE(kinds.empty());
  for (const std::string& kind : kinds) {
    INFO(kind);
    CHECK(read_text("src/core/manifest/kinds.cpp").find("\nIdentity identify_" + kind + "(") != std::string::npos);
  }
}

TEST_CASE("README.md names each page of docs, and docs/formats/README.md each of its folder") {
  for (const std::string& page : between("docs", "", ".md")) {
    INFO(page);
    CHECK(read_text("README.md").find("(docs/" + page + ".md") != std::string::npos);
  }
  for (const std::string& page : without(between("docs/formats", "", ".md"), {"README"})) {
    INFO(page);
    CHECK(read_text("docs/formats/README.md").find("(" + page + ".md)") != std::string::npos);
  }
}

TEST_CASE("each schema has a page of docs/formats that links it") {
  std::string pages;
  for (const std::string& page : between("docs/formats", "", ".md")) pages += read_text("docs/formats/" + page + ".md");
  for (const std::string& schema : between("schemas", "", ".schema.json")) {
    INFO(schema);
    CHECK(pages.find("(../../schemas/" + schema + ".schema.json)") != std::string::npos);
  }
}

}  // namespace
}  // namespace cascade::architecture
