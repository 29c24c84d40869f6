// Asked only of what would be a call otherwise, so that few lines are searched upwards.
#include "manifest/message.h"

#include "manifest/lead_words.h"
#include "manifest/sentence.h"
#include "text/ascii.h"

#include <algorithm>
#include <string_view>

namespace cascade::manifest {
namespace {

constexpr int farthest_said = 60;  // lines

std::string_view start_of(const BodyText& body, const TextLine& line) {
  return letters::trim(body.text(line).substr(0, sentence_window));
}

bool is_quoted_line(const BodyText& body, const TextLine& line) {
  return line.context == Context::running && start_of(body, line).starts_with('>');
}

constexpr std::size_t longest_lead = 2000;  // bytes; a line may be as long as the file

std::size_t indentation(std::string_view line) {
  line = line.substr(0, longest_lead);
  return std::min(line.find_first_not_of(" \t"), line.size());
}

// Whether the line that leads the list or quotation announces what is to be said: the nearest one above that is no
// item, or an item that is further out.
bool is_below_message(const BodyText& body, const TextLine& line) {
  const TextLine* above = &line;
  std::size_t inside = line.list_item ? indentation(body.text(line)) : 0;
  for (int i = 0; i < farthest_said && above != body.lines().data(); ++i) {
    --above;
    const std::string_view text = body.text(*above);
    if (above->context != Context::running) return false;
    if (letters::trim(text.substr(0, sentence_window)).empty()) continue;
    const std::size_t in = indentation(text);
    if (above->list_item ? in >= inside : in > 0) continue;
    inside = in;
    if (text.size() > longest_lead) return false;
    const std::string_view bare = without_lead_marks(text);
    if (!bare.ends_with(':') && above->list_item) continue;
    if (!bare.ends_with(':')) return false;
    return says_message(bare);
  }
  return false;
}

}  // namespace

bool is_in_message(const BodyText& body, const TextLine& line) {
  if (line.context != Context::running) return false;
  if (!is_quoted_line(body, line)) return line.list_item && is_below_message(body, line);
  const TextLine* top = &line;
  for (int i = 0; i < farthest_said && top != body.lines().data() && is_quoted_line(body, *(top - 1)); ++i) --top;
  const std::string_view first = without_marks(start_of(body, *top));
  return first.starts_with('"') || first.starts_with("\xE2\x80\x9C") || is_below_message(body, *top);
}

}  // namespace cascade::manifest
