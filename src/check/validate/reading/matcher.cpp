// Finds the faults in a regular expression that JavaScript rejects as well: an open group or class, a bracket that
// closes nothing, a repetition of nothing. One pass that keeps the depth and whether something is there to repeat.
// Compiling it with a library would find more, but judge it by that library's dialect, and the client's is JavaScript.
#include "validate/reading/matcher.h"

#include "text/ascii.h"

#include <algorithm>

namespace cascade::validation {
namespace {

class RegexScan {
 public:
  explicit RegexScan(std::string_view text) : text_(text) {}

  std::optional<std::string> run() {
    while (at_ < text_.size() && !fault_) step();
    if (!fault_ && depth_ > 0) fault_ = "a group is not closed";
    return fault_;
  }

 private:
  void step() {
    const char c = text_[at_];
    switch (c) {
      case '\\':
        if (at_ + 1 == text_.size()) fault_ = "it ends in a backslash";
        at_ += 2;
        repeatable_ = true;
        return;
      case '(': return group();
      case ')':
        if (depth_-- == 0) fault_ = "a bracket closes nothing";
        ++at_;
        repeatable_ = true;
        return;
      case '[': return character_class();
      case '|':
        repeatable_ = false;
        ++at_;
        return;
      case '*':
      case '+':
      case '?':
        if (!repeatable_) fault_ = std::string(1, c) + " has nothing to repeat";
        ++at_;
        if (text_.substr(at_, 1) == "?") ++at_;  // lazy
        repeatable_ = false;
        return;
      default: ++at_; repeatable_ = c != '^';
    }
  }

  // (?: (?= (?! (?< and, since ES2025, flags for a group alone, "(?i:...)". "(?i)" and "(?P<" are other languages'.
  void group() {
    ++depth_;
    ++at_;
    repeatable_ = false;
    if (text_.substr(at_, 1) != "?") return;
    const std::size_t sign = text_.find_first_not_of("ims-", at_ + 1);
    const char next = sign == std::string_view::npos ? '\0' : text_[sign];
    const bool known = sign == at_ + 1 ? next == ':' || next == '=' || next == '!' || next == '<' : next == ':';
    if (!known) fault_ = "JavaScript has no group that begins with \"(" + std::string(text_.substr(at_, 2)) + "\"";
    at_ = std::min(text_.size(), at_ + 2);
  }

  void character_class() {
    for (++at_; at_ < text_.size() && text_[at_] != ']'; ++at_)
      if (text_[at_] == '\\') ++at_;
    if (at_ >= text_.size()) fault_ = "a class is not closed";
    ++at_;
    repeatable_ = true;
  }

  std::string_view text_;
  std::size_t at_ = 0;
  int depth_ = 0;
  bool repeatable_ = false;
  std::optional<std::string> fault_;
};

}  // namespace

bool is_list_of_names(std::string_view matcher) noexcept {
  return std::ranges::all_of(matcher, [](char c) { return letters::is_name(c) || c == '|' || c == ',' || c == ' '; });
}

std::vector<std::string_view> names_in(std::string_view matcher) {
  std::vector<std::string_view> names;
  while (true) {
    const std::size_t end = matcher.find_first_of("|,");
    if (const std::string_view name = letters::trim(matcher.substr(0, end)); !name.empty()) names.push_back(name);
    if (end == std::string_view::npos) return names;
    matcher.remove_prefix(end + 1);
  }
}

std::vector<std::string_view> alternatives_in(std::string_view expression) {
  std::vector<std::string_view> found;
  std::size_t begin = 0;
  int depth = 0;
  for (std::size_t at = 0; at < expression.size(); ++at) {
    const char c = expression[at];
    if (c == '\\') ++at;
    if (c == '(') ++depth;
    if (c == ')') --depth;
    if (c != '|' || depth != 0) continue;
    found.push_back(expression.substr(begin, at - begin));
    begin = at + 1;
  }
  found.push_back(expression.substr(begin));
  return found;
}

std::string_view tool_of_permission(std::string_view expression) {
  const std::size_t open = expression.find('(');
  if (open == 0 || open == std::string_view::npos || expression.back() != ')') return {};
  const std::string_view tool = expression.substr(0, open);
  const std::string_view inside = expression.substr(open + 1, expression.size() - open - 2);
  if (!std::ranges::all_of(tool, letters::is_word) || inside.empty() ||
      inside.find_first_of("|()[\\") != std::string_view::npos)
    return {};
  return letters::is_name(inside.front()) || inside.front() == '/' || inside.front() == '~' ? tool : std::string_view();
}

std::optional<std::string> regex_fault(std::string_view expression) { return RegexScan(expression).run(); }

}  // namespace cascade::validation
