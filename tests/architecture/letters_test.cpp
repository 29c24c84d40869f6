// What a letter, a digit or white space is stands in src/core/text/ alone: twenty-five files once had definitions of
// their own.
#include <catch2/catch.hpp>
#include <regex>

#include "architecture/source_tree.h"

namespace cascade::architecture {
namespace {

// A range of letters or digits written out, one of <cctype>'s functions (which follow the locale), or blanks listed.
bool defines_a_class(const std::string& line) {
  static const std::regex range(R"([<>]=? ?U?'[aAzZ0789fF]')");
  static const std::regex locale(R"(\b(is(al(pha|num)|digit|space|upper|lower|xdigit|punct|blank)|to(lower|upper))\()");
  static const std::regex blanks(R"(' ' \|\| [^;]*'\\t')");
  const std::string code = line.substr(0, line.find("//"));
  if (code.find_first_of("'(") == std::string::npos) return false;  // for speed alone: most lines have neither
  std::smatch found;
  if (std::regex_search(code, range) || std::regex_search(code, blanks)) return true;
  return std::regex_search(code, found, locale) && found.prefix().str().find("std::") != std::string::npos;
}

TEST_CASE("a class of characters is recognised") {
  CHECK(defines_a_class("return c >= 'a' && c <= 'z';"));
  CHECK(defines_a_class("if (text[i] < '0' || text[i] > '9') return;"));
  CHECK(defines_a_class("return std::isalpha(c) != 0;"));
  CHECK(defines_a_class("while (c == ' ' || c == '\\t') ++at;"));
  CHECK_FALSE(defines_a_class("return letters::is_digit(c) || c == '_';"));
  CHECK_FALSE(defines_a_class("out += c == 'a' ? '\\t' : ' ';  // not c >= 'a'"));
}

TEST_CASE("letters, digits and white space are defined in src/core/text alone") {
  std::vector<std::string> faults;
  for (const SourceFile& file : sources_below("src")) {
    if (file.path.rfind("src/core/text/", 0) == 0) continue;
    std::size_t number = 0;
    for (const std::string& line : lines_of(file.text)) {
      ++number;
      if (defines_a_class(line)) faults.push_back(file.path + ":" + std::to_string(number) + ": " + line);
    }
  }
  CHECK(listed(faults) == "");
}

}  // namespace
}  // namespace cascade::architecture
