// Finds words that mix Latin letters with letters that only look Latin, as forged hosts and names do. Only words in
// which every foreign letter imitates a Latin one count. A text that is also written in that script may join its
// letters to Latin words: there a mixed word is normal, except in the host of an address, where it never is.
#include <optional>

#include "text/ascii.h"
#include "text/look_alike.h"
#include "unicode/utf8.h"
#include "validate/reading/characters.h"
#include "validate/rules/checks.h"

namespace cascade::validation {
namespace {

// A word: the text between blanks and signs. `foreign`: the first letter that only looks Latin.
struct MixedWord {
  std::size_t begin = 0, end = 0, latin = 0;
  char32_t foreign = 0;
  bool all_confusable = true;
  std::string folded;  // the word that it looks like
};

bool is_word_byte(char c) { return letters::is_letter_or_digit(c) || static_cast<unsigned char>(c) >= 0x80; }

// Returns the Latin letter that a letter imitates. Nobody mistakes a capital i with a dot (Istanbul), a long s (old
// prints) or an alpha (physics, biology) for another letter; for these, and for all others, nothing.
char disguised(char32_t c) { return c == 0x0130 || c == 0x017F || c == 0x03B1 ? '\0' : letters::looks_like_latin(c); }

MixedWord read_word(std::string_view text, std::size_t at) {
  MixedWord word;
  word.begin = at;
  while (word.begin > 0 && at - word.begin < 100 && is_word_byte(text[word.begin - 1])) --word.begin;
  std::size_t i = word.begin;
  while (i < text.size() && i - word.begin < 200 && is_word_byte(text[i])) {
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
  while (i > 0 && begin - i < 100 && (is_word_byte(text[i - 1]) || text[i - 1] == '.' || text[i - 1] == '-')) --i;
  return i >= 3 && text.substr(i - 3, 3) == "://";
}

constexpr char32_t dotless_i = 0x0131;

// The dotless i is an ordinary Latin letter: a word of a sentence may be Turkish, a command is not.
bool is_in_code(const Document& document, std::size_t at) {
  if (!is_markdown(document.role()) || at < document.body().body()) return false;
  const Region region = document.body().region_at(at);
  return region == Region::code || region == Region::fence || region == Region::indented;
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
    } else if (next.length == 1 && !is_word_byte(text[i])) {
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

}  // namespace

void check_confusables(const Context&, const Document& document, Findings& findings) {
  if (document.is_binary() || !findings.runs("SEC004")) return;
  const std::string_view text = document.text();
  std::uint32_t judged_line = 0;
  bool foreign_line = false;
  std::optional<Scripts> scripts;
  for (std::size_t at = skip_ascii(text, 0); at < text.size(); at = skip_ascii(text, at)) {
    const unicode::Decoded here = unicode::decode(text, at);
    if (disguised(here.code_point) == '\0') {
      at += here.length;
      continue;
    }
    const MixedWord word = read_word(text, at);
    at = std::max(word.end, at + here.length);
    if (word.foreign == 0 || word.latin < 2 || !word.all_confusable) continue;
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

}  // namespace cascade::validation
