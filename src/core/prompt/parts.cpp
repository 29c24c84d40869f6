// A text without any mark is one part. Of others the lines are settled, then spans are looked for within what is said.
#include "prompt/parts.h"

#include <array>

#include "text/lines.h"
#include "text/names.h"
#include "unicode/utf8.h"

namespace cascade::prompt {
namespace {

// Appends a part, or lengthens the last one of the same kind. Empty parts are not added.
void add_part(std::vector<Part>& parts, std::uint32_t begin, std::uint32_t end, PartKind kind) {
  if (begin >= end) return;
  if (!parts.empty() && parts.back().kind == kind)
    parts.back().end = end;
  else
    parts.push_back({begin, end, kind});
}

struct Quotes {
  std::string_view open, close;
};
// All typographies: which mark opens depends on the language. A mark may close in several ways.
constexpr std::array<Quotes, 13> quotes = {{{"\"", "\""},
                                            {"\xE2\x80\x9C", "\xE2\x80\x9D"},  // “ ”
                                            {"\xE2\x80\x9E", "\xE2\x80\x9C"},  // „ “
                                            {"\xE2\x80\x9E", "\xE2\x80\x9D"},  // „ ”
                                            {"\xC2\xAB", "\xC2\xBB"},          // « »
                                            {"\xC2\xBB", "\xC2\xAB"},          // » «
                                            {"\xE3\x80\x8C", "\xE3\x80\x8D"},  // 「 」
                                            {"\xE3\x80\x8E", "\xE3\x80\x8F"},  // 『 』
                                            {"\xE2\x80\x98", "\xE2\x80\x99"},  // ‘ ’
                                            {"\xE2\x80\x9A", "\xE2\x80\x98"},  // ‚ ‘
                                            {"\xE2\x80\xB9", "\xE2\x80\xBA"},  // ‹ ›
                                            {"'", "'"},
                                            {"`", "`"}}};

// Whether the words between two marks are more than a name.
bool is_sentence(std::string_view inside, bool code) noexcept {
  constexpr std::size_t words_of_name = 3, unspaced_of_name = 7;
  std::size_t count = 0, unspaced = 0;
  bool calls = false;
  TokenReader words(inside);
  for (Token token; words.next(token); ++count) {
    if (token.unspaced) unspaced += (token.end - token.begin + 2) / 3;
    calls = calls || (token.roles & (roles::little | roles::self)) != 0;
  }
  if (unspaced > 0) return unspaced > unspaced_of_name;
  if (code) return count > 1 && inside.find(' ') != std::string_view::npos;
  return count > words_of_name || (count == words_of_name && calls);
}

// Appends the parts of text[begin, end), which is said but for such spans. A quoted name of a few words is only a name
// and stays said. Linear: once a mark has no end, it is not looked for again.
class Finder {
 public:
  Finder(std::string_view text, std::uint32_t begin, std::uint32_t end, std::vector<Part>& parts)
      : text_(text.substr(0, end)), said_(begin), at_(begin), parts_(parts) {}

  void run() {
    while (at_ < text_.size()) {
      const char c = text_[at_];
      if (c == '<') {
        markup();
      } else if (c == '"' || c == '\'' || c == '`' || static_cast<unsigned char>(c) >= 0xC2) {
        quoted();
      } else {
        ++at_;
      }
    }
    add_part(parts_, said_, static_cast<std::uint32_t>(text_.size()), PartKind::said);
  }

 private:
  void take(std::size_t begin, std::size_t end, PartKind kind) {
    add_part(parts_, said_, static_cast<std::uint32_t>(begin), PartKind::said);
    add_part(parts_, static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(end), kind);
    said_ = static_cast<std::uint32_t>(end);
    at_ = end;
  }

  // A straight mark opens at the beginning of a word and closes at the end of one.
  bool may_open(std::size_t at, char mark) const {
    if (at == 0) return true;
    const char before = text_[at - 1];
    return mark != '\'' ? !letters::is_letter_or_digit(before) || mark == '`'
                        : !letters::is_letter_or_digit(before) && static_cast<unsigned char>(before) < 0x80;
  }
  std::size_t find_close(std::size_t from, std::string_view close) const {
    if (close != "'") return text_.find(close, from);
    for (std::size_t at = text_.find('\'', from); at != std::string_view::npos; at = text_.find('\'', at + 1))
      if (at + 1 >= text_.size() || !letters::is_letter_or_digit(text_[at + 1])) return at;
    return std::string_view::npos;
  }

  void quoted() {
    std::size_t best = std::string_view::npos, close_size = 0, open_size = 0;
    for (std::size_t i = 0; i < quotes.size(); ++i) {
      const Quotes& one = quotes[i];
      if (!text_.substr(at_).starts_with(one.open)) continue;
      open_size = one.open.size();
      if (unclosed_[i] || (open_size == 1 && !may_open(at_, one.open[0]))) continue;
      const std::size_t close = find_close(at_ + open_size, one.close);
      if (close == std::string_view::npos) {
        unclosed_[i] = true;
      } else if (close < best) {
        best = close;
        close_size = one.close.size();
      }
    }
    if (best == std::string_view::npos) {
      at_ += open_size != 0 ? open_size : unicode::decode(text_, at_).length;
      return;
    }
    const bool code = text_[at_] == '`';
    const std::string_view inside = text_.substr(at_ + open_size, best - at_ - open_size);
    const bool paragraph_ends = inside.find("\n\n") != std::string_view::npos && open_size == 1;
    if (!paragraph_ends && is_sentence(inside, code))
      take(at_, best + close_size, code ? PartKind::code : PartKind::quotation);
    else
      at_ = paragraph_ends ? at_ + open_size : best + close_size;
  }

  // "<p>...</p>".
  void markup() {
    const std::string_view name = letters::run_at_begin(text_.substr(at_ + 1), letters::is_name);
    const std::size_t end = at_ + 1 + name.size();
    const bool is_tag =
        !name.empty() && letters::is_letter(name[0]) && end < text_.size() && (text_[end] == '>' || text_[end] == ' ');
    if (!is_tag || searches_ == 0) {
      ++at_;
      return;
    }
    --searches_;
    const std::size_t close = text_.find("</" + std::string(name) + ">", end);
    if (close == std::string_view::npos)
      ++at_;
    else
      take(at_, close + name.size() + 3, PartKind::data);
  }

  std::string_view text_;
  std::uint32_t said_;
  std::size_t at_;
  std::vector<Part>& parts_;
  std::array<bool, quotes.size()> unclosed_{};
  int searches_ = 32;
};

// The bytes by which anything but speech shows itself; an apostrophe only where it is not within a word.
constexpr std::array<bool, 256> marks = [] {
  std::array<bool, 256> is{};
  for (const char c : {'\n', '"', '`', '>', '<', '{', '|', ':', '[', '=', '$', '\t', ';'})
    is[static_cast<unsigned char>(c)] = true;
  for (const unsigned char c : {0xC2, 0xE2, 0xE3, 0xEF}) is[c] = true;  // quotation marks of all kinds, wide colons
  return is;
}();

bool has_marks(std::string_view text) noexcept {
  if (letters::is_digit(text[0])) return true;
  bool apostrophe = false;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (marks[static_cast<unsigned char>(text[i])]) return true;
    apostrophe = apostrophe || (text[i] == '\'' && (i == 0 || text[i - 1] == ' '));
  }
  // Without other marks a line can still be a frame, a level or a statement: those begin with a capital or a space.
  return apostrophe || letters::is_upper(text[0]) || text[0] == ' ';
}

// Of a sign the first hit counts in full, three more count half, so that one frequent line does not decide alone. In
// the order of the rows what has a structure of its own comes before what may be inside it.
constexpr std::uint32_t least = 8;         // in halves of a weight
constexpr std::uint32_t structured = 16;   // from here on the first matter wins over what is inside it
constexpr std::size_t longest_line = 240;  // bytes that are read of a line
constexpr std::size_t edge = 100;          // lines at either end

constexpr bool is_wild(char c) { return c == '#' || c == '~' || c == '*'; }

bool begins(std::string_view text, std::string_view sign) noexcept {
  while (!sign.empty()) {
    const char c = sign.front();
    if (is_wild(c)) {
      const std::string_view rest = sign.substr(1);
      const auto belongs = [&](char given) {
        return c == '*' || (c == '#' ? letters::is_digit(given) : !letters::is_space(given));
      };
      const std::size_t length = letters::run_at_begin(text, belongs).size();
      if (rest.empty()) return c == '*' || length > 0;
      for (std::size_t take = length + 1; take-- > (c == '*' ? 0U : 1U);)
        if (begins(text.substr(take), rest)) return true;
      return false;
    }
    if (c == '\\') sign.remove_prefix(1);
    if (text.empty() || sign.empty() || text.front() != sign.front()) return false;
    text.remove_prefix(1);
    sign.remove_prefix(1);
  }
  return true;
}

std::vector<std::string_view> lines_of(std::string_view text) {
  std::vector<std::string_view> lines;
  for (const letters::Line line : letters::lines(text))
    if (!line.empty()) lines.push_back(line.substr(0, longest_line));
  if (lines.size() > 2 * edge) lines.erase(lines.begin() + edge, lines.end() - static_cast<std::ptrdiff_t>(edge));
  return lines;
}

}  // namespace

constexpr letters::Names<PartKind::prose> kind_names("said", "code", "quotation", "log", "trace", "diff", "table",
                                                     "data", "terminal", "prose");
std::string_view to_string(PartKind kind) noexcept { return kind_names.of(kind); }

std::vector<Part> read_parts(std::string_view text) {
  std::vector<Part> parts;
  if (text.empty()) return parts;
  const auto size = static_cast<std::uint32_t>(text.size());
  if (!has_marks(text)) return {{0, size, PartKind::said}};
  const Blocks blocks(text);
  const std::vector<Line>& lines = blocks.lines;
  std::uint32_t said_from = 0;
  bool saying = false;
  const auto end_said = [&](std::uint32_t at) {
    if (saying && said_from < at) Finder(text, said_from, at, parts).run();
    saying = false;
  };
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const std::uint32_t end = i + 1 < lines.size() ? lines[i + 1].begin : size;
    PartKind kind = lines[i].kind;
    if (lines[i].blank && !lines[i].settled) kind = saying || parts.empty() ? PartKind::said : parts.back().kind;
    if (kind == PartKind::said && !saying) {
      saying = true;
      said_from = lines[i].begin;
    }
    if (kind != PartKind::said) {
      end_said(lines[i].begin);
      add_part(parts, lines[i].begin, end, kind);
    } else if (lines[i].said_until != 0) {
      end_said(lines[i].said_until);
      add_part(parts, lines[i].said_until, end, PartKind::prose);
    }
  }
  end_said(size);
  return parts;
}

std::string only_said(std::string_view text, const std::vector<Part>& parts) {
  std::string said(text);
  for (const Part& part : parts) {
    if (part.kind == PartKind::said) continue;
    for (std::uint32_t i = part.begin; i < part.end && i < said.size(); ++i)
      if (said[i] != '\n' && said[i] != '\r') said[i] = ' ';
  }
  return said;
}

bool has_sign(std::string_view line, std::string_view sign) noexcept {
  if (sign.front() == '^') return begins(letters::trim_left(line), sign.substr(1));
  const std::size_t plain = sign.front() == '\\' ? 1 : 0;
  const char first = sign[plain];
  if (is_wild(first) && plain == 0) return begins(line, sign);
  for (std::size_t at = line.find(first); at != std::string_view::npos; at = line.find(first, at + 1))
    if (begins(line.substr(at), sign)) return true;
  return false;
}

const Matter* matter_of(std::string_view text) {
  const std::vector<std::string_view> lines = lines_of(text);
  const std::span<const Matter> all = matters();
  std::vector<std::uint32_t> points(all.size());
  for (const MatterSign& sign : matter_signs()) {
    constexpr std::uint32_t most = 4;
    std::uint32_t hits = 0;
    for (const std::string_view line : lines)
      if (hits < most && has_sign(line, sign.sign)) ++hits;
    if (hits == 0) continue;
    const auto of = std::ranges::find_if(all, [&](const Matter& m) { return m.name == sign.matter; });
    if (of != all.end()) points[static_cast<std::size_t>(of - all.begin())] += sign.weight * (hits + 1);
  }
  std::size_t best = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (points[i] >= structured) return &all[i];
    if (points[i] > points[best]) best = i;
  }
  return points[best] >= least ? &all[best] : nullptr;
}

}  // namespace cascade::prompt
