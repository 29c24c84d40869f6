// Two things about YAML's scalars that yaml-cpp does not tell: their type, by the core schema of YAML 1.2 (so "yes" and
// "012" stay as the client reads them), and where they end in the text, which findings and fixes need. The end is found
// by the form of the scalar; that of a plain one by matching its value against the text.
#include "syntax/yaml_scalars.h"

#include "text/ascii.h"
#include "text/byte_set.h"
#include "text/one_of.h"

#include <algorithm>

namespace cascade::syntax {
namespace {

constexpr std::string_view digits = "0123456789";
constexpr letters::ByteSet begins_number("0123456789+-.");

bool holds_only(std::string_view text, std::string_view set) noexcept {
  return !text.empty() && text.find_first_not_of(set) == std::string_view::npos;
}

void skip_sign(std::string_view& text) noexcept {
  if (!text.empty() && (text[0] == '-' || text[0] == '+')) text.remove_prefix(1);
}

std::size_t skip_digits(std::string_view& text) noexcept {
  const std::size_t count = std::min(text.find_first_not_of(digits), text.size());
  text.remove_prefix(count);
  return count;
}

// [-+]? ( \. [0-9]+ | [0-9]+ ( \. [0-9]* )? ) ( [eE] [-+]? [0-9]+ )?
bool is_decimal(std::string_view text) noexcept {
  skip_sign(text);
  std::size_t count = skip_digits(text);
  if (!text.empty() && text[0] == '.') {
    text.remove_prefix(1);
    count += skip_digits(text);
  }
  if (count == 0) return false;
  if (text.empty()) return true;
  if (text[0] != 'e' && text[0] != 'E') return false;
  text.remove_prefix(1);
  skip_sign(text);
  return holds_only(text, digits);
}

bool is_number(std::string_view text) noexcept {
  if (text.empty() || !begins_number.has(text.front())) return false;
  if (text.substr(0, 2) == "0x") return holds_only(text.substr(2), "0123456789abcdefABCDEF");
  if (text.substr(0, 2) == "0o") return holds_only(text.substr(2), "01234567");
  if (letters::is_one_of(text, {".nan", ".NaN", ".NAN"}) || is_decimal(text)) return true;
  skip_sign(text);
  return letters::is_one_of(text, {".inf", ".Inf", ".INF"});
}

}  // namespace

NodeKind resolve_plain(std::string_view text) noexcept {
  if (letters::is_one_of(text, {"", "~", "null", "Null", "NULL"})) return NodeKind::null;
  if (letters::is_one_of(text, {"true", "True", "TRUE", "false", "False", "FALSE"})) return NodeKind::boolean;
  return is_number(text) ? NodeKind::number : NodeKind::string;
}

Extent ScalarFinder::find(std::size_t at, std::string_view value) const {
  at = skip_properties(at);
  if (at >= text_.size()) return {text_.size(), text_.size(), true};
  switch (text_[at]) {
    case '"': return double_quoted(at);
    case '\'': return single_quoted(at);
    case '|':
    case '>': return {at, at, true};
    default: return {at, plain_end(at, value), true};
  }
}

bool ScalarFinder::is_plain(std::size_t at) const noexcept {
  return at >= text_.size() || std::string_view("\"'|>").find(text_[at]) == std::string_view::npos;
}

std::optional<std::size_t> ScalarFinder::comment_after(std::size_t at) const noexcept {
  std::size_t hash = at;
  while (hash < text_.size() && letters::is_blank(text_[hash])) ++hash;
  if (hash == at || hash >= text_.size() || text_[hash] != '#') return std::nullopt;
  return hash;
}

// Skips anchors, tags, and the white space and comments after them.
std::size_t ScalarFinder::skip_properties(std::size_t at) const noexcept {
  while (at < text_.size() && (text_[at] == '&' || text_[at] == '!')) {
    while (at < text_.size() && !letters::is_json_space(text_[at])) ++at;
    for (;;) {
      while (at < text_.size() && letters::is_json_space(text_[at])) ++at;
      if (at >= text_.size() || text_[at] != '#') break;
      at = std::min(text_.find('\n', at), text_.size());
    }
  }
  return at;
}

Extent ScalarFinder::double_quoted(std::size_t begin) const noexcept {
  for (std::size_t at = begin + 1; at < text_.size(); ++at) {
    if (text_[at] == '"') return {begin, at + 1, true};
    if (text_[at] == '\\') ++at;
  }
  return {begin, text_.size(), false};
}

Extent ScalarFinder::single_quoted(std::size_t begin) const noexcept {
  for (std::size_t at = begin + 1; at < text_.size(); ++at) {
    if (text_[at] != '\'') continue;
    if (at + 1 >= text_.size() || text_[at + 1] != '\'') return {begin, at + 1, true};
    ++at;
  }
  return {begin, text_.size(), false};
}

// A plain value reads as written, except for folded line ends.
std::size_t ScalarFinder::plain_end(std::size_t begin, std::string_view value) const noexcept {
  std::size_t at = begin, matched = 0;
  while (matched < value.size()) {
    if (at >= text_.size()) return begin;
    std::size_t gap = at;
    while (gap < text_.size() && letters::is_json_space(text_[gap])) ++gap;
    if (gap > at && text_.substr(at, gap - at).find('\n') != std::string_view::npos) {
      if (!letters::is_json_space(value[matched])) return begin;
      while (matched < value.size() && letters::is_json_space(value[matched])) ++matched;
      at = gap;
    } else {
      const std::size_t end = std::max(gap, at + 1);  // all blanks at once: each would look for the end of them again
      for (; at < end && matched < value.size(); ++at, ++matched)
        if (text_[at] != value[matched]) return begin;
    }
  }
  return at;
}

}  // namespace cascade::syntax
