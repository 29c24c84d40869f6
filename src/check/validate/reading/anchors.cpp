// Collects headings, HTML headings and ids, reduced to letters and digits, and looks fragments up in the same form,
// since hosts disagree about everything else in an anchor. A heading that stands there n times has n anchors, the
// second with -1.
#include "validate/reading/anchors.h"

#include "text/ascii.h"
#include "unicode/utf8.h"
#include "validate/reading/normal_form.h"

namespace cascade::validation {
namespace {

// Dashes, quotation marks, arrows, pictures and other signs, by their blocks: anchors leave them out.
bool is_sign(char32_t c) noexcept {
  return (c >= 0x80 && c <= 0xBF && c != 0xAA && c != 0xB5 && c != 0xBA) || c == 0xD7 || c == 0xF7 ||
         (c >= 0x2000 && c <= 0x2BFF && c != 0x2071 && c != 0x207F && !(c >= 0x2100 && c <= 0x218F)) ||
         (c >= 0x2E00 && c <= 0x2E7F) || (c >= 0x3000 && c <= 0x3004) || (c >= 0x3008 && c <= 0x3020) || c == 0x30FB ||
         (c >= 0xFE00 && c <= 0xFE1F) || (c >= 0xFE30 && c <= 0xFE6F) || (c >= 0xFF00 && c <= 0xFF0F) ||
         (c >= 0xFF1A && c <= 0xFF20) || (c >= 0xFF3B && c <= 0xFF40) || (c >= 0xFF5B && c <= 0xFF65) ||
         (c >= 0xE000 && c <= 0xF8FF) || c >= 0xE0000 || (c >= 0x1F000 && c <= 0x1FAFF);
}

std::string folded(std::string_view text) {
  const std::string lower = case_folded(text);
  std::string out;
  for (std::size_t i = 0; i < lower.size();) {
    const unicode::Decoded next = unicode::decode(lower, i);
    const bool kept =
        next.length == 1 ? letters::is_letter(lower[i]) || letters::is_digit(lower[i]) : !is_sign(next.code_point);
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

}  // namespace

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
  add_html_headings(text.rendered());
  const std::string_view shown = text.rendered();
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

}  // namespace cascade::validation
