// Reads the raw heading once from left to right and appends its visible text to `out_`. Brackets are kept on a stack:
// at a ']' that ends a link, the emphasis inside is paired, so inner marks never pair with outer ones. Brackets and
// emphasis marks stay in `out_` until the end, because whether one counts as markup is known only at its partner; then
// those that do are cut out in one pass.
#include "syntax/heading_text.h"

#include "syntax/emphasis.h"
#include "syntax/html_tag.h"
#include "syntax/outline.h"
#include "text/ascii.h"
#include "text/space.h"
#include "unicode/utf8.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <vector>

namespace cascade::syntax {
namespace {

// Knows the names that occur in ordinary text, not all of HTML's; an unknown name stays as it is written. Numbers that
// are not characters become U+FFFD when they are appended.

// `length`: bytes of the reference, 0 if there is none. Supports all numeric references, and the named ones that occur
// in prose.
struct Entity {
  std::string text;
  std::size_t length = 0;
};

struct Named {
  std::string_view name;
  char32_t code_point;
};

// HTML's names, sorted by bytes.
constexpr Named names[] = {
    {"Rarr", 0x21A0},  {"amp", '&'},      {"apos", '\''},    {"asymp", 0x2248}, {"bull", 0x2022},   {"cent", 0xA2},
    {"check", 0x2713}, {"copy", 0xA9},    {"cross", 0x2717}, {"darr", 0x2193},  {"deg", 0xB0},      {"divide", 0xF7},
    {"euro", 0x20AC},  {"ge", 0x2265},    {"gt", '>'},       {"harr", 0x2194},  {"hellip", 0x2026}, {"laquo", 0xAB},
    {"larr", 0x2190},  {"ldquo", 0x201C}, {"le", 0x2264},    {"lsquo", 0x2018}, {"lt", '<'},        {"mdash", 0x2014},
    {"middot", 0xB7},  {"nbsp", 0xA0},    {"ndash", 0x2013}, {"ne", 0x2260},    {"plusmn", 0xB1},   {"pound", 0xA3},
    {"quot", '"'},     {"rArr", 0x21D2},  {"raquo", 0xBB},   {"rarr", 0x2192},  {"rdquo", 0x201D},  {"reg", 0xAE},
    {"rsquo", 0x2019}, {"sect", 0xA7},    {"times", 0xD7},   {"trade", 0x2122}, {"uarr", 0x2191},
};

int digit_value(char c, bool hexadecimal) noexcept {
  return hexadecimal || letters::is_digit(c) ? letters::hex_value(c) : -1;
}

// Parses "#8212" or "#x2014"; false: it is neither.
bool parse_number(std::string_view body, char32_t& value) noexcept {
  const bool hexadecimal = body.size() > 1 && (body[1] == 'x' || body[1] == 'X');
  const std::string_view digits = body.substr(hexadecimal ? 2 : 1);
  if (digits.empty() || digits.size() > (hexadecimal ? 6U : 7U)) return false;
  value = 0;
  for (const char c : digits) {
    const int digit = digit_value(c, hexadecimal);
    if (digit < 0) return false;
    value = value * (hexadecimal ? 16 : 10) + static_cast<char32_t>(digit);
  }
  if (value == 0) value = unicode::replacement;
  return true;
}

Entity decode_entity(std::string_view text, std::size_t at) {
  constexpr std::size_t longest = 10;
  const std::size_t semicolon = text.substr(0, at + longest).find(';', at);
  if (semicolon == std::string_view::npos || semicolon < at + 2) return {};
  const std::string_view body = text.substr(at + 1, semicolon - at - 1);
  char32_t code_point = 0;
  if (body[0] == '#') {
    if (!parse_number(body, code_point)) return {};
  } else {
    const auto* found = std::lower_bound(std::begin(names), std::end(names), body,
                                         [](const Named& named, std::string_view name) { return named.name < name; });
    if (found == std::end(names) || found->name != body) return {};
    code_point = found->code_point;
  }
  Entity entity;
  unicode::append(entity.text, code_point);
  entity.length = semicolon + 1 - at;
  return entity;
}

// The characters that markup can begin with.
constexpr std::array<bool, 256> make_marks() {
  std::array<bool, 256> marks{};
  for (const char c : std::string_view("\\\n\0&*_[]<`", 10)) marks[static_cast<unsigned char>(c)] = true;
  return marks;
}
constexpr std::array<bool, 256> marks = make_marks();
constexpr bool may_be_mark(char c) noexcept { return marks[static_cast<unsigned char>(c)]; }

// Replaces character references by their characters.
std::string with_characters(std::string_view raw) {
  std::string out;
  std::size_t done = 0;
  for (std::size_t at = raw.find('&'); at != std::string_view::npos; at = raw.find('&', at)) {
    const Entity entity = decode_entity(raw, at);
    out += raw.substr(done, at - done);
    out += entity.length == 0 ? "&" : entity.text;
    done = at += std::max<std::size_t>(entity.length, 1);
  }
  out += raw.substr(done);
  return out;
}

// Returns one past the '>' of "<scheme:text>" or "<name@host>", or 0.
std::size_t autolink_end(std::string_view text, std::size_t at) noexcept {
  const std::size_t close = text.find_first_of("<> \n", at + 1);
  if (close == std::string_view::npos || text[close] != '>' || close < at + 4 || !letters::is_letter(text[at + 1]))
    return 0;
  const std::string_view inside = text.substr(at + 1, close - at - 1);
  const std::size_t colon =
      inside.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789+.-");
  const bool scheme = colon != std::string_view::npos && inside[colon] == ':' && colon >= 2 && colon <= 32;
  const std::size_t sign = inside.find('@');
  const bool mail = sign != std::string_view::npos && sign > 0 && sign + 1 < inside.size() &&
                    inside.find('@', sign + 1) == std::string_view::npos;
  return scheme || mail ? close + 1 : 0;
}

class HeadingReader {
 public:
  HeadingReader(std::string_view raw, const LinkLabels& labels)
      : raw_(raw), labels_(labels), spans_(scan_inline(raw, 0, raw.size())) {}

  std::string read() {
    while (at_ < raw_.size()) step();
    emphasis_.pair_from(0);
    return std::string(letters::trim_blanks(without_marks()));
  }

 private:
  struct Bracket {
    std::size_t out = 0, raw = 0, runs = 0;  // its place in both texts, and the emphasis runs before it
    bool image = false;
  };

  void step();
  void add_code(const InlineSpan& span);
  void add_run();
  void add_reference();
  void close_bracket();
  std::size_t link_end(const Bracket& open) const;
  std::size_t skip_space(std::size_t at) const;
  std::string without_marks();

  void copy(std::size_t count) {
    out_ += raw_.substr(at_, count);
    at_ += count;
  }

  std::string_view raw_;
  const LinkLabels& labels_;
  std::vector<InlineSpan> spans_;
  std::size_t next_span_ = 0;
  std::size_t at_ = 0;
  std::string out_;
  std::vector<Bracket> brackets_;
  std::size_t links_end_ = 0;         // brackets below this one already hold a link
  std::vector<std::size_t> dropped_;  // places in out_ of brackets that were markup
  Emphasis emphasis_;
};

// In the order in which CommonMark gives marks their meaning: code and comments first, then escapes, then brackets and
// emphasis. Plain text is copied up to the next character that may be a mark.
void HeadingReader::step() {
  while (next_span_ < spans_.size() && spans_[next_span_].begin < at_) ++next_span_;
  if (next_span_ < spans_.size() && spans_[next_span_].begin == at_) {
    const InlineSpan& span = spans_[next_span_];
    if (span.kind == InlineSpan::Kind::code) add_code(span);
    at_ = span.end;
    return;
  }
  constexpr std::string_view replacement = "\xEF\xBF\xBD";
  const char c = raw_[at_];
  const char next = at_ + 1 < raw_.size() ? raw_[at_ + 1] : '\0';
  if (c == '\\' && (letters::is_punctuation(next) || next == '\n')) {
    ++at_;
    if (next != '\n') copy(1);
  } else if (c == '\n') {
    out_ += ' ';
    at_ = std::min(raw_.find_first_not_of(" \t", at_ + 1), raw_.size());
  } else if (c == '\0') {
    out_ += replacement;
    ++at_;
  } else if (c == '&') {
    add_reference();
  } else if (c == '*' || c == '_') {
    add_run();
  } else if (c == '[' || (c == '!' && next == '[')) {
    brackets_.push_back({out_.size(), at_, emphasis_.size(), c == '!'});
    copy(c == '!' ? 2 : 1);
  } else if (c == ']') {
    close_bracket();
  } else if (const std::size_t link = c == '<' ? autolink_end(raw_, at_) : 0; link != 0) {
    out_ += raw_.substr(at_ + 1, link - at_ - 2);
    at_ = link;
  } else if (const std::size_t tag = c == '<' ? html_tag_end(raw_, at_) : 0; tag != 0) {
    at_ = tag;
  } else {
    std::size_t end = at_ + 1;
    while (end < raw_.size() && !may_be_mark(raw_[end]) && raw_[end] != '!') ++end;
    copy(end - at_);
  }
}

// Adds the text between the backticks, without the one space at each end that belongs to the marks.
void HeadingReader::add_code(const InlineSpan& span) {
  std::string_view code = raw_.substr(span.begin, span.end - span.begin);
  const std::size_t ticks = std::min(code.find_first_not_of('`'), code.size());
  code = code.substr(ticks, code.size() - 2 * ticks);
  std::string text(code);
  std::replace(text.begin(), text.end(), '\n', ' ');
  if (text.size() >= 2 && text.front() == ' ' && text.back() == ' ' && text.find_first_not_of(' ') != std::string::npos)
    text = text.substr(1, text.size() - 2);
  out_ += text;
}

void HeadingReader::add_run() {
  const char mark = raw_[at_];
  const std::size_t end = std::min(raw_.find_first_not_of(mark, at_), raw_.size());
  std::size_t before_at = at_;
  // Goes back to the first byte of the character before, at most four.
  while (before_at > 0 && at_ - before_at < 4 && (static_cast<unsigned char>(raw_[--before_at]) & 0xC0) == 0x80) {
  }
  const char32_t before = at_ == 0 ? U'\n' : unicode::decode(raw_, before_at).code_point;
  const char32_t after = end == raw_.size() ? U'\n' : unicode::decode(raw_, end).code_point;
  emphasis_.add_run(out_.size(), end - at_, mark, before, after);
  copy(end - at_);
}

void HeadingReader::add_reference() {
  const Entity entity = decode_entity(raw_, at_);
  if (entity.length == 0) return copy(1);
  out_ += entity.text;
  at_ += entity.length;
}

// At a ']': if a link or image ends here, removes its brackets and pairs the emphasis inside. A link holds no other
// link.
void HeadingReader::close_bracket() {
  if (brackets_.empty()) return copy(1);
  const Bracket open = brackets_.back();
  brackets_.pop_back();
  const bool active = open.image || brackets_.size() >= links_end_;
  links_end_ = std::min(links_end_, brackets_.size());
  const std::size_t end = active ? link_end(open) : 0;
  if (end == 0) return copy(1);
  emphasis_.pair_from(open.runs);
  dropped_.push_back(open.out);
  if (open.image) dropped_.push_back(open.out + 1);
  if (!open.image) links_end_ = brackets_.size();
  at_ = end;
}

// Returns one past the link whose text ends with the ']' at at_, or 0: "(destination 'title')", or a defined label.
std::size_t HeadingReader::link_end(const Bracket& open) const {
  const std::size_t after = at_ + 1;
  if (after < raw_.size() && raw_[after] == '(') {
    const std::size_t begin = skip_space(after + 1);
    const std::size_t destination = link_destination_end(raw_, begin);
    std::size_t at = skip_space(destination == 0 ? begin : destination);
    if (destination != 0 && at > destination) {
      const std::size_t title = link_title_end(raw_, at);
      if (title != 0) at = skip_space(title);
    }
    if (at < raw_.size() && raw_[at] == ')') return at + 1;
  }
  if (labels_.empty()) return 0;
  // [text][label], [text][] or [text]: without a label of its own the text is the label.
  const std::size_t label = link_label_end(raw_, after);
  const std::size_t own = open.raw + (open.image ? 1 : 0);
  const std::string_view name = label == 0 ? raw_.substr(own, after - own) : raw_.substr(after, label - after);
  if (labels_.count(normalize_label(name)) == 0) return 0;
  if (label != 0) return label;
  return raw_.substr(after, 2) == "[]" ? after + 2 : after;
}

std::size_t HeadingReader::skip_space(std::size_t at) const {
  while (at < raw_.size() && letters::is_space(raw_[at])) ++at;
  return at;
}

std::string HeadingReader::without_marks() {
  std::vector<MarkRange> marks = emphasis_.paired();
  for (const std::size_t at : dropped_) marks.push_back({at, at + 1});
  std::sort(marks.begin(), marks.end(), [](const MarkRange& a, const MarkRange& b) { return a.begin < b.begin; });
  std::string text;
  std::size_t from = 0;
  for (const MarkRange& mark : marks) {
    text.append(out_, from, mark.begin - from);
    from = mark.end;
  }
  return text.append(out_, from, std::string::npos);
}

}  // namespace

std::string heading_text(std::string_view raw, const LinkLabels& labels) {
  if (std::none_of(raw.begin(), raw.end(), may_be_mark)) {  // most headings: only blanks to remove
    raw = letters::trim_blanks(raw);
    return unicode::is_valid(raw) ? std::string(raw) : unicode::replace_invalid(raw);
  }
  const bool only_references = std::none_of(raw.begin(), raw.end(), [](char c) { return c != '&' && may_be_mark(c); });
  std::string text =
      only_references ? std::string(letters::trim_blanks(with_characters(raw))) : HeadingReader(raw, labels).read();
  return unicode::is_valid(text) ? text : unicode::replace_invalid(text);
}

}  // namespace cascade::syntax
