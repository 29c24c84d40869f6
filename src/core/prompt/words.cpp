// A word is folded into a small buffer first, so that nothing is allocated; longer ones than all rows are none.
#include "prompt/words.h"

#include <array>

#include "text/letter_case.h"
#include "text/names.h"

namespace cascade::prompt {
namespace {

constexpr std::size_t longest_row = 32;
constexpr std::uint32_t longest_unspaced = 24;

std::array<char, 2> two_bytes(char32_t c) {
  return {static_cast<char>(0xC0 | (c >> 6)), static_cast<char>(0x80 | (c & 0x3F))};
}

// A word without capitals and accents; empty if it is longer than any row.
class Folded {
 public:
  explicit Folded(std::string_view word) noexcept {
    for (std::size_t at = 0; at < word.size();) {
      const unicode::Decoded c = unicode::decode(word, at);
      if (c.code_point < 0x80) {
        add_byte(letters::to_lower(static_cast<char>(c.code_point)));
      } else if (const std::string_view latin = letters::plain_latin(c.code_point); !latin.empty()) {
        add(latin);
      } else if (const char32_t small = letters::small_cyrillic(c.code_point); small != c.code_point) {
        add({two_bytes(small).data(), 2});
      } else if (c.code_point == 0x2019) {
        add_byte('\'');
      } else {
        add(word.substr(at, c.length));
      }
      at += c.length;
    }
  }
  std::string_view text() const noexcept { return {bytes_.data(), fits_ ? size_ : 0}; }

 private:
  void add_byte(char c) noexcept { add({&c, 1}); }
  void add(std::string_view bytes) noexcept {
    fits_ = fits_ && size_ + bytes.size() <= bytes_.size();
    if (fits_)
      size_ = static_cast<std::size_t>(std::copy(bytes.begin(), bytes.end(), bytes_.begin() + size_) - bytes_.begin());
  }
  std::array<char, longest_row> bytes_{};
  std::size_t size_ = 0;
  bool fits_ = true;
};

Roles look_up(std::string_view folded) noexcept {
  const WordRow* row =
      letters::find_row(word_rows_from(static_cast<unsigned char>(folded.front())), &WordRow::word, folded);
  return row == nullptr ? 0 : row->roles;
}

// Signs that surround a name and end no clause.
constexpr bool is_dressing(char c) {
  return letters::is_space(c) || c == '`' || c == '"' || c == '\'' || c == '*' || c == '/' || c == '@' || c == '-' ||
         c == '<' || c == '>';
}

}  // namespace

bool ends_clause(std::string_view gap) {
  for (std::size_t i = 0; i < gap.size(); ++i) {
    if (is_dressing(gap[i])) {
      if (gap[i] == '\n' && gap.find('\n', i + 1) != std::string_view::npos) return true;
      continue;
    }
    if (gap[i] == ':') continue;
    if (static_cast<unsigned char>(gap[i]) < 0x80) return true;
    const unicode::Decoded c = unicode::decode(gap, i);
    // Quotation marks of all typographies, and the colon of full width.
    const bool dressing = (c.code_point >= 0x2018 && c.code_point <= 0x201F) || c.code_point == 0xAB ||
                          c.code_point == 0xBB || (c.code_point >= 0x300C && c.code_point <= 0x300F) ||
                          c.code_point == 0xFF1A || c.code_point == 0xA0;
    if (!dressing) return true;
    i += c.length - 1;
  }
  return false;
}

Roles roles_of(std::string_view word) noexcept {
  if (word.empty() || word.size() > 2 * longest_row) return 0;
  const Folded folded(word);
  return folded.text().empty() ? 0 : look_up(folded.text());
}

WordPrefix longest_word(std::string_view text) noexcept {
  std::array<std::uint32_t, longest_unspaced> ends{};
  std::size_t count = 0;
  for (std::size_t at = 0; at < text.size() && count < ends.size();) {
    const unicode::Decoded c = unicode::decode(text, at);
    if (!is_unspaced(c.code_point) || at + c.length > longest_unspaced) break;
    at += c.length;
    ends[count++] = static_cast<std::uint32_t>(at);
  }
  for (; count > 0; --count)
    if (const Roles found = look_up(text.substr(0, ends[count - 1])); found != 0) return {found, ends[count - 1]};
  return {};
}

std::uint32_t kind_at_end(std::string_view text, const Token& token, Roles kinds) noexcept {
  if (token.unspaced || token.roles != 0) return 0;
  const std::string_view word = text.substr(token.begin, token.end - token.begin);
  const std::size_t hyphen = word.rfind('-');
  if (hyphen == std::string_view::npos || hyphen == 0) return 0;
  return (roles_of(word.substr(hyphen + 1)) & kinds) != 0 ? static_cast<std::uint32_t>(token.begin + hyphen + 1) : 0;
}

bool TokenReader::next(Token& token) noexcept {
  const auto is_letter = [&](std::size_t at, unicode::Decoded& c) {
    if (at >= text_.size()) return false;
    c = unicode::decode(text_, at);
    return c.code_point < 0x80 ? letters::is_word(text_[at]) : !is_sign(c.code_point);
  };
  unicode::Decoded c;
  while (at_ < text_.size() && !is_letter(at_, c)) at_ += c.length;
  if (at_ >= text_.size()) return false;
  token = {at_, at_, 0, is_unspaced(c.code_point)};
  if (token.unspaced) {
    const WordPrefix known = longest_word(text_.substr(at_, longest_unspaced));
    at_ += known.length != 0 ? known.length : c.length;
    token.end = at_;
    token.roles = known.roles;
    return true;
  }
  while (is_letter(at_, c) && !is_unspaced(c.code_point)) {
    at_ += c.length;
    // A joint counts only between two letters.
    const std::size_t joint = at_ >= text_.size()                       ? 0
                              : text_[at_] == '\'' || text_[at_] == '-' ? 1
                              : text_.substr(at_, 3) == "\xE2\x80\x99"  ? 3
                                                                        : 0;
    unicode::Decoded behind;
    if (joint != 0 && is_letter(at_ + joint, behind) && !is_unspaced(behind.code_point))
      at_ += static_cast<std::uint32_t>(joint);
  }
  token.end = at_;
  token.roles = roles_of(text_.substr(token.begin, token.end - token.begin));
  return true;
}

}  // namespace cascade::prompt
