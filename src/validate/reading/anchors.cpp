#include "validate/reading/anchors.h"

#include "text/ascii.h"
#include "validate/reading/normal_form.h"

namespace cascade::validation {
namespace {

std::string folded(std::string_view text) {
  std::string out;
  for (const char c : case_folded(text))
    if (text::is_letter(c) || text::is_digit(c) || static_cast<unsigned char>(c) >= 0x80) out += c;
  return out;
}

// The value of the attribute that begins at `at` ("id=", "name="): in quotes or up to a blank.
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
  }
  const std::string_view shown = text.rendered();
  for (const std::string_view attribute : {" id=", " name="})
    for (std::size_t at = shown.find(attribute); at != std::string_view::npos; at = shown.find(attribute, at + 1))
      known_.insert(folded(value_at(shown, at + attribute.size())));
}

bool Anchors::has(std::string_view fragment) const {
  const std::string wanted = folded(fragment);
  if (wanted.empty() || wanted == "top" || known_.count(wanted) != 0) return true;
  // The second heading of a name is name-1.
  const std::size_t dash = fragment.rfind('-');
  if (dash == std::string_view::npos || dash + 1 == fragment.size()) return false;
  std::size_t number = 0;
  for (const char c : fragment.substr(dash + 1)) {
    if (!text::is_digit(c) || number > 1000) return false;
    number = number * 10 + static_cast<std::size_t>(c - '0');
  }
  return known_.count(folded(fragment.substr(0, dash))) > number;
}

}  // namespace cascade::validation
