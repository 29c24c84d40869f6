// Finds the links of a text: [label](target) in what is shown, [label]: target in the file. The model has blanked out
// code and comments, so "](" there is a link unless its bracket is an array index.
#include "validate/reading/links.h"

#include <algorithm>

#include "syntax/link_parts.h"
#include "text/ascii.h"
#include "text/hex.h"
#include "text/word_set.h"
#include "unicode/utf8.h"
#include "validate/reading/lists.h"

namespace cascade::validation {
namespace {

constexpr std::size_t longest_target = 2000, longest_label = 1000;

bool has_scheme(std::string_view target) {
  std::size_t i = 0;
  while (i < target.size() &&
         (letters::is_letter_or_digit(target[i]) || target[i] == '+' || target[i] == '.' || target[i] == '-'))
    ++i;
  return (i > 1 && target.substr(i, 1) == ":" && letters::is_letter(target[0])) || target.starts_with("//");
}

// Not letters::percent_decoded(): in Markdown a backslash escapes punctuation, and "\%20" is no blank.
std::string decoded_target(std::string_view target) {
  std::string out;
  for (std::size_t i = 0; i < target.size(); ++i) {
    if (const int byte = letters::percent_byte(target, i); byte >= 0) {
      out += static_cast<char>(byte);
      i += 2;
    } else if (target[i] == '\\' && i + 1 < target.size() && !letters::is_letter_or_digit(target[i + 1])) {
      out += target[++i];
    } else {
      out += target[i];
    }
  }
  return out;
}

class LinkScan {
 public:
  explicit LinkScan(const TextModel& text) : text_(text), shown_(text.rendered()), raw_(text.text()) {}

  std::vector<Link> run() {
    for (auto link = syntax::next_link(shown_, 0); link; link = syntax::next_link(shown_, link->end))
      if (has_label(link->bracket)) add(link->begin, link->end);
    definitions();
    std::ranges::sort(links_, {}, &Link::begin);
    return std::move(links_);
  }

 private:
  // An array index has none.
  bool has_label(std::size_t bracket) const {
    const std::size_t open = syntax::link_label_begin(shown_, bracket);
    return open != std::string_view::npos && (open == 0 || !letters::is_word(shown_[open - 1]));
  }

  // [label]: target
  void definitions() {
    // Definitions are not shown, so they are searched in the file's own text, and the region at the place tells code
    // apart.
    for (std::size_t at = raw_.find("]:"); at != std::string_view::npos; at = raw_.find("]:", at + 2)) {
      const std::size_t near = at - std::min(at, longest_label);
      const std::size_t line = near + raw_.substr(near, at - near).rfind('\n') + 1;  // of none: near
      std::size_t open = line;
      while (open < at && open - line < 4 && raw_[open] == ' ') ++open;
      if (raw_.substr(open, 2) == "[^" || syntax::link_label_end(raw_, open) != at + 1 || at < text_.body()) continue;
      const Region region = text_.region_at(at);
      if (region != Region::running && region != Region::quote && region != Region::quotation) continue;
      const std::size_t begin = std::min(raw_.find_first_not_of(' ', at + 2), raw_.size());
      const std::size_t end =
          syntax::link_destination_end(raw_.substr(0, std::min(raw_.size(), begin + longest_target)), begin);
      if (end == 0 || !ends_line(end)) continue;
      const std::size_t angled = raw_[begin] == '<' ? 1 : 0;
      add(begin + angled, end - angled);
    }
  }

  // Whether only a title follows: "[note]: see below" defines nothing.
  bool ends_line(std::size_t at) const {
    while (at < raw_.size() && (letters::is_blank(raw_[at]) || raw_[at] == '\r')) ++at;
    return at >= raw_.size() || raw_[at] == '\n' || raw_[at] == '"' || raw_[at] == '\'' || raw_[at] == '(';
  }

  void add(std::size_t begin, std::size_t end) {
    const std::string_view written = raw_.substr(begin, end - begin);
    if (written.empty() || has_scheme(written)) return;
    const std::size_t hash = std::min(written.find('#'), written.size());
    const std::string_view path = written.substr(0, hash);
    links_.push_back({decoded_target(path.substr(0, path.find('?'))),
                      decoded_target(written.substr(std::min(hash + 1, written.size()))), std::string(written), begin,
                      end});
  }

  const TextModel& text_;
  std::string_view shown_, raw_;
  std::vector<Link> links_;
};

// Collects headings, HTML headings and ids, reduced to letters and digits, and looks fragments up in the same form,
// since hosts disagree about everything else in an anchor. A heading that stands there n times has n anchors, the
// second with -1.

std::string folded(std::string_view text) {
  const std::string lower = case_folded(text);
  std::string out;
  for (std::size_t i = 0; i < lower.size();) {
    const unicode::Decoded next = unicode::decode(lower, i);
    const bool kept = next.length == 1 ? letters::is_letter_or_digit(lower[i]) : !is_sign(next.code_point);
    if (kept) out.append(lower, i, next.length);
    i += next.length;
  }
  return out;
}

// Removes the picture from ":rocket: Launch", which is written as a word; returns the same text if there is none.
std::string without_shortcodes(std::string_view title) {
  std::string out;
  for (std::size_t i = 0; i < title.size(); ++i) {
    std::size_t end = i + 1;
    while (title[i] == ':' && end < title.size() && (letters::is_name(title[end]) || title[end] == '+')) ++end;
    if (title[i] == ':' && end > i + 1 && end < title.size() && title[end] == ':')
      i = end;
    else
      out += title[i];
  }
  return out;
}

// The value of the attribute at `at` ("id=", "name="): in quotes or up to a blank.
std::string_view value_at(std::string_view text, std::size_t at) {
  const char quote = at < text.size() ? text[at] : '\0';
  const bool quoted = quote == '"' || quote == '\'';
  const std::size_t begin = quoted ? at + 1 : at;
  const std::size_t end = quoted ? text.find(quote, begin) : text.find_first_of(" >\n", begin);
  return end == std::string_view::npos || end - begin > 200 ? std::string_view() : text.substr(begin, end - begin);
}

// Names that look equal compare equal: composes a letter and its mark into one code point (NFC) and folds case,
// without a Unicode library. It knows the compositions of Latin, Greek and Cyrillic by a table, kana and Hangul by
// arithmetic; those are the scripts that file systems are known to decompose. Text in ASCII is returned at once.

// The voiced and half-voiced kana come one and two code points after the plain ones.
char32_t compose_kana(char32_t letter, char32_t mark) noexcept {
  const bool voiced = mark == 0x3099, half = mark == 0x309A;
  const char32_t plain = letter >= 0x30A0 ? letter - 0x60 : letter;
  const bool ka_to_to =
      (plain >= 0x304B && plain <= 0x3061 && plain % 2 == 1) || (plain >= 0x3064 && plain <= 0x3068 && plain % 2 == 0);
  const bool ha_to_ho = plain >= 0x306F && plain <= 0x307B && (plain - 0x306F) % 3 == 0;
  if (voiced && (ka_to_to || ha_to_ho)) return letter + 1;
  if (voiced && plain == 0x3046) return letter + 0x4E;
  return half && ha_to_ho ? letter + 2 : 0;
}

// Hangul: a leading consonant and a vowel, then a trailing consonant.
char32_t compose_hangul(char32_t first, char32_t second) noexcept {
  constexpr char32_t syllables = 0xAC00, leading = 0x1100, vowels = 0x1161, trailing = 0x11A7;
  if (first >= leading && first < leading + 19 && second >= vowels && second < vowels + 21)
    return syllables + ((first - leading) * 21 + (second - vowels)) * 28;
  const bool open = first >= syllables && first <= 0xD7A3 && (first - syllables) % 28 == 0;
  return open && second > trailing && second < trailing + 28 ? first + (second - trailing) : 0;
}

char32_t compose(char32_t first, char32_t second) noexcept {
  if (second >= 0x300 && second < 0x330) {
    const auto table = compositions();
    const auto found = std::lower_bound(table.begin(), table.end(), std::make_pair(first, second - 0x300),
                                        [](const Composition& entry, const std::pair<char32_t, char32_t>& wanted) {
                                          return std::make_pair(char32_t{entry.letter}, char32_t{entry.mark}) < wanted;
                                        });
    return found != table.end() && found->letter == first && found->mark == second - 0x300 ? found->whole : 0;
  }
  if (second == 0x3099 || second == 0x309A) return compose_kana(first, second);
  return compose_hangul(first, second);
}

}  // namespace

bool is_sign(char32_t c) noexcept {
  return (c >= 0x80 && c <= 0xBF && c != 0xAA && c != 0xB5 && c != 0xBA) || c == 0xD7 || c == 0xF7 ||
         (c >= 0x2000 && c <= 0x2BFF && c != 0x2071 && c != 0x207F && !(c >= 0x2100 && c <= 0x218F)) ||
         (c >= 0x2E00 && c <= 0x2E7F) || (c >= 0x3000 && c <= 0x3004) || (c >= 0x3008 && c <= 0x3020) || c == 0x30FB ||
         (c >= 0xFE00 && c <= 0xFE1F) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF0F) ||
         (c >= 0xFF1A && c <= 0xFF20) || (c >= 0xFF3B && c <= 0xFF40) || (c >= 0xFF5B && c <= 0xFF65) ||
         (c >= 0xE000 && c <= 0xF8FF) || c >= 0xE0000 || (c >= 0x1F000 && c <= 0x1FAFF);
}

std::vector<Link> find_links(const TextModel& text) { return LinkScan(text).run(); }

bool is_template_target(std::string_view target) noexcept {
  if (target.find_first_of("{}<>$*[]|,;") != std::string_view::npos || has_part(target, lists::stand_in_parts) ||
      letters::is_one_of_lower(target, lists::stand_ins))
    return true;
  return target.find_first_of("./#") == std::string_view::npos &&
         ends_with_part(target, lists::stand_in_endings);  // thumbnail_url
}

Anchors::Anchors(const TextModel& text) {
  for (const syntax::Block& block : text.outline().blocks) {
    if (block.kind != syntax::BlockKind::heading) continue;
    std::string_view title = block.text;
    // ## Title {#id}
    if (const std::size_t id = title.rfind("{#"); id != std::string_view::npos && title.back() == '}') {
      known_.insert(folded(title.substr(id + 2)));
      title = title.substr(0, id);
    }
    known_.insert(folded(title));
    if (const std::string plain = without_shortcodes(title); plain.size() != title.size()) known_.insert(folded(plain));
  }
  const std::string_view shown = text.rendered();
  add_html_headings(shown);
  for (const std::string_view attribute : {" id=", " name="})
    for (std::size_t at = shown.find(attribute); at != std::string_view::npos; at = shown.find(attribute, at + 1))
      known_.insert(folded(value_at(shown, at + attribute.size())));
}

// <h2 align="center">Title</h2>
void Anchors::add_html_headings(std::string_view shown) {
  for (std::size_t at = shown.find("<h"); at != std::string_view::npos; at = shown.find("<h", at + 1)) {
    if (at + 3 >= shown.size() || shown[at + 2] < '1' || shown[at + 2] > '6') continue;
    const std::size_t open = shown.find('>', at), close = shown.find("</h", at);
    if (open >= close || close == std::string_view::npos || close - open > 400) continue;
    std::string title;
    bool tag = false;
    for (const char c : shown.substr(open + 1, close - open - 1)) {
      tag = c == '<' || (tag && c != '>');
      if (!tag && c != '>') title += c;
    }
    known_.insert(folded(title));
  }
}

bool Anchors::has(std::string_view fragment) const {
  const std::string wanted = folded(fragment);
  if (wanted.empty() || wanted == "top" || known_.count(wanted) != 0) return true;
  // The second heading of the same name is name-1.
  const std::size_t dash = fragment.rfind('-');
  if (dash == std::string_view::npos || dash + 1 == fragment.size()) return false;
  std::size_t number = 0;
  for (const char c : fragment.substr(dash + 1)) {
    if (!letters::is_digit(c) || number > 1000) return false;
    number = number * 10 + static_cast<std::size_t>(c - '0');
  }
  return known_.count(folded(fragment.substr(0, dash))) > number;
}

// Each mark is tried with what was composed so far, so a letter with two marks takes them one after the other. Marks
// are not sorted first as NFC would: file systems give them sorted.
std::string composed(std::string_view text) {
  if (unicode::skip_ascii(text, 0) == text.size()) return std::string(text);
  std::u32string letters;
  for (std::size_t i = 0; i < text.size();) {
    const unicode::Decoded next = unicode::decode(text, i);
    i += next.length;
    const char32_t whole = letters.empty() ? 0 : compose(letters.back(), next.code_point);
    if (whole != 0)
      letters.back() = whole;
    else
      letters += next.code_point;
  }
  std::string out;
  for (const char32_t letter : letters) unicode::append(out, letter);
  return out;
}

// The capitals whose small letters lie 32 code points behind them: ASCII, Latin-1, Greek, Cyrillic, full width. Others
// compare by code point.
std::string case_folded(std::string_view text) {
  if (unicode::skip_ascii(text, 0) == text.size()) return letters::to_lower(text);
  const std::string whole = composed(text);
  std::string out;
  for (std::size_t i = 0; i < whole.size();) {
    const unicode::Decoded next = unicode::decode(whole, i);
    char32_t c = next.code_point;
    if (c >= 0xFF01 && c <= 0xFF5E) c -= 0xFEE0;
    if ((c < 0x80 && letters::is_upper(static_cast<char>(c))) || (c >= 0xC0 && c <= 0xDE && c != 0xD7) ||
        (c >= 0x391 && c <= 0x3A9) || (c >= 0x410 && c <= 0x42F))
      c += 32;
    unicode::append(out, c);
    i += next.length;
  }
  return out;
}

}  // namespace cascade::validation
