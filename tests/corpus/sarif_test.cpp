// What `validate --format sarif` prints is SARIF 2.1.0 as code hosts demand it: the properties that the standard
// requires, rules by their index, regions that are regions.
#include "corpus/corpora.h"
#include "read_text.h"
#include "scratch_folder.h"

#include <catch2/catch.hpp>

#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <map>
#include <set>

namespace cascade::corpora {
namespace {

using syntax::Node;
using syntax::NodeKind;

std::string validated(const std::string& root, const std::string& options) {
  const std::string command =
      "HOME=/nowhere XDG_CACHE_HOME= XDG_STATE_HOME= CASCADE_VOCABULARY=estimate '" CASCADE_BINARY "' validate '" +
      root + "' " + options;
  std::string out;
  FILE* pipe = ::popen(command.c_str(), "r");
  char buffer[1 << 16];
  for (std::size_t got = 0; (got = std::fread(buffer, 1, sizeof buffer, pipe)) > 0;) out.append(buffer, got);
  ::pclose(pipe);
  return out;
}

unsigned long number(const Node& map, std::string_view key) {
  const Node* value = map.find(key);
  return value == nullptr ? 0 : std::strtoul(value->text.c_str(), nullptr, 10);
}

const Node& at(const Node& map, std::string_view key) {
  static const Node none;
  const Node* value = map.find(key);
  return value == nullptr ? none : *value;
}

// A relative reference as RFC 3986 has it: nothing that has to be escaped.
bool is_uri(const std::string& text) {
  constexpr std::string_view allowed =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-._~/%!$&'()*+,;=:@";
  return !text.empty() && text[0] != '/' && text.find_first_not_of(allowed) == std::string::npos;
}

std::string fault_of_region(const Node& region) {
  const unsigned long line = number(region, "startLine"), end_line = number(region, "endLine");
  const unsigned long column = number(region, "startColumn"), end_column = number(region, "endColumn");
  if (line == 0) return "no startLine";
  if (end_line != 0 && end_line < line) return "ends before it begins";
  if (region.find("startColumn") != nullptr && column == 0) return "column 0";
  if (end_column != 0 && (end_line == 0 || end_line == line) && end_column < column)
    return "ends left of its beginning";
  return {};
}

std::string fault_of_location(const Node& location) {
  const Node& physical = at(location, "physicalLocation");
  if (!is_uri(written(at(physical, "artifactLocation"), "uri")))
    return "no uri: " + written(at(physical, "artifactLocation"), "uri");
  const Node* region = physical.find("region");
  return region == nullptr ? std::string() : fault_of_region(*region);
}

// A region of text takes text, with both its ends said; one of bytes takes bytes. One change a file.
std::string fault_of_replacement(const Node& replacement) {
  const Node& region = at(replacement, "deletedRegion");
  const Node& content = at(replacement, "insertedContent");
  if (region.find("byteOffset") != nullptr)
    return region.find("startLine") == nullptr && content.find("binary") != nullptr ? "" : "text in a region of bytes";
  if (content.find("text") == nullptr || region.find("endColumn") == nullptr) return "a region with half its ends";
  return fault_of_region(region);
}

std::string fault_of_fix(const Node& fix) {
  std::set<std::string> changed;
  if (at(fix, "artifactChanges").items.empty()) return "a fix that changes nothing";
  for (const Node& change : at(fix, "artifactChanges").items) {
    const std::string uri = written(at(change, "artifactLocation"), "uri");
    if (!is_uri(uri)) return "a fix without uri";
    if (!changed.insert(uri).second) return "two changes of a file";
    if (at(change, "replacements").items.empty()) return "a change without a replacement";
    for (const Node& replacement : at(change, "replacements").items)
      if (std::string fault = fault_of_replacement(replacement); !fault.empty()) return fault;
  }
  return {};
}

std::string fault_of_result(const Node& result, const Node& rules) {
  const std::size_t index = number(result, "ruleIndex");
  if (index >= rules.items.size() || written(rules.items[index], "id") != written(result, "ruleId"))
    return "ruleIndex is of another rule";
  if (std::set<std::string>{"none", "note", "warning", "error"}.count(written(result, "level")) == 0) return "level";
  if (written(at(result, "message"), "text").empty()) return "no message";
  if (at(result, "locations").items.size() != 1) return "not one location";
  for (const Node& location : at(result, "locations").items)
    if (std::string fault = fault_of_location(location); !fault.empty()) return fault;
  for (const Node& location : at(result, "relatedLocations").items)
    if (std::string fault = fault_of_location(location); !fault.empty()) return fault;
  for (const Node& fix : at(result, "fixes").items)
    if (std::string fault = fault_of_fix(fix); !fault.empty()) return fault;
  const Node& prints = at(result, "partialFingerprints");
  if (prints.kind != NodeKind::map || prints.size() == 0) return "no fingerprint";
  return {};
}

}  // namespace

TEST_CASE("every result of six libraries is SARIF 2.1.0") {
  for (const std::string& name : names()) {
    const std::string root = shared() + "/corpora/" + name;
    if (!std::filesystem::exists(root)) {
      WARN("skipped: " + root + " is not there");
      continue;
    }
    INFO(name);
    const syntax::Parsed parsed = syntax::parse_json(validated(root, "--format sarif"), {1u << 30, 64, 10'000'000, 0});
    REQUIRE(parsed.faults.empty());
    CHECK(written(parsed.root, "version") == "2.1.0");
    CHECK(written(parsed.root, "$schema").find("sarif") != std::string::npos);
    REQUIRE(at(parsed.root, "runs").items.size() == 1);
    const Node& run = at(parsed.root, "runs").items[0];
    const Node& driver = at(at(run, "tool"), "driver");
    CHECK_FALSE(written(driver, "name").empty());
    CHECK(written(run, "columnKind") == "unicodeCodePoints");
    const Node& rules = at(driver, "rules");
    for (const Node& rule : rules.items) {
      CHECK_FALSE(written(rule, "id").empty());
      CHECK_FALSE(written(at(rule, "shortDescription"), "text").empty());
    }
    REQUIRE_FALSE(at(run, "results").items.empty());
    for (const Node& result : at(run, "results").items) {
      const std::string fault = fault_of_result(result, rules);
      INFO(written(result, "ruleId") << " " << written(at(result, "message"), "text"));
      CHECK(fault == "");
    }
  }
}

namespace {

struct Replaced {
  std::size_t begin = 0, end = 0;
  std::string text;
};

// Where a line and a column in code points are, as a reader of SARIF finds them: a byte order mark is no character.
std::size_t offset_of(const std::string& text, unsigned long line, unsigned long column) {
  std::size_t at = text.compare(0, 3, "\xEF\xBB\xBF") == 0 ? 3 : 0;
  for (; line > 1; --line) at = text.find('\n', at) + 1;
  for (; column > 1; --column) do
      ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80);
  return at;
}

Replaced replaced_by(const Node& replacement, const std::string& text) {
  const Node& region = at(replacement, "deletedRegion");
  const Node& content = at(replacement, "insertedContent");
  if (region.find("byteOffset") != nullptr) {
    REQUIRE(written(content, "binary").empty());  // only deletions here
    const std::size_t begin = number(region, "byteOffset");
    return {begin, begin + number(region, "byteLength"), ""};
  }
  return {offset_of(text, number(region, "startLine"), number(region, "startColumn")),
          offset_of(text, number(region, "endLine"), number(region, "endColumn")), written(content, "text")};
}

// Applies what a report's fixes replace, those that are called safe, to the files below `root`.
void apply_fixes(const std::string& root, const Node& results) {
  std::map<std::string, std::vector<Replaced>> by_file;
  for (const Node& result : results.items)
    for (const Node& fix : at(result, "fixes").items) {
      if (written(at(fix, "description"), "text") != "safe") continue;
      for (const Node& change : at(fix, "artifactChanges").items) {
        const std::string path = written(at(change, "artifactLocation"), "uri");
        const std::string text = test::read_text(root + "/" + path);
        for (const Node& replacement : at(change, "replacements").items)
          by_file[path].push_back(replaced_by(replacement, text));
      }
    }
  for (auto& [path, all] : by_file) {
    std::stable_sort(all.begin(), all.end(), [](const Replaced& a, const Replaced& b) { return a.begin > b.begin; });
    std::string text = test::read_text(root + "/" + path);
    for (const Replaced& one : all) text.replace(one.begin, one.end - one.begin, one.text);
    std::ofstream(root + "/" + path, std::ios::binary) << text;
  }
}

void write_file(const std::string& path, const std::string& text) {
  std::filesystem::create_directories(std::filesystem::path(path).parent_path());
  std::ofstream(path, std::ios::binary) << text;
}

// Faults of several rules: marks before the front matter, values that want quotes behind letters of several bytes, line
// ends of both sorts, several faults in a file.
void write_faulty(const std::string& root) {
  const auto skill = [&](const std::string& name, const std::string& text) {
    write_file(root + "/skills/" + name + "/SKILL.md", text);
  };
  skill("marked",
        "\xEF\xBB\xBF---\nname: marked\ndescription: Keeps marks. Use when a file begins with one.\n---\n\nx\n");
  skill("quoted",
        "---\nname: quoted\ndescription: Schreibt Übersichten: für Gäste. Use when a list ended.\nuser-invocable: "
        "\"true\"\n---\n\nÄ 🚀 [it](references\\a.md) and [ü](references\\b.md).\n");
  skill("lined",
        "---\r\nname: lined\r\ndescription: Notes: of meetings. Use when one ended.  \r\n# "
        "kept\r\n---\r\n\r\nx\r\n");
  skill("numbered", "---\nname: numbered\ndescription: Counts. Use when ü is counted.\nlicense: 1.10\n---\n\nx\n");
  skill("late", "<!-- ü -->\n---\nname: late\ndescription: Comes late. Use when a note stands first.\n---\n\nText.\n");
  for (const char* name : {"a", "b"}) write_file(root + "/skills/quoted/references/" + name + ".md", "# A\n");
}

}  // namespace

TEST_CASE("the fixes of a SARIF report make of files what --fix makes of them") {
  test::ScratchFolder told, fixed;
  write_faulty(told.path);
  write_faulty(fixed.path);
  const syntax::Parsed parsed = syntax::parse_json(validated(told.path, "--format sarif"), {1u << 30, 64, 100'000, 0});
  REQUIRE(parsed.faults.empty());
  const Node& run = at(parsed.root, "runs").items.at(0);
  std::size_t count = 0;
  for (const Node& result : at(run, "results").items) {
    CHECK(fault_of_result(result, at(at(at(run, "tool"), "driver"), "rules")) == "");
    count += at(result, "fixes").items.size();
  }
  CHECK(count >= 8);
  apply_fixes(told.path, at(run, "results"));
  validated(fixed.path, "--fix");
  for (const std::string name : {"marked", "quoted", "lined", "numbered", "late"}) {
    INFO(name);
    const std::string below = "/skills/" + name + "/SKILL.md";
    CHECK(test::read_text(told.path + below) == test::read_text(fixed.path + below));
  }
  const std::string again = validated(told.path, "--fix --diff");
  CHECK(again.find("@@") == std::string::npos);
}

}  // namespace cascade::corpora
