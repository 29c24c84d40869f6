#include "prompt/said_words.h"

#include <algorithm>

#include "text/ascii.h"

namespace cascade::prompt {
namespace {

constexpr Roles anchors = roles::kinds | roles::call | roles::call_wide | roles::call_after | roles::refuse |
                          roles::refuse_end | roles::refuse_after | roles::stop | roles::versus;

}  // namespace

SaidWords::SaidWords(std::string_view text) : text_(text) {
  any_anchor_ = text_.find_first_of("/@") != std::string_view::npos;
  TokenReader reader(text_);
  for (Token token; reader.next(token);) {
    any_anchor_ = any_anchor_ || (token.roles & anchors) != 0;
    if (const std::uint32_t kind = kind_at_end(token); kind != 0) {
      words_.push_back({token.begin, kind - 1, 0, false});
      token = {kind, token.end, roles_of(text_.substr(kind, token.end - kind)), false};
      any_anchor_ = true;
    }
    words_.push_back(token);
  }
}

// "X-Skill" is a name and a word of kind. Where that word begins; 0: there is none.
std::uint32_t SaidWords::kind_at_end(const Token& token) const {
  if (token.unspaced || token.roles != 0) return 0;
  const std::size_t hyphen = text_.substr(token.begin, token.end - token.begin).rfind('-');
  if (hyphen == std::string_view::npos || hyphen == 0) return 0;
  const auto begin = static_cast<std::uint32_t>(token.begin + hyphen + 1);
  return (roles_of(text_.substr(begin, token.end - begin)) & roles::kinds) != 0 ? begin : 0;
}

std::string_view SaidWords::gap_before(std::size_t word) const {
  const std::uint32_t from = word == 0 ? 0 : words_[word - 1].end;
  return text_.substr(from, words_[word].begin - from);
}

bool SaidWords::joins(std::size_t word) const {
  const std::string_view gap = gap_before(word);
  if (gap.empty()) return true;
  if (gap.size() == 1) return is_joint(gap[0]) && gap[0] != '\n';
  return gap.find_first_not_of(' ') == std::string_view::npos && gap.size() <= 2;
}

bool SaidWords::is_near_anchor(std::size_t word) const {
  const std::size_t from = word > reach ? word - reach : 0, to = std::min(words_.size(), word + reach + longest_name);
  for (std::size_t i = from; i < to; ++i)
    if ((words_[i].roles & anchors) != 0) return true;
  return mark_before(word) != CallMark::none;
}

bool SaidWords::stands_alone(std::size_t begin, std::size_t end) const {
  const std::uint32_t from = words_[begin].begin, to = words_[end - 1].end;
  if (to - from < 2) return false;
  if (from > 0) {
    const char before = text_[from - 1];
    const bool marked = mark_before(begin) != CallMark::none;
    if (!marked && std::string_view("/@.-_:\\#~").find(before) != std::string_view::npos) return false;
    if (glued(begin)) return false;
  }
  if (to >= text_.size()) return true;
  const char next = text_[to], further = to + 1 < text_.size() ? text_[to + 1] : ' ';
  if (next == '-') return end < words_.size() && words_[end].begin == to + 1 && (words_[end].roles & roles::kinds) != 0;
  if (next == '/' || next == '\\' || next == '_') return false;
  if (next == '.' || next == ':') return !letters::is_letter_or_digit(further);
  return next != '(' && !(next == '\'' && letters::is_letter(further));
}
// A word of letters directly behind another: only where one of them has no spaces around its words.
bool SaidWords::glued(std::size_t word) const {
  return word > 0 && words_[word - 1].end == words_[word].begin && !words_[word - 1].unspaced && !words_[word].unspaced;
}

CallMark SaidWords::mark_before(std::size_t word) const {
  const std::uint32_t begin = words_[word].begin;
  if (begin == 0) return CallMark::none;
  const char mark = text_[begin - 1];
  if (mark != '/' && mark != '@') return CallMark::none;
  if (begin >= 2) {
    const char before = text_[begin - 2];
    const bool opens = letters::is_space(before) || before == '(' || before == '`' || before == ',' || before == ':' ||
                       before == '*' || static_cast<unsigned char>(before) >= 0x80;
    if (!opens) return CallMark::none;
  }
  return mark == '/' ? CallMark::slash : CallMark::at;
}

}  // namespace cascade::prompt
