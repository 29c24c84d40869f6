// Splits the text into lines, looks at each, and lets the steps settle them one after the other.
#include "prompt/blocks.h"

#include <algorithm>

#include "prompt/words.h"
#include "text/ascii.h"

namespace cascade::prompt {
namespace {

bool has_two_words(std::string_view text) noexcept {
  TokenReader words(text);
  Token token;
  return words.next(token) && words.next(token);
}

constexpr Roles begins_telling = roles::self | roles::points | roles::tells;

// "Nadia sent me this".
bool begins_with_sayer(std::string_view line) noexcept {
  TokenReader words(line);
  Token sayer, says, what;
  return words.next(sayer) && words.next(says) && words.next(what) && sayer.roles == 0 &&
         (says.roles & roles::says) != 0 && (what.roles & begins_telling) != 0;
}

// Whether each clause of the line begins with what it tells of, and none with what is wanted: "my boss wrote this, he
// asked me to review it". Who only tells asks for nothing yet; what others want is told as well.
bool only_tells(std::string_view line) noexcept {
  if (line.find('?') != std::string_view::npos) return false;
  bool begins = !begins_with_sayer(line), own = false;
  std::size_t end = 0;
  TokenReader words(line);
  for (Token token; words.next(token); end = token.end) {
    begins = begins || line.substr(end, token.begin - end).find_first_of(",;.:!") != std::string_view::npos;
    if (begins && (token.roles & begins_telling) == 0) return false;
    if (begins) own = (token.roles & (roles::self | roles::points)) != 0;
    if (own && (token.roles & roles::wish) != 0) return false;
    begins = false;
  }
  return true;
}

}  // namespace

Blocks::Blocks(std::string_view text) : text_(text) {
  for (std::size_t begin = 0; begin < text.size();) {
    const std::size_t end = std::min(text.find('\n', begin), text.size());
    Line line;
    line.begin = static_cast<std::uint32_t>(begin);
    line.end = static_cast<std::uint32_t>(end);
    const std::string_view own = text.substr(begin, end - begin);
    std::size_t indent = 0;
    while (indent < own.size() && letters::is_space(own[indent])) ++indent;
    line.blank = indent == own.size();
    line.indent = static_cast<std::uint8_t>(std::min<std::size_t>(indent, 255));
    if (!own.empty() && own[0] == '\t') line.indent = static_cast<std::uint8_t>(std::max<int>(line.indent, 4));
    line.look = look_of(own);
    lines_.push_back(line);
    begin = end + 1;
  }
  first_request_ = lines_.size();
  for (std::size_t i = 0; i < lines_.size() && first_request_ == lines_.size(); ++i) {
    const std::string_view own = letters::trim(text_of(i));
    if (lines_[i].blank || lines_[i].look.looks == Looks::strong || introduced_at(own) == own.size()) continue;
    if (has_two_words(own) && !only_tells(own)) first_request_ = i;
  }
  Regions(*this).find();
  Paragraphs(*this).judge();
  Introductions(*this).follow();
}

void Blocks::settle(std::size_t begin, std::size_t end, PartKind kind) {
  for (std::size_t i = begin; i < end && i < lines_.size(); ++i) {
    lines_[i].kind = kind;
    lines_[i].settled = true;
  }
}

std::size_t Blocks::next_written(std::size_t line) const noexcept {
  while (line < lines_.size() && lines_[line].blank) ++line;
  return line;
}

bool Blocks::asks(std::size_t line) const {
  const std::string_view own = letters::trim(text_of(line));
  if (own.empty()) return false;
  if (own.back() == '?' || (own.size() > 3 && own.substr(own.size() - 3) == "\xEF\xBC\x9F")) return true;
  TokenReader words(own);
  Token token;
  return words.next(token) && (token.roles & roles::ask) != 0;
}

std::size_t Blocks::end_of_paste(std::size_t begin, std::size_t mark) const {
  std::size_t end = lines_.size();
  while (end > begin && lines_[end - 1].blank) --end;
  std::size_t last = end;
  while (last > begin && !lines_[last - 1].blank) --last;
  if (last <= begin || next_written(begin) >= last) return end;  // one paragraph
  constexpr std::size_t longest_request = 4;
  if (end - last > longest_request) return end;
  for (std::size_t i = last; i < end; ++i)
    if (lines_[i].look.looks == Looks::strong || lines_[i].settled) return end;
  if (first_request_ < mark) return asks(end - 1) || asks(last) ? last : end;
  const std::string_view own = letters::trim(text_of(last));
  if (std::string_view("#-*").find(own.front()) != std::string_view::npos) return end;
  TokenReader words(own);
  Token token;
  std::size_t count = 0;
  bool closes = false;
  while (words.next(token)) closes = (count++ == 0 && (token.roles & roles::closing) != 0) || closes;
  return closes && count <= 4 ? end : last;
}

}  // namespace cascade::prompt
