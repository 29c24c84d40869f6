#include <catch2/catch.hpp>
#include <set>
#include <string_view>

#include "architecture/source_tree.h"

namespace cascade::architecture {
namespace {

constexpr std::size_t file_limit = 600, file_aim = 400, function_limit = 60, public_header_aim = 200,
                      public_header_limit = 250, class_limit = 150;

// The classes that may be longer. Each is one automaton: all its functions advance the same few members, so parts of it
// would only hand those members to each other. A class that is not named here has more than one job: take out what can
// be a function of values.
struct LongClass {
  std::string_view file, name, reason;
};
constexpr LongClass long_classes[] = {
    {"src/systems/eval/instance.cpp", "InstanceReader",
     "one function for each key of the format, and the faults they share"},
    {"src/core/manifest/references_calls.cpp", "CallFinder",
     "one function for each form of a call, over one line of text"},
    {"src/lib/facts/evidence.cpp", "Collector", "the sums that each way to match a fact adds to"},
    {"src/core/syntax/toml.cpp", "TomlReader", "a recursive descent over one position"},
    {"src/core/syntax/yaml_plain.cpp", "PlainReader", "a recursive descent over one position"},
    {"src/check/validate/reading/shell.cpp", "Parser", "a recursive descent over one position"},
    {"src/check/validate/acts/shell_acts.cpp", "ShellActs",
     "one function for each act, over one command and its variables"},
    {"src/systems/audit/names.cpp", "NameReader", "a recursive descent over one position"},
    {"src/systems/metrics/claims.cpp", "Reader", "one pass over the tables of one text"},
};

struct Function {
  std::size_t line = 0, length = 0;  // lines from the first of its head to its closing brace
  std::string head;
};

bool starts_with(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }

bool opens_no_function(std::string_view line) {
  for (const std::string_view word : {"namespace", "struct ", "class ", "enum ", "union ", "extern ", "#", "//", "}"})
    if (starts_with(line, word)) return true;
  return line.empty() || line[0] == ' ' || line[0] == '{';
}

// Functions at namespace level in a text laid out by .clang-format: the head begins in the first column, the body ends
// with a '}' there. A closing "};" or "});" ends a type, a table or a macro's argument, not a function.
std::vector<Function> functions_in(std::string_view text) {
  std::vector<Function> found;
  const std::vector<std::string> lines = lines_of(text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    if (opens_no_function(lines[i])) continue;
    std::size_t end = i;
    while (end < lines.size() && lines[end].back() != '{' && lines[end].back() != ';' && lines[end].back() != '}' &&
           end + 1 < lines.size() && !lines[end + 1].empty())
      ++end;
    if (lines[end].empty() || lines[end].back() != '{') continue;
    while (end < lines.size() && lines[end][0] != '}') {
      ++end;
      while (end < lines.size() && lines[end].empty()) ++end;
    }
    if (end < lines.size() && starts_with(lines[end], "}") && !starts_with(lines[end], "};") &&
        !starts_with(lines[end], "})"))
      found.push_back({i + 1, end - i + 1, lines[i]});
    i = end;
  }
  return found;
}

// Classes and structs at namespace level, from the line of their name to the "};" in the first column; not those of one
// line.
std::vector<Function> classes_in(std::string_view text) {
  std::vector<Function> found;
  const std::vector<std::string> lines = lines_of(text);
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const bool opens = starts_with(lines[i], "class ") || starts_with(lines[i], "struct ");
    if (!opens || lines[i].back() == ';') continue;
    std::size_t end = i;
    while (end < lines.size() && !starts_with(lines[end], "};")) ++end;
    std::string name;
    for (const std::string& word : words_of(lines[i].substr(0, lines[i].find_first_of(":{"))))
      if (word != "class" && word != "struct" && word != "final" && word.find("EXPORT") == std::string::npos)
        name = word;
    found.push_back({i + 1, end - i + 1, name});
    i = end;
  }
  return found;
}

TEST_CASE("functions are measured from head to closing brace") {
  const std::vector<Function> found = functions_in(
      "namespace a {\n\nint short_one() { return 1; }\n\nint long_one(int a,\n             int b) {\n  if (a) {\n\n    "
      "b();\n"
      "  }\n  return 1;\n}\n\nconst int table[] = {\n    1,\n};\n\nstruct S {\n  int a;\n};\n\n}  // namespace a\n");
  REQUIRE(found.size() == 1);
  CHECK(found[0].line == 5);
  CHECK(found[0].length == 8);
}

TEST_CASE("classes are measured from their name to the closing brace") {
  const std::vector<Function> found = classes_in(
      "class Later;\nstruct One { int a; };\n\nclass CASCADE_EXPORT Two final : public One {\n public:\n  void f() {\n "
      " }\n\n"
      "};\n\nstruct Three {\n};\n");
  REQUIRE(found.size() == 2);
  CHECK(found[0].head == "Two");
  CHECK(found[0].line == 4);
  CHECK(found[0].length == 6);
  CHECK(found[1].head == "Three");
}

TEST_CASE("no file is longer than 600 lines") {
  std::vector<std::string> faults, long_ones;
  for (const char* folder : {"include", "src", "tests", "bench"})
    for (const SourceFile& file : sources_below(folder)) {
      const std::size_t length = lines_of(file.text).size();
      if (length > file_limit) faults.push_back(file.path + ": " + std::to_string(length) + " lines");
      if (length > file_aim) long_ones.push_back(file.path + ": " + std::to_string(length) + " lines");
    }
  if (!long_ones.empty()) WARN("longer than the 400 lines we aim at:\n" << listed(long_ones));
  CHECK(listed(faults) == "");
}

TEST_CASE("a public header can be read in one sitting") {
  std::vector<std::string> faults, long_ones;
  for (const SourceFile& file : sources_below("include")) {
    const std::size_t length = lines_of(file.text).size();
    if (length > public_header_limit) faults.push_back(file.path + ": " + std::to_string(length) + " lines");
    if (length > public_header_aim) long_ones.push_back(file.path + ": " + std::to_string(length) + " lines");
  }
  if (!long_ones.empty()) WARN("longer than the 200 lines we aim at:\n" << listed(long_ones));
  CHECK(listed(faults) == "");
}

TEST_CASE("no function is longer than 60 lines") {
  std::vector<std::string> faults;
  for (const char* folder : {"include", "src"})
    for (const SourceFile& file : sources_below(folder))
      for (const Function& function : functions_in(file.text))
        if (function.length > function_limit)
          faults.push_back(file.path + ":" + std::to_string(function.line) + ": " + std::to_string(function.length) +
                           " lines: " + function.head);
  CHECK(listed(faults) == "");
}

TEST_CASE("no class is longer than 150 lines, except those that are named with a reason") {
  std::vector<std::string> faults;
  std::set<std::string> named;
  for (const LongClass& one : long_classes) named.insert(std::string(one.file) + ": " + std::string(one.name));
  for (const char* folder : {"include", "src"})
    for (const SourceFile& file : sources_below(folder))
      for (const Function& one : classes_in(file.text))
        if (one.length > class_limit && named.erase(file.path + ": " + one.head) == 0)
          faults.push_back(file.path + ":" + std::to_string(one.line) + ": " + one.head + " has " +
                           std::to_string(one.length) + " lines");
  for (const std::string& gone : named) faults.push_back(gone + " is named, but it is short now, or gone");
  CHECK(listed(faults) == "");
}

}  // namespace
}  // namespace cascade::architecture
