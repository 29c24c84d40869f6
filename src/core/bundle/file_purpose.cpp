// Reads the first lines of a file. A page (Markdown, plain text) speaks for itself from its first line on; of anything
// else only a comment counts, so lines are skipped until one begins with a comment's sign, and the first line of code
// ends the search. Lines that tools and lawyers want there (#!, encoding, licence) say nothing about the purpose.
#include "bundle/file_purpose.h"

#include "manifest/head.h"
#include "text/ascii.h"
#include "text/word_set.h"

namespace cascade::bundle {
namespace {

constexpr std::size_t longest_purpose = 100;  // code points
constexpr int most_lines = 30;

bool is_page(std::string_view path) {
  static constexpr auto pages = letters::word_set("md", "markdown", "mdx", "txt", "rst", "adoc");
  return pages.has(path.substr(path.rfind('.') + 1));
}

// Takes a comment's signs off the beginning. False: there are none.
bool open_comment(std::string_view& line) {
  for (const std::string_view sign : {"\"\"\"", "'''", "<!--", "/**", "/*", "//!", "///", "//", "--", "#", ";", "%"})
    if (line.starts_with(sign)) {
      line = letters::trim(line.substr(sign.size()));
      return true;
    }
  return false;
}

// Of a comment's text, or of a page's.
bool is_formality(std::string_view line) {
  static constexpr std::string_view formal[] = {"!",     "-*-",  "copyright", "spdx-", "licen", "eslint", "vim:",
                                                "type:", "mypy", "pylint",    "ruff",  "noqa",  "@ts-",   "shellcheck"};
  for (const std::string_view begin : formal)
    if (letters::equals_folded(line.substr(0, begin.size()), begin)) return true;
  return line.find_first_not_of("-=*#/~+ ") == std::string_view::npos;
}

std::string_view first_sentence(std::string_view line) {
  for (const std::string_view end : {"\"\"\"", "'''", "-->", "*/", ". "}) line = line.substr(0, line.find(end));
  line = letters::trim(line);
  while (line.ends_with('.')) line.remove_suffix(1);
  return line;
}

}  // namespace

std::string file_purpose(std::string_view path, std::string_view text) {
  if (text.starts_with("\xEF\xBB\xBF")) text.remove_prefix(3);
  const bool page = is_page(path);
  bool comment = false;
  for (int number = 0; number < most_lines && !text.empty(); ++number) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    std::string_view line = letters::trim(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
    if (page) {
      while (line.starts_with('#')) line.remove_prefix(1);
      line = letters::trim(line);
    } else if (!line.empty()) {
      const bool opens = open_comment(line);
      if (!opens && !comment) return {};
      comment = true;
    }
    if (!is_formality(line)) return manifest::one_line(first_sentence(line), longest_purpose);
  }
  return {};
}

}  // namespace cascade::bundle
