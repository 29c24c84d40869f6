// Asked only of commands in code, which are few, so each may search upwards for its lead-in.
#include "manifest/ordered_code.h"

#include "manifest/sentence.h"
#include "text/ascii.h"
#include "text/word_set.h"

#include <algorithm>
#include <string_view>

namespace cascade::manifest {
namespace {

constexpr int farthest_lead = 200;  // lines

// The nearest line above the code that has text and is none; null: there is none.
const TextLine* lead_of(const BodyText& body, const TextLine& line) {
  const TextLine* above = &line;
  for (int i = 0; i < farthest_lead && above != body.lines().data(); ++i) {
    --above;
    if (above->context == Context::code) continue;
    if (!letters::trim(body.text(*above).substr(0, sentence_window)).empty()) return above;
  }
  return nullptr;
}

// "Step 2: Weigh", "Phase 1", "Mandatory check", "Run the review", but not "Running it" or "How to run it".
bool names_step(const SentenceWords& words) {
  static constexpr auto steps = letters::word_set("step", "steps", "phase", "stage", "procedure", "process",
                                                  "instructions", "mandatory", "required", "must");
  static constexpr auto others = letters::word_set("how", "when", "to", "example", "examples", "usage", "next");
  bool step = false;
  for (std::size_t i = 0; i < words.size(); ++i) {
    if (others.has(words[i])) return false;
    step = step || steps.has(words[i]) || (i == 0 && words.is(i, prose::roles::is_use) && !words[i].ends_with("ing"));
  }
  return step;
}

enum class Lead { order, other, none };

// "Then run:", "After that, invoke the review:" is an order, "To run it:" is none, "You can use:" is something else.
Lead read_lead(const SentenceWords& words) {
  static constexpr auto going_on = letters::word_set("then", "now", "finally");
  static constexpr auto others = letters::word_set("user", "users", "you", "your", "they", "can", "may", "could",
                                                   "example", "examples", "usage", "not", "never");
  static constexpr auto before = letters::word_set("to", "how", "when", "the", "a", "by", "for", "of");
  std::size_t first = 0;
  while (first < words.size() && !letters::is_letter(words[first].front())) ++first;
  if (first == words.size()) return Lead::none;
  bool order = going_on.has(words[first]);
  for (std::size_t i = first; i < words.size(); ++i) {
    if (others.has(words[i])) return Lead::other;
    order = order ||
            (words.is(i, prose::roles::is_use) && !words[i].ends_with("s") && (i == 0 || !before.has(words[i - 1])));
  }
  return order ? Lead::order : Lead::none;
}

bool is_step(const BodyText& body, const TextLine* heading) {
  return heading != nullptr && names_step(SentenceWords(body.text(*heading).substr(0, sentence_window)));
}

}  // namespace

bool is_ordered_code(const BodyText& body, const TextLine& line) {
  const TextLine* lead = lead_of(body, line);
  if (lead == nullptr) return false;
  const std::string_view text = body.text(*lead);
  if (lead->context == Context::heading) return is_step(body, lead);
  if (lead->context != Context::running) return false;
  SentenceWords words(text.substr(text.size() - std::min(text.size(), sentence_window)));
  words.keep_last_sentence();
  const Lead read = read_lead(words);
  return read == Lead::order || (read == Lead::none && is_step(body, body.heading_above(*lead)));
}

}  // namespace cascade::manifest
