// Finds the faults in a regular expression that JavaScript rejects as well: an open group or class, a bracket that
// closes nothing, a repetition of nothing. One pass that keeps the depth and whether something is there to repeat.
// Compiling it with a library would find more, but judge it by that library's dialect, and the client's is JavaScript.
#include "validate/reading/matcher.h"

#include "text/ascii.h"

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
  char peek() const { return at_ + 1 < text_.size() ? text_[at_ + 1] : '\0'; }

  void step() {
    const char c = text_[at_];
    switch (c) {
      case '\\':
        if (at_ + 1 == text_.size()) fault_ = "it ends in a backslash";
        at_ += 2;
        repeatable_ = true;
        return;
      case '(':
        ++depth_;
        ++at_;
        if (text_.substr(at_, 1) == "?") at_ = std::min(text_.size(), at_ + 2);  // (?: (?= (?! (?<
        repeatable_ = false;
        return;
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
  for (const char c : matcher)
    if (!letters::is_word(c) && c != '|' && c != ',' && c != '-' && c != ' ') return false;
  return true;
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

std::optional<std::string> regex_fault(std::string_view expression) { return RegexScan(expression).run(); }

}  // namespace cascade::validation
