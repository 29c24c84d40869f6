#include <algorithm>
#include <catch2/catch.hpp>
#include <string_view>

#include "architecture/source_tree.h"

namespace cascade::architecture {
namespace {

constexpr std::size_t file_limit = 600, file_aim = 400, function_limit = 60, public_header_aim = 200,
                      public_header_limit = 250, class_limit = 140;

struct Function {
  std::size_t line = 0, length = 0;  // lines from the first of its head to its closing brace
  std::string head;
};

bool starts_with(std::string_view text, std::string_view prefix) { return text.substr(0, prefix.size()) == prefix; }

std::string_view letters_of(std::string_view line) {
  return line.substr(std::min(line.find_first_not_of(' '), line.size()));
}

bool starts_a_type(std::string_view line) {
  for (const std::string_view word : {"struct ", "class ", "enum ", "union ", "static constexpr "})
    if (starts_with(line, word)) return true;
  return false;
}

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

// The lines that the bodies of functions take in a class: those behind a '{' to the '}' in the third column.
std::size_t body_lines(const std::vector<std::string>& lines, std::size_t begin, std::size_t end) {
  std::size_t bodies = 0;
  for (std::size_t i = begin + 1; i < end; ++i) {
    const std::string_view line = letters_of(lines[i]);
    if (line.empty() || line.back() != '{' || starts_a_type(line)) continue;
    std::size_t close = i;
    while (close < end && lines[close] != "  }" && lines[close] != "  };") ++close;
    if (close < end && lines[close] == "  }") bodies += close - i;
    i = close;
  }
  return bodies;
}

// Classes and structs at namespace level, from the line of their name to the "};" in the first column; not those of one
// line. The bodies of their functions are not counted, which stand in a class or behind it.
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
    found.push_back({i + 1, end - i + 1 - body_lines(lines, i, end), name});
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

TEST_CASE("classes are measured from their name to the closing brace, without the bodies of their functions") {
  const std::vector<Function> found = classes_in(
      "class Later;\nstruct One { int a; };\n\nclass CASCADE_EXPORT Two final : public One {\n public:\n"
      "  explicit Two(int a)\n      : a_(a) {\n    if (a) {\n      b();\n    }\n  }\n\n  void f() {\n  }\n"
      "  struct Inner {\n    int a;\n  };\n};\n\nstruct Three {\n};\n");
  REQUIRE(found.size() == 2);
  CHECK(found[0].head == "Two");
  CHECK(found[0].line == 4);
  CHECK(found[0].length == 10);
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

TEST_CASE("no class declares more than 140 lines") {
  std::vector<std::string> faults;
  for (const char* folder : {"include", "src"})
    for (const SourceFile& file : sources_below(folder))
      for (const Function& one : classes_in(file.text))
        if (one.length > class_limit)
          faults.push_back(file.path + ":" + std::to_string(one.line) + ": " + one.head + " declares " +
                           std::to_string(one.length) + " lines");
  CHECK(listed(faults) == "");
}

}  // namespace
}  // namespace cascade::architecture
