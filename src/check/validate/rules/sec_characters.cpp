// SEC001, SEC002 and SEC003: characters that nobody sees but a model reads. One pass over all that is not ASCII; each
// character is judged with its neighbours, because joiners, selectors and tags belong to emoji and to scripts that need
// them, and programs name such characters in order to search for them.
#include <algorithm>

#include "unicode/utf8.h"
#include "validate/reading/bundled_code.h"
#include "validate/reading/characters.h"
#include "validate/rules/checks.h"

namespace cascade::validation {
namespace {

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

// Visits the characters of one file that are not ASCII. A run of hidden ones is one finding.
class CharacterCheck {
 public:
  CharacterCheck(const Document& document, Findings& findings)
      : document_(document),
        text_(document.text()),
        findings_(findings),
        generated_(is_generated_code(document.path(), document.text())) {}

  void run() {
    for (std::size_t at = skip_ascii(text_, 0); at < text_.size(); at = skip_ascii(text_, at)) {
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
    if (generated_ && (c == 0x00AD || is_zero_width(c) || c == 0x200C || c == 0x200D)) return;
    if (c == 0x00AD) return note("SEC002", at, c, "is a soft hyphen");
    if (is_zero_width(c) && !(c == 0xFEFF && at == 0)) return hidden("SEC002", at, is_zero_width, "has no width");
    if (c == 0x200C || c == 0x200D) return joiner(at, c);
    if (is_tag(c)) return tags(at);
    if (is_plane_14_selector(c)) return selectors(at);
    if (is_variation_selector(c) && end_ < text_.size() && is_variation_selector(peek(end_))) return selectors(at);
  }

  char32_t peek(std::size_t at) const { return code_point_at(text_, at); }

  // All following characters of the same kind are one finding.
  std::size_t run_end(std::size_t at, bool (*belongs)(char32_t)) {
    std::size_t end = at;
    while (end < text_.size()) {
      const unicode::Decoded next = unicode::decode(text_, end);
      if (!belongs(next.code_point)) break;
      end += next.length;
    }
    return end;
  }

  // A range such as [\u200B-\u200F], written with the characters themselves: a program's search for them. The brackets
  // contain nothing else, so nothing can be hidden there.
  bool is_plain_use(std::size_t at) const {
    if (parts_comment_mark(text_, at) || is_string_of_its_own(at)) return true;
    constexpr std::size_t longest = 64;
    std::size_t begin = at, end = at;
    while (begin > 0 && at - begin < longest && belongs_in_class(begin - 1)) --begin;
    while (end < text_.size() && end - at < longest && belongs_in_class(end)) ++end;
    if (begin == 0 || text_[begin - 1] != '[' || end >= text_.size() || text_[end] != ']') return false;
    const std::size_t hyphen = text_.find('-', begin + 1);
    return hyphen != std::string_view::npos && hyphen + 1 < end;
  }

  // const mark = "\uFEFF" or /^\uFEFF/, written with the character itself, in a program.
  bool is_string_of_its_own(std::size_t at) const {
    const unicode::Decoded here = unicode::decode(text_, at);
    const std::size_t end = at + here.length;
    if (is_direction_override(here.code_point) || is_direction_mark(here.code_point)) return false;
    if (is_markdown(document_.role()) || is_json(document_.role()) || at == 0 || end >= text_.size()) return false;
    const std::size_t before = at > 1 && text_[at - 1] == '^' && text_[at - 2] == '/' ? at - 2 : at - 1;
    if (text_[before] != text_[end]) return false;
    return text_[end] == '"' || text_[end] == '\'' || text_[end] == '`' || text_[end] == '/';
  }

  // Whether the byte belongs to a direction override, a zero-width character, a joiner, or is a hyphen.
  bool belongs_in_class(std::size_t byte) const {
    if (text_[byte] == '-') return true;
    while (byte > 0 && (static_cast<unsigned char>(text_[byte]) & 0xC0U) == 0x80U) --byte;
    const char32_t c = peek(byte);
    return is_direction_override(c) || is_direction_mark(c) || is_zero_width(c) || c == 0x200C || c == 0x200D;
  }

  void hidden(std::string_view rule, std::size_t at, bool (*belongs)(char32_t), const char* what) {
    const char32_t c = peek(at);
    const std::size_t end = run_end(at, belongs);
    if (is_plain_use(at)) {
      end_ = end;
      return;
    }
    findings_.add(rule, document_.at(at, end - at), code_point_name(c) + " " + what, "remove it");
    end_ = end;
  }

  void note(std::string_view rule, std::size_t at, char32_t c, const char* what) {
    if (is_plain_use(at)) return;
    findings_.add(rule, Severity::info, document_.at(at, end_ - at), code_point_name(c) + " " + what,
                  "remove it where the text does not need it");
  }

  void joiner(std::size_t at, char32_t c) {
    const char32_t next = peek(end_);
    if (uses_joiners(previous_) || uses_joiners(next)) return;
    if (c == 0x200D && is_pictographic(previous_) && is_pictographic(next)) return;
    if (is_plain_use(at)) return;
    findings_.add("SEC002", document_.at(at, end_ - at), code_point_name(c) + " joins nothing here", "remove it");
  }

  // A flag of a region: the black flag, tag letters, the closing tag. All other tags are hidden text.
  void tags(std::size_t at) {
    const std::size_t end = run_end(at, is_tag);
    const bool closed = end >= 4 && peek(end - 4) == 0xE007F;
    const bool flag = previous_ == 0x1F3F4 && closed && end - at <= 4 * 8;
    end_ = end;
    if (flag) return;
    findings_.add("SEC003", document_.at(at, end - at), "invisible tag characters spell \"" + decoded(at, end) + "\"",
                  "remove them");
  }

  static bool is_selector(char32_t c) { return is_variation_selector(c) || is_plane_14_selector(c); }

  void selectors(std::size_t at) {
    const std::size_t end = run_end(at, is_selector);
    end_ = end;
    if (is_pictographic(previous_) && is_repeated_style(text_, at, end)) return;
    findings_.add("SEC003", document_.at(at, end - at),
                  "variation selectors without a character carry \"" + decoded(at, end) + "\"", "remove them");
  }

  // The run as a reader of code points sees it; the first 40 characters.
  std::string decoded(std::size_t at, std::size_t end) const {
    std::string out;
    while (at < end && out.size() < 40) {
      const unicode::Decoded next = unicode::decode(text_, at);
      const char32_t c = next.code_point;
      const char32_t byte = is_tag(c) ? c - 0xE0000 : is_variation_selector(c) ? c - 0xFE00 : c - 0xE0100 + 16;
      out += byte >= 0x20 && byte < 0x7F ? static_cast<char>(byte) : '.';
      at += next.length;
    }
    return at < end ? out + "..." : out;
  }

  const Document& document_;
  std::string_view text_;
  Findings& findings_;
  bool generated_;
  char32_t previous_ = 0;
  std::size_t end_ = 0;  // after the last character judged
};

}  // namespace

void check_hidden_characters(const Context&, const Document& document, Findings& findings) {
  if (!document.is_binary() && !is_bundled_code(document.path(), document.text()))
    CharacterCheck(document, findings).run();
}

}  // namespace cascade::validation
