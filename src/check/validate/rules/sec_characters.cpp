// SEC001, SEC002 and SEC003: characters that nobody sees but a model reads. One pass over all that is not ASCII; each
// character is judged with its neighbours, because joiners, selectors and tags belong to emoji and to scripts that need
// them, and programs name such characters in order to search for them.
#include <algorithm>
#include <optional>

#include "manifest/head.h"
#include "text/ascii.h"
#include "text/byte_block.h"
#include "text/letter_case.h"
#include "text/words.h"
#include "unicode/utf8.h"
#include "validate/reading/shell.h"
#include "validate/reading/stance.h"
#include "validate/rules/checks.h"

namespace cascade::validation {
namespace {

constexpr bool within(char32_t c, char32_t first, char32_t last) { return c >= first && c <= last; }

bool is_direction_override(char32_t c) { return within(c, 0x202A, 0x202E) || within(c, 0x2066, 0x2069); }
bool is_direction_mark(char32_t c) { return c == 0x200E || c == 0x200F; }
bool is_joiner(char32_t c) { return c == 0x200C || c == 0x200D; }
// Without any use in text; joiners are judged by the characters around them.
bool is_zero_width(char32_t c) { return c == 0x200B || c == 0x180E || within(c, 0x2060, 0x2064) || c == 0xFEFF; }
bool is_tag(char32_t c) { return within(c, 0xE0000, 0xE007F); }
bool is_variation_selector(char32_t c) { return within(c, 0xFE00, 0xFE0F); }
bool is_plane_14_selector(char32_t c) { return within(c, 0xE0100, 0xE01EF); }
bool is_cyrillic_or_greek(char32_t c) { return within(c, 0x0370, 0x052F); }

// May be next to a joiner in an emoji.
bool is_pictographic(char32_t c) {
  return within(c, 0x1F000, 0x1FAFF) || within(c, 0x2190, 0x2BFF) || is_variation_selector(c) || c == 0x20E3 ||
         c == 0x3030 || c == 0x303D || c == 0x00A9 || c == 0x00AE || is_tag(c);
}

// Letters of scripts that write joiners.
bool uses_joiners(char32_t c) {
  return within(c, 0x0600, 0x07FF) || within(c, 0x08A0, 0x0DFF) || within(c, 0x0F00, 0x109F) ||
         within(c, 0x1780, 0x18AF) || within(c, 0x1A20, 0x1AAF) || within(c, 0xA840, 0xA8FF) ||
         within(c, 0xFB50, 0xFDFF) || within(c, 0xFE70, 0xFEFC) || within(c, 0x10A00, 0x11FFF);
}

// Letters of Hebrew, Arabic, Syriac, Thaana, N'Ko and their like.
bool is_right_to_left(char32_t c) {
  return within(c, 0x0590, 0x08FF) || within(c, 0xFB1D, 0xFDFF) || within(c, 0xFE70, 0xFEFC) ||
         within(c, 0x10800, 0x10FFF);
}

char32_t code_point_at(std::string_view text, std::size_t at) {
  return at < text.size() ? unicode::decode(text, at).code_point : 0;
}

// Whether a letter written from right to left stands near, in the same line: there such marks put signs and Latin
// words into their places.
bool is_among_right_to_left(std::string_view text, std::size_t at) {
  constexpr std::size_t near = 120;
  std::size_t begin = at - std::min(at, near);
  while (begin < at && (static_cast<unsigned char>(text[begin]) & 0xC0U) == 0x80U) ++begin;
  const std::size_t end = std::min(at + near, text.size());
  bool found = false;
  for (std::size_t i = begin; i < end;) {
    const unicode::Decoded here = unicode::decode(text, i);
    if (here.code_point == '\n') {
      if (i > at) break;
      found = false;
    }
    found = found || is_right_to_left(here.code_point);
    i += here.length;
  }
  return found;
}

// U+FE0E or U+FE0F up to three times behind an emoji: an editor's or converter's slip, which spells nothing.
bool is_repeated_style(std::string_view text, std::size_t at, std::size_t end) {
  const char32_t style = code_point_at(text, at);
  constexpr std::size_t bytes = 3, most = 3;
  if ((style != 0xFE0E && style != 0xFE0F) || end - at > most * bytes) return false;
  for (std::size_t next = at; next < end; next += bytes)
    if (code_point_at(text, next) != style) return false;
  return true;
}

// "*" and "/" with one of them between: how a comment mentions the mark that would end it.
bool parts_comment_mark(std::string_view text, std::size_t at) {
  const std::size_t end = at + unicode::decode(text, at).length;
  return at > 0 && text[at - 1] == '*' && end < text.size() && text[end] == '/';
}

// All following characters of the same kind are one finding.
std::size_t run_end(std::string_view text, std::size_t at, bool (*belongs)(char32_t)) {
  std::size_t end = at;
  while (end < text.size()) {
    const unicode::Decoded next = unicode::decode(text, end);
    if (!belongs(next.code_point)) break;
    end += next.length;
  }
  return end;
}

// const mark = "\uFEFF" or /^\uFEFF/, written with the character itself, in a program.
bool is_string_of_its_own(const Document& document, std::size_t at) {
  const std::string_view text = document.text();
  const unicode::Decoded here = unicode::decode(text, at);
  const std::size_t end = at + here.length;
  if (is_direction_override(here.code_point) || is_direction_mark(here.code_point)) return false;
  if (is_markdown(document.role()) || is_json(document.role()) || at == 0 || end >= text.size()) return false;
  const std::size_t before = at > 1 && text[at - 1] == '^' && text[at - 2] == '/' ? at - 2 : at - 1;
  return text[before] == text[end] && std::string_view("\"'`/").find(text[end]) != std::string_view::npos;
}

// Whether the byte belongs to a direction override, a zero-width character, a joiner, or is a hyphen.
bool belongs_in_class(std::string_view text, std::size_t byte) {
  if (text[byte] == '-') return true;
  while (byte > 0 && (static_cast<unsigned char>(text[byte]) & 0xC0U) == 0x80U) --byte;
  const char32_t c = code_point_at(text, byte);
  return is_direction_override(c) || is_direction_mark(c) || is_zero_width(c) || is_joiner(c);
}

// A range such as [\u200B-\u200F], written with the characters themselves: a program's search for them. The brackets
// contain nothing else, so nothing can be hidden there.
bool is_plain_use(const Document& document, std::size_t at) {
  const std::string_view text = document.text();
  if (parts_comment_mark(text, at) || is_string_of_its_own(document, at)) return true;
  constexpr std::size_t longest = 64;
  std::size_t begin = at, end = at;
  while (begin > 0 && at - begin < longest && belongs_in_class(text, begin - 1)) --begin;
  while (end < text.size() && end - at < longest && belongs_in_class(text, end)) ++end;
  if (begin == 0 || text[begin - 1] != '[' || end >= text.size() || text[end] != ']') return false;
  const std::size_t hyphen = text.find('-', begin + 1);
  return hyphen != std::string_view::npos && hyphen + 1 < end;
}

bool is_in_fence(const Document& document, std::size_t at) {
  return is_markdown(document.role()) && at >= document.body().body() && document.body().region_at(at) == Region::fence;
}

// The run as a reader of code points sees it; the first 40 characters.
std::string decoded(std::string_view text, std::size_t at, std::size_t end) {
  std::string out;
  while (at < end && out.size() < 40) {
    const unicode::Decoded next = unicode::decode(text, at);
    const char32_t c = next.code_point;
    const char32_t byte = is_tag(c) ? c - 0xE0000 : is_variation_selector(c) ? c - 0xFE00 : c - 0xE0100 + 16;
    out += byte >= 0x20 && byte < 0x7F ? static_cast<char>(byte) : '.';
    at += next.length;
  }
  return at < end ? out + "..." : out;
}

// Visits the characters of one file that are not ASCII. A run of hidden ones is one finding.
class CharacterCheck : FileJudge {
 public:
  using FileJudge::FileJudge;

  void run() {
    for (std::size_t at = unicode::skip_ascii(text_, 0); at < text_.size(); at = unicode::skip_ascii(text_, at)) {
      if (at != end_) previous_ = at > 0 ? static_cast<unsigned char>(text_[at - 1]) : 0;
      const unicode::Decoded here = unicode::decode(text_, at);
      end_ = at + here.length;
      judge(at, here.code_point);
      previous_ = here.code_point;
      at = end_;
    }
  }

 private:
  void judge(std::size_t at, char32_t c) {
    if (is_direction_override(c)) return hidden("SEC001", at, is_direction_override, "turns the direction of writing");
    if (is_direction_mark(c)) {
      if (!is_among_right_to_left(text_, at)) note("SEC001", at, c, "is a direction mark");
      return;
    }
    if (generated_ && (c == 0x00AD || is_zero_width(c) || is_joiner(c))) return;
    if (c == 0x00AD) return note("SEC002", at, c, "is a soft hyphen");
    if (is_zero_width(c) && !(c == 0xFEFF && at == 0)) return hidden("SEC002", at, is_zero_width, "has no width");
    if (is_joiner(c)) return joiner(at, c);
    if (is_tag(c)) return tags(at);
    if (is_plane_14_selector(c)) return selectors(at);
    if (is_variation_selector(c) && end_ < text_.size() && is_variation_selector(peek(end_))) return selectors(at);
  }

  char32_t peek(std::size_t at) const { return code_point_at(text_, at); }

  void hidden(std::string_view rule, std::size_t at, bool (*belongs)(char32_t), const char* what) {
    const char32_t c = peek(at);
    const std::size_t end = end_ = run_end(text_, at, belongs);
    if (is_plain_use(document_, at)) return;
    // Right before a fence that is itself shown in a fence: the usual way to show one.
    const std::string_view next = text_.substr(end, 3);
    const bool shows_fence = rule == "SEC002" && (next == "```" || next == "~~~") && is_in_fence(document_, at);
    findings_.add(rule, shows_fence ? std::optional(Severity::info) : std::nullopt, document_.at(at, end - at),
                  code_point_name(c) + " " + what, "remove it");
  }

  void note(std::string_view rule, std::size_t at, char32_t c, const char* what) {
    if (is_plain_use(document_, at)) return;
    findings_.add(rule, Severity::info, document_.at(at, end_ - at), code_point_name(c) + " " + what,
                  "remove it where the text does not need it");
  }

  void joiner(std::size_t at, char32_t c) {
    const char32_t next = peek(end_);
    if (uses_joiners(previous_) || uses_joiners(next) || is_plain_use(document_, at)) return;
    if (c == 0x200D && is_pictographic(previous_) && is_pictographic(next)) return;
    findings_.add("SEC002", document_.at(at, end_ - at), code_point_name(c) + " joins nothing here", "remove it");
  }

  // A flag of a region: the black flag, tag letters, the closing tag. All other tags are hidden text.
  void tags(std::size_t at) {
    const std::size_t end = end_ = run_end(text_, at, is_tag);
    const bool closed = end >= 4 && peek(end - 4) == 0xE007F;
    if (previous_ == 0x1F3F4 && closed && end - at <= 4 * 8) return;
    findings_.add("SEC003", document_.at(at, end - at),
                  "invisible tag characters spell \"" + decoded(text_, at, end) + "\"", "remove them");
  }

  static bool is_selector(char32_t c) { return is_variation_selector(c) || is_plane_14_selector(c); }

  void selectors(std::size_t at) {
    const std::size_t end = end_ = run_end(text_, at, is_selector);
    if (is_pictographic(previous_) && is_repeated_style(text_, at, end)) return;
    findings_.add("SEC003", document_.at(at, end - at),
                  "variation selectors without a character carry \"" + decoded(text_, at, end) + "\"", "remove them");
  }

  std::string_view text_ = document_.text();
  bool generated_ = is_generated_code(document_.path(), document_.text());
  char32_t previous_ = 0;
  std::size_t end_ = 0;  // after the last character judged
};

}  // namespace

void check_hidden_characters(const Context& context, const Document& document, Findings& findings) {
  if (!document.is_binary() && !is_bundled_code(document.path(), document.text()))
    CharacterCheck(context, document, findings).run();
}

// Finds words that mix Latin letters with letters that only look Latin, as forged hosts and names do. Only words in
// which every foreign letter imitates a Latin one count. A text that is also written in that script may join its
// letters to Latin words: there a mixed word is normal, except in the host of an address, where it never is.
namespace {

// A word: the text between blanks and signs. `foreign`: the first letter that only looks Latin.
struct MixedWord {
  std::size_t begin = 0, end = 0, latin = 0;
  char32_t foreign = 0;
  bool all_confusable = true;
  std::string folded;  // the word that it looks like
};

// Returns the Latin letter that a letter imitates. Nobody mistakes a capital i with a dot (Istanbul), a long s (old
// prints) or an alpha (physics, biology) for another letter; for these, and for all others, nothing.
char disguised(char32_t c) { return c == 0x0130 || c == 0x017F || c == 0x03B1 ? '\0' : letters::looks_like_latin(c); }

MixedWord read_word(std::string_view text, std::size_t at) {
  MixedWord word;
  word.begin = at;
  while (word.begin > 0 && at - word.begin < 100 && letters::is_word_byte(text[word.begin - 1])) --word.begin;
  std::size_t i = word.begin;
  while (i < text.size() && i - word.begin < 200 && letters::is_word_byte(text[i])) {
    const unicode::Decoded next = unicode::decode(text, i);
    if (next.length == 1) {
      word.latin += letters::is_letter(text[i]) ? 1 : 0;
      word.folded += text[i];
    } else if (const char latin = disguised(next.code_point); latin != '\0') {
      if (word.foreign == 0) word.foreign = next.code_point;
      word.folded += latin;
    } else if (is_cyrillic_or_greek(next.code_point) || next.code_point > 0x24F) {
      word.all_confusable = false;
    } else {
      word.folded += '?';  // Latin with an accent
    }
    i += next.length;
  }
  word.end = i;
  return word;
}

// A text in such a script attaches its endings to foreign words; there only a host can be judged.
bool has_foreign_words(std::string_view line) {
  std::size_t letters = 0, ascii = 0;
  for (std::size_t i = 0; i < line.size();) {
    const unicode::Decoded next = unicode::decode(line, i);
    if (is_cyrillic_or_greek(next.code_point)) {
      ++letters;
    } else if (next.length == 1 && letters::is_letter(line[i])) {
      ++ascii;
    } else {
      if (letters >= 2 && ascii == 0) return true;
      letters = ascii = 0;
    }
    i += next.length;
  }
  return letters >= 2 && ascii == 0;
}

bool is_in_host(std::string_view text, std::size_t begin) {
  std::size_t i = begin;
  while (i > 0 && begin - i < 100 && (letters::is_word_byte(text[i - 1]) || text[i - 1] == '.' || text[i - 1] == '-'))
    --i;
  return i >= 3 && text.substr(i - 3, 3) == "://";
}

constexpr char32_t dotless_i = 0x0131;

// The dotless i is an ordinary Latin letter: a word of a sentence may be Turkish, a command is not.
bool is_in_code(const Document& document, std::size_t at) {
  if (!is_markdown(document.role()) || at < document.body().body()) return false;
  return is_code(document.body().region_at(at));
}

// The scripts of a text in addition to plain Latin: there their letters are not a disguise.
struct Scripts {
  std::size_t other_words = 0;  // whole words of Cyrillic or Greek letters
  std::size_t turkic = 0;       // letters found only in Turkish and its relatives, except the dotless i itself
  std::size_t dotless = 0, east_asian = 0;

  bool owns(char32_t c) const noexcept {
    constexpr std::size_t few = 8;
    if (c == dotless_i) return turkic >= 2 || dotless >= few;
    if (c >= 0xFF21 && c <= 0xFF5A) return east_asian >= few;
    return other_words >= few;
  }
};

Scripts scripts_of(std::string_view text) {
  Scripts scripts;
  std::size_t foreign = 0;
  bool pure = true;
  const auto end_word = [&] {
    if (pure && foreign >= 2) ++scripts.other_words;
    foreign = 0;
    pure = true;
  };
  for (std::size_t i = 0; i < text.size();) {
    const unicode::Decoded next = unicode::decode(text, i);
    const char32_t c = next.code_point;
    if (is_cyrillic_or_greek(c)) {
      ++foreign;
    } else if (next.length == 1 && !letters::is_word_byte(text[i])) {
      end_word();
    } else {
      pure = false;
    }
    if (c == dotless_i) ++scripts.dotless;
    if (c == 0x011F || c == 0x015F || c == 0x0130 || c == 0x011E || c == 0x015E || c == 0x0259) ++scripts.turkic;
    if ((c >= 0x3040 && c <= 0x30FF) || (c >= 0x3400 && c <= 0x9FFF) || (c >= 0xAC00 && c <= 0xD7AF))
      ++scripts.east_asian;
    i += next.length;
  }
  end_word();
  return scripts;
}

// Bytes that are no UTF-8, in the word or beside it: what looks like a letter is half of another encoding's character.
bool is_of_another_encoding(std::string_view text, std::size_t begin, std::size_t end) {
  constexpr std::size_t beside = 8;
  std::size_t at = begin - std::min(begin, beside);
  for (int i = 0; i < 3 && at > 0 && (static_cast<unsigned char>(text[at]) & 0xC0U) == 0x80U; ++i) --at;
  for (const std::size_t last = std::min(text.size(), end + beside); at < last;) {
    const unicode::Decoded next = unicode::decode(text, at);
    if (!next.valid) return true;
    at += next.length;
  }
  return false;
}

}  // namespace

void check_confusables(const Context&, const Document& document, Findings& findings) {
  if (document.is_binary() || !findings.runs("SEC004")) return;
  const std::string_view text = document.text();
  std::uint32_t judged_line = 0;
  bool foreign_line = false;
  std::optional<Scripts> scripts;
  for (std::size_t at = unicode::skip_ascii(text, 0); at < text.size(); at = unicode::skip_ascii(text, at)) {
    const unicode::Decoded here = unicode::decode(text, at);
    if (disguised(here.code_point) == '\0') {
      at += here.length;
      continue;
    }
    const MixedWord word = read_word(text, at);
    at = std::max(word.end, at + here.length);
    if (word.foreign == 0 || word.latin < 2 || !word.all_confusable) continue;
    if (is_of_another_encoding(text, word.begin, word.end)) continue;
    if (const std::uint32_t line = document.line_of(word.begin); line != judged_line) {
      judged_line = line;
      foreign_line = has_foreign_words(document.lines().line(line));
    }
    if (!scripts) scripts = scripts_of(text);
    const bool own =
        foreign_line || scripts->owns(word.foreign) || (word.foreign == dotless_i && !is_in_code(document, word.begin));
    if (own && !is_in_host(text, word.begin)) continue;
    findings.add("SEC004", document.at(word.begin, word.end - word.begin),
                 code_point_name(word.foreign) + " makes this look like \"" + word.folded + "\"",
                 "write it in one script");
  }
}

// SEC019, SEC020 and SEC021: text that poses as Cascade or the client, characters that a terminal obeys, and manifests
// that ask for more than they may decide. Marks in code are notes, because texts about prompts show them. Control
// characters are searched by blocks of bytes: nearly every file has none.
namespace {

// Where a control character begins: one of ASCII except NUL and what ends or indents a line, or one of U+0080 to
// U+009F, whose first byte is 0xC2.
constexpr auto may_be_control = [](const char* from) noexcept {
  const letters::ByteBlock here = letters::load_block(from), next = letters::load_block(from + 1);
  const letters::ByteBlock blank = (here == '\n') | (here == '\r') | (here == '\t') | (here == '\f');
  constexpr auto first = static_cast<signed char>(0xC2), end = static_cast<signed char>(0xA0);
  return ((here > 0) & (here < ' ') & ~blank) | (here == 0x7F) | ((here == first) & (next < end));
};

// What a terminal obeys: a call for its name, bell, backspace, a vertical tab, ESC and the other shifts, and the second
// set of controls. The others it swallows.
bool is_obeyed(char32_t c) noexcept {
  return c == 0x05 || c == 0x07 || c == 0x08 || c == 0x0B || c == 0x0E || c == 0x0F || c == 0x1B || c >= 0x80;
}

constexpr char32_t escape = 0x1B;

// '\033[1;32m' in a program, written with the character itself: a colour. Number 8 hides what follows.
bool is_colour(const Document& document, std::size_t at, char32_t c) {
  constexpr std::size_t longest = 24;
  const std::string_view text = document.text();
  if (c != escape || is_markdown(document.role()) || is_json(document.role()) || text.substr(at + 1, 1) != "[")
    return false;
  const std::size_t end = text.substr(0, at + longest).find_first_not_of("0123456789;", at + 2);
  if (end == std::string_view::npos || text[end] != 'm') return false;
  const std::string_view numbers = text.substr(at + 2, end - at - 2);
  return numbers != "8" && !numbers.starts_with("8;") && !numbers.ends_with(";8") &&
         numbers.find(";8;") == std::string_view::npos;
}

// join("\x01") or ESC = "\x1B", written with the character itself: a separator or a constant in a program.
bool is_separator(const Document& document, std::size_t at, char32_t c) {
  const std::string_view text = document.text();
  if ((is_obeyed(c) && c != escape) || is_markdown(document.role()) || is_json(document.role())) return false;
  if (at == 0 || at + 1 >= text.size() || text[at - 1] != text[at + 1]) return false;
  return text[at + 1] == '"' || text[at + 1] == '\'' || text[at + 1] == '`';
}

// The line that a mark begins, as much of it as a message needs.
std::string line_from(std::string_view text, std::size_t at) {
  constexpr std::size_t most = 60;
  const std::size_t end = std::min(text.find_first_of("\r\n", at), text.size());
  return unicode::displayable(text.substr(at, std::min(end - at, most)));
}

// In ticks, also in escaped ones: \`<system-reminder>\` in a text that was copied from a program.
bool is_ticked(std::string_view text, std::size_t at) {
  const std::size_t close = text.find_first_of(">\n", at);
  if (at == 0 || text[at - 1] != '`' || close == std::string_view::npos || text[close] != '>') return false;
  const std::size_t tick = close + (text.substr(close + 1, 1) == "\\" ? 2 : 1);
  return text.substr(tick, 1) == "`";
}

}  // namespace

void check_forged_marks(const Context&, const Document& document, Findings& findings) {
  if (document.is_binary() || !is_read_by_model(document.role())) return;
  const std::string_view text = document.text();
  for (const std::size_t at : manifest::forged_marks(text)) {
    const Region region = at < document.body().body() ? Region::running : document.body().region_at(at);
    const bool shown = is_code(region) || is_ticked(text, at);
    findings.add("SEC019", shown ? Severity::info : Severity::error, document.at(at, 1),
                 "\"" + line_from(text, at) + "\" is what Cascade or the client writes",
                 "say it in other words; it is defused before a model reads it");
  }
}

void check_authority(const Context&, const Document& document, Findings& findings) {
  if (!document.manifest()) return;
  if (const syntax::Node* pin = document.metadata("cascade-pinned"); pin != nullptr && pin->text == "true")
    findings.add("SEC021", document.at(*pin), "the manifest asks to be in every session",
                 "users allow it with cascade allow, or pin it themselves");
}

void check_control_characters(const Context&, const Document& document, Findings& findings) {
  if (document.is_binary() || is_bundled_code(document.path(), document.text()) ||
      is_generated_code(document.path(), document.text()))
    return;
  const std::string_view text = document.text();
  std::size_t next = 0;  // one finding per line
  letters::for_each_where(text, may_be_control, [&](std::size_t at) {
    if (at < next) return;
    const unicode::Decoded here = unicode::decode(text, at);
    if (!here.valid || is_separator(document, at, here.code_point) || is_colour(document, at, here.code_point)) return;
    // A vertical tab comes from word processors and web pages; it hides nothing.
    const bool harmless = here.code_point == 0x0B && is_markdown(document.role());
    findings.add("SEC020", harmless ? std::optional(Severity::info) : std::nullopt, document.at(at, here.length),
                 code_point_name(here.code_point) +
                     (is_obeyed(here.code_point) ? " is obeyed by a terminal" : " is a control that nobody sees"),
                 "remove it, or write it as an escape (\\033)");
    next = std::min(text.find('\n', at), text.size());
  });
}

}  // namespace cascade::validation
