#include "cascade_git/attributes.h"

#include <algorithm>

#include "files/glob.h"
#include "text/ascii.h"

namespace cascade::git {
namespace {

constexpr std::size_t most_rules = 10'000;

// Takes a pattern in quotation marks, with what a backslash stands before in it. Empty: it has no end.
std::string take_quoted(std::string_view& line) {
  std::string pattern;
  for (std::size_t at = 1; at < line.size(); ++at) {
    if (line[at] == '"') {
      line.remove_prefix(at + 1);
      return pattern;
    }
    if (line[at] == '\\' && at + 1 < line.size()) ++at;
    pattern += line[at];
  }
  return {};
}

std::string take_word(std::string_view& line) {
  const auto end = std::find_if(line.begin(), line.end(), letters::is_space);
  std::string word(line.begin(), end);
  line.remove_prefix(word.size());
  return word;
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

// "-diff", "!diff" and "diff=x" are of the attribute "diff".
std::string_view name_of(std::string_view word) {
  if (word.front() == '-' || word.front() == '!') word.remove_prefix(1);
  return word.substr(0, word.find('='));
}

// What a word says of its attribute. "diff=x" names a driver: the content decides.
Said said_by(std::string_view word, std::string_view name) {
  const std::size_t sign = word.find('=');
  const std::string_view value = sign == std::string_view::npos ? "" : word.substr(sign + 1);
  if (word.front() == '-' || value == "false") return Said::no;
  return word.front() == '!' || (name == "diff" && !value.empty()) ? Said::nothing : Said::yes;
}

}  // namespace

void Attributes::add(const std::string& folder, std::string_view text) {
  while (!text.empty() && rules_.size() + macros_.size() < most_rules) {
    const std::string_view line = letters::trim(text.substr(0, text.find('\n')));
    text.remove_prefix(std::min(text.find('\n'), text.size() - 1) + 1);
    if (line.empty() || line.front() == '#') continue;
    std::string_view rest = line;
    std::string pattern = line.front() == '"' ? take_quoted(rest) : take_word(rest);
    std::vector<std::string> words;
    while (!(rest = letters::trim(rest)).empty()) words.push_back(take_word(rest));
    constexpr std::string_view macro = "[attr]";
    if (pattern.compare(0, macro.size(), macro) == 0)
      macros_[pattern.substr(macro.size())] = std::move(words);
    else
      rules_.push_back({folder, std::move(pattern), std::move(words)});
  }
}

void Attributes::decide(const std::vector<std::string>& words, PathAttributes& found, Names& decided) const {
  for (auto word = words.rbegin(); word != words.rend(); ++word) {
    const std::string_view name = name_of(*word);
    if (!decided.insert(name).second) continue;
    if (name == "diff") found.diff = said_by(*word, name);
    if (name == "linguist-generated") found.generated = said_by(*word, name);
    if (name == "linguist-vendored") found.vendored = said_by(*word, name);
    if (const auto macro = macros_.find(*word); macro != macros_.end()) decide(macro->second, found, decided);
  }
}

PathAttributes Attributes::of(std::string_view path) const {
  PathAttributes found;
  Names decided;
  for (auto rule = rules_.rbegin(); rule != rules_.rend(); ++rule)
    if (path.substr(0, rule->folder.size()) == rule->folder && matches(rule->pattern, path.substr(rule->folder.size())))
      decide(rule->words, found, decided);
  return found;
}

}  // namespace cascade::git
