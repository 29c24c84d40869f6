#include "git/attributes.h"

#include <algorithm>

#include "files/glob.h"
#include "text/ascii.h"

namespace cascade::git {
namespace {

constexpr int most_macros = 8;  // in macros
constexpr std::size_t most_rules = 10'000;

std::vector<std::string> words_of(std::string_view line) {
  std::vector<std::string> words;
  while (!(line = letters::trim(line)).empty()) {
    const auto end = std::find_if(line.begin(), line.end(), letters::is_space);
    words.emplace_back(line.begin(), end);
    line.remove_prefix(words.back().size());
  }
  return words;
}

// As git matches: a pattern without a slash is one of names, any other belongs to the file's folder; folders as such
// match nothing, so "vendor" says nothing about the files in it.
bool matches(std::string_view pattern, std::string_view path) {
  if (pattern.empty() || pattern.back() == '/') return false;
  if (pattern.find('/') == std::string_view::npos) path.remove_prefix(path.rfind('/') + 1);
  if (pattern.front() == '/') pattern.remove_prefix(1);
  if (pattern.find("**") == std::string_view::npos &&
      std::count(pattern.begin(), pattern.end(), '/') != std::count(path.begin(), path.end(), '/'))
    return false;
  return files::matches_glob(pattern, path);
}

// Whether `word` speaks of the attribute `name`, and what it says.
bool speaks_of(std::string_view word, std::string_view name, Said& said) {
  const bool off = word.front() == '-', unset = word.front() == '!';
  std::string_view rest = word.substr(off || unset ? 1 : 0);
  const std::string_view value = rest.find('=') == std::string_view::npos ? "" : rest.substr(rest.find('=') + 1);
  rest = rest.substr(0, rest.find('='));
  if (rest != name) return false;
  if (unset)
    said = Said::nothing;
  else if (off || value == "false")
    said = Said::no;
  else if (name == "diff" && !value.empty())
    said = Said::nothing;  // a driver: the content decides
  else
    said = Said::yes;
  return true;
}

}  // namespace

void Attributes::add(const std::string& folder, std::string_view text) {
  while (!text.empty() && rules_.size() + macros_.size() < most_rules) {
    const std::string_view line = letters::trim(text.substr(0, text.find('\n')));
    text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
    if (line.empty() || line.front() == '#') continue;
    std::vector<std::string> words = words_of(line);
    std::string pattern = words.front();
    words.erase(words.begin());
    if (pattern.size() > 1 && pattern.front() == '"' && pattern.back() == '"')
      pattern = pattern.substr(1, pattern.size() - 2);
    constexpr std::string_view macro = "[attr]";
    if (pattern.compare(0, macro.size(), macro) == 0)
      macros_.push_back({"", pattern.substr(macro.size()), std::move(words)});
    else
      rules_.push_back({folder, std::move(pattern), std::move(words)});
  }
}

void Attributes::apply(const std::vector<std::string>& words, PathAttributes& found, int depth) const {
  for (const std::string& word : words) {
    if (word == "binary") found.diff = Said::no;
    if (speaks_of(word, "diff", found.diff) || speaks_of(word, "linguist-generated", found.generated) ||
        speaks_of(word, "linguist-vendored", found.vendored))
      continue;
    for (const Rule& macro : macros_)
      if (macro.pattern == word && depth < most_macros) apply(macro.words, found, depth + 1);
  }
}

PathAttributes Attributes::of(std::string_view path) const {
  PathAttributes found;
  for (const Rule& rule : rules_)
    if (path.substr(0, rule.folder.size()) == rule.folder && matches(rule.pattern, path.substr(rule.folder.size())))
      apply(rule.words, found, 0);
  return found;
}

}  // namespace cascade::git
