// Reads the raw heading once from left to right and appends its visible text to `out_`. Brackets are kept on a stack:
// at a ']' that ends a link, the emphasis inside is paired, so inner marks never pair with outer ones. Brackets and
// emphasis marks stay in `out_` until the end, because whether one counts as markup is known only at its partner; then
// those that do are cut out in one pass.
#include "syntax/block_starts.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <iterator>
#include <map>
#include <vector>

#include "syntax/outline.h"
#include "text/ascii.h"
#include "text/byte_block.h"
#include "text/letter_case.h"
#include "unicode/utf8.h"

namespace cascade::syntax {

namespace {

struct Range {
  char32_t first, last;
};

// Punctuation beyond ASCII (Unicode 15.1, categories P*), the blocks that occur in running text.
constexpr Range punctuation[] = {
    {0x00A1, 0x00A1}, {0x00A7, 0x00A7}, {0x00AB, 0x00AB}, {0x00B6, 0x00B7}, {0x00BB, 0x00BB}, {0x00BF, 0x00BF},
    {0x037E, 0x037E}, {0x0387, 0x0387}, {0x055A, 0x055F}, {0x0589, 0x058A}, {0x05BE, 0x05BE}, {0x060C, 0x060D},
    {0x061B, 0x061B}, {0x061D, 0x061F}, {0x0964, 0x0965}, {0x2010, 0x2027}, {0x2030, 0x2043}, {0x2045, 0x2051},
    {0x2053, 0x205E}, {0x207D, 0x207E}, {0x208D, 0x208E}, {0x2308, 0x230B}, {0x2329, 0x232A}, {0x2768, 0x2775},
    {0x27C5, 0x27C6}, {0x27E6, 0x27EF}, {0x2983, 0x2998}, {0x29D8, 0x29DB}, {0x29FC, 0x29FD}, {0x2CF9, 0x2CFC},
    {0x2CFE, 0x2CFF}, {0x2E00, 0x2E2E}, {0x2E30, 0x2E4F}, {0x2E52, 0x2E5D}, {0x3001, 0x3003}, {0x3008, 0x3011},
    {0x3014, 0x301F}, {0x3030, 0x3030}, {0x303D, 0x303D}, {0x30A0, 0x30A0}, {0x30FB, 0x30FB}, {0xFE10, 0xFE19},
    {0xFE30, 0xFE52}, {0xFE54, 0xFE61}, {0xFE63, 0xFE63}, {0xFE68, 0xFE68}, {0xFE6A, 0xFE6B}, {0xFF01, 0xFF03},
    {0xFF05, 0xFF0A}, {0xFF0C, 0xFF0F}, {0xFF1A, 0xFF1B}, {0xFF1F, 0xFF20}, {0xFF3B, 0xFF3D}, {0xFF3F, 0xFF3F},
    {0xFF5B, 0xFF5B}, {0xFF5D, 0xFF5D}, {0xFF5F, 0xFF65},
};

bool is_punctuation(char32_t c) noexcept {
  if (c < 0x80) return letters::is_punctuation(static_cast<char>(c));
  const auto* after = std::upper_bound(std::begin(punctuation), std::end(punctuation), c,
                                       [](char32_t value, const Range& range) { return value < range.first; });
  return after != std::begin(punctuation) && c <= std::prev(after)->last;
}

// Pairs delimiter runs as CommonMark's reference algorithm does: each run that can close looks back for the nearest
// run that can open it, and takes one or two marks from both. For each kind of closer, a bottom records how far back
// the search failed before; no later closer of that kind looks there again. That keeps the search linear on text full
// of unpaired marks, where looking back without a bottom would be quadratic.
struct MarkRange {
  std::size_t begin = 0, end = 0;
};

class Emphasis {
 public:
  // Runs are added in the order of the text; `at` is a byte offset in the output being built. `before`, `after`: the
  // characters next to the run; a line end at either end of the text.
  void add_run(std::size_t at, std::size_t length, char mark, char32_t before, char32_t after) {
    const bool left =
        !letters::is_white(after) && (!is_punctuation(after) || letters::is_white(before) || is_punctuation(before));
    const bool right =
        !letters::is_white(before) && (!is_punctuation(before) || letters::is_white(after) || is_punctuation(after));
    const bool opens = mark == '*' ? left : left && (!right || is_punctuation(before));
    const bool closes = mark == '*' ? right : right && (!left || is_punctuation(after));
    runs_.push_back({at, length, length, mark, opens, closes});
  }

  std::size_t size() const noexcept { return runs_.size(); }

  // Pairs the runs from `first` on and drops them: later runs can pair only with earlier ones.
  void pair_from(std::size_t first) {
    // No opener below its bottom fits a closer of this mark, length (modulo three) and kind: an earlier search failed
    // there.
    std::array<std::size_t, 12> bottoms;
    bottoms.fill(first);
    std::vector<std::size_t> waiting;  // runs that can still open, ascending
    for (std::size_t i = first; i < runs_.size(); ++i) {
      Run& closer = runs_[i];
      std::size_t& bottom = bottoms[(closer.mark == '*' ? 0 : 6) + (closer.opens ? 3 : 0) + closer.length % 3];
      while (closer.closes && closer.left > 0) {
        std::size_t at = waiting.size();
        while (at > 0 && waiting[at - 1] >= bottom && !may_pair(runs_[waiting[at - 1]], closer)) --at;
        if (at == 0 || waiting[at - 1] < bottom) {
          bottom = i;
          break;
        }
        waiting.resize(at);  // runs between the pair can no longer open anything
        Run& opener = runs_[waiting.back()];
        const std::size_t used = opener.left >= 2 && closer.left >= 2 ? 2 : 1;
        opener.left -= used;
        closer.left -= used;
        if (opener.left == 0) waiting.pop_back();
      }
      if (closer.opens && closer.left > 0) waiting.push_back(i);
    }
    for (std::size_t i = first; i < runs_.size(); ++i)
      if (runs_[i].left < runs_[i].length)
        paired_.push_back({runs_[i].at + runs_[i].left, runs_[i].at + runs_[i].length});
    runs_.resize(first);
  }

  // The paired marks, unsorted.
  std::vector<MarkRange> paired() const { return paired_; }

 private:
  struct Run {
    std::size_t at = 0, length = 0, left = 0;  // left: marks not yet paired
    char mark = '*';
    bool opens = false, closes = false;
  };

  // If one of the two runs can both open and close, they pair only if their lengths do not add up to a multiple of
  // three, or both are multiples of three.
  static bool may_pair(const Run& opener, const Run& closer) noexcept {
    if (opener.mark != closer.mark || !opener.opens || opener.left == 0) return false;
    const bool both_ways = opener.closes || closer.opens;
    return !both_ways || closer.length % 3 == 0 || (opener.length + closer.length) % 3 != 0;
  }

  std::vector<Run> runs_;
  std::vector<MarkRange> paired_;
};

// A character reference. All numeric ones are known, and of HTML's names those that occur in prose; any other stays as
// it is written. Numbers that are not characters become U+FFFD when they are appended. `length`: its bytes, 0 if there
// is none.
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

// Parses "#8212" or "#x2014"; false: it is neither.
bool parse_number(std::string_view body, char32_t& value) noexcept {
  const bool hexadecimal = body.size() > 1 && (body[1] == 'x' || body[1] == 'X');
  const std::string_view digits = body.substr(hexadecimal ? 2 : 1);
  if (digits.empty() || digits.size() > (hexadecimal ? 6U : 7U)) return false;
  value = 0;
  for (const char c : digits) {
    const int digit = letters::hex_value(c);
    if (digit < 0 || (digit > 9 && !hexadecimal)) return false;
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

constexpr letters::ByteSet heading_marks({"\\\n\0&*_[]<`", 10});
constexpr bool may_be_mark(char c) noexcept { return heading_marks.has(c); }

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
  std::size_t skip_space(std::size_t at) const {
    return at + letters::run_at_begin(raw_.substr(at), letters::is_space).size();
  }
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

std::string HeadingReader::without_marks() {
  std::vector<MarkRange> marks = emphasis_.paired();
  for (const std::size_t at : dropped_) marks.push_back({at, at + 1});
  std::ranges::sort(marks, [](const MarkRange& a, const MarkRange& b) { return a.begin < b.begin; });
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
  if (std::ranges::none_of(raw, may_be_mark)) {  // most headings: only blanks to remove
    raw = letters::trim_blanks(raw);
    return unicode::is_valid(raw) ? std::string(raw) : unicode::replace_invalid(raw);
  }
  std::string text = HeadingReader(raw, labels).read();
  return unicode::is_valid(text) ? text : unicode::replace_invalid(text);
}

// One pass over the characters that matter: a backslash hides the next one, a run of backticks opens a code span if a
// run of the same length follows, and `<` may open a comment or a tag. Looking for the end of each opening would be
// quadratic in a text of openings without ends. So runs are collected once, by length, and after one comment without an
// end no other is looked for.
namespace {

std::size_t run_end(std::string_view text, std::size_t at) noexcept {
  return std::min(text.find_first_not_of('`', at), text.size());
}

// The runs of backticks of a text, by length. Queries come in ascending order of places, so all of them together are
// linear.
class BacktickRuns {
 public:
  explicit BacktickRuns(std::string_view text) : text_(text) {}

  // Returns the begin of the first run of exactly `length` at or after `from`, or npos.
  std::size_t next(std::size_t length, std::size_t from) {
    if (!collected_) collect();
    const auto found = by_length_.find(length);
    if (found == by_length_.end()) return std::string_view::npos;
    Places& places = found->second;
    while (places.at < places.begins.size() && places.begins[places.at] < from) ++places.at;
    return places.at < places.begins.size() ? places.begins[places.at] : std::string_view::npos;
  }

 private:
  struct Places {
    std::vector<std::size_t> begins;
    std::size_t at = 0;
  };
  void collect() {
    collected_ = true;
    for (std::size_t at = text_.find('`'); at != std::string_view::npos; at = text_.find('`', at)) {
      const std::size_t end = run_end(text_, at);
      by_length_[end - at].begins.push_back(at);
      at = end;
    }
  }

  std::string_view text_;
  bool collected_ = false;
  std::map<std::size_t, Places> by_length_;
};

class SpanReader {
 public:
  SpanReader(std::string_view leaf, std::size_t offset) : leaf_(leaf), offset_(offset), runs_(leaf) {}

  std::vector<InlineSpan> read() {
    for (std::size_t at = next_mark(0); at < leaf_.size(); at = next_mark(at)) {
      if (leaf_[at] == '\\') {
        at = std::min(at + 2, leaf_.size());
      } else {
        at = leaf_[at] == '`' ? code(at) : angle(at);
      }
    }
    return std::move(spans_);
  }

 private:
  std::size_t next_mark(std::size_t at) const noexcept {
    while (at < leaf_.size() && leaf_[at] != '\\' && leaf_[at] != '`' && leaf_[at] != '<') ++at;
    return at;
  }
  void add(InlineSpan::Kind kind, std::size_t begin, std::size_t end) {
    spans_.push_back({kind, offset_ + begin, offset_ + end});
  }
  std::size_t code(std::size_t at) {
    const std::size_t end = run_end(leaf_, at);
    const std::size_t closing = runs_.next(end - at, end);
    if (closing == std::string_view::npos) return end;
    add(InlineSpan::Kind::code, at, closing + (end - at));
    return closing + (end - at);
  }
  // A comment is a span; a tag is only skipped, because its quotes may hold backticks.
  std::size_t angle(std::size_t at) {
    if (leaf_.substr(at, 4) == "<!--") {
      if (!more_comments_) return at + 1;
      const std::size_t close = leaf_.find("-->", at + 4);
      more_comments_ = close != std::string_view::npos;
      if (!more_comments_) return at + 1;
      add(InlineSpan::Kind::comment, at, close + 3);
      return close + 3;
    }
    const std::size_t tag = html_tag_end(leaf_, at);
    return tag == 0 ? at + 1 : tag;
  }

  std::string_view leaf_;
  std::size_t offset_;
  BacktickRuns runs_;
  std::vector<InlineSpan> spans_;
  bool more_comments_ = true;
};

}  // namespace

std::vector<InlineSpan> scan_inline(std::string_view text, std::size_t begin, std::size_t end) {
  begin = std::min(begin, text.size());
  end = std::min(std::max(begin, end), text.size());
  return SpanReader(text.substr(begin, end - begin), begin).read();
}

}  // namespace cascade::syntax
