// "review this" says nothing without the diff below it, and the words of a diff say the wrong thing: they are about
// its subject. So the paste is read for what it is (prompt/matter.h), and what is mostly wanted of it stands in for it.
#include "route/answer/implied.h"

#include <algorithm>

#include "prompt/matter.h"
#include "text/ascii.h"

namespace cascade::route {
namespace {

constexpr std::size_t most_words = 16;
constexpr std::ptrdiff_t fewest_lines = 3;   // of a paste for which something is loaded
constexpr std::int32_t out_of_reach = -275;  // points below the mark: nothing of the trade is said

std::string said_in(const Prompt& whole) {
  std::string said;
  for (const prompt::Part& part : whole.parts) {
    if (part.kind != prompt::PartKind::said) continue;
    said += letters::trim(whole.text.substr(part.begin, part.end - part.begin));
    said += '\n';
  }
  return said;
}

std::ptrdiff_t pasted_lines(const Prompt& whole) {
  std::ptrdiff_t lines = 0;
  for (const prompt::Part& part : whole.parts) {
    const std::string_view text = whole.text.substr(part.begin, part.end - part.begin);
    if (part.kind != prompt::PartKind::said) lines += 1 + std::count(text.begin(), text.end(), '\n');
  }
  return lines;
}

bool says(const Tables& tables, const Prompt& prompt, std::string_view wanted) {
  return std::any_of(prompt.found.hits.begin(), prompt.found.hits.end(), [&](const PatternHit& hit) {
    const PatternRecord& pattern = tables.patterns.patterns[hit.pattern];
    return pattern.concept_id < tables.concepts.size && tables.read(tables.concepts[pattern.concept_id].text) == wanted;
  });
}

std::unique_ptr<Answer> answer_to(const Tables& tables, Query query, std::string text) {
  auto kept = std::make_unique<const std::string>(std::move(text));
  query.text = *kept;
  auto answer = std::make_unique<Answer>(tables, query);
  answer->kept = std::move(kept);
  return answer;
}

}  // namespace

std::unique_ptr<Answer> answer_about_paste(const Tables& tables, const Query& query, const Prompt& whole) {
  const std::string said = said_in(whole);
  const auto words = std::count_if(whole.words.begin(), whole.words.end(), [](const PromptWord& word) {
    return !word.pasted && !word.translated && (word.counts || word.foreign);
  });
  if (words == 0 || static_cast<std::size_t>(words) > most_words) return nullptr;
  const prompt::Matter* const matter = prompt::matter_of(whole.text);
  if (matter == nullptr) return nullptr;
  const Prompt ask = read_prompt(tables, said);
  if (says(tables, ask, "@@aside") || (matter->wanted == prompt::Wanted::if_asked && !says(tables, ask, "@@judge")))
    return nullptr;
  auto answer = answer_to(tables, query, said + std::string(matter->deed));
  if (answer->decision == Decision::silence) return nullptr;
  if (pasted_lines(whole) < fewest_lines) answer->only_offer();
  return answer;
}

bool is_symptom(const Tables& tables, const Answer& answer) {
  const Signals& talk = answer.signals;
  if (talk.called + talk.errand + talk.definition != 0 || answer.order.empty()) return false;
  const std::int32_t said = points(talk) + doubt_of_many_words(talk);  // a symptom seldom sounds like work
  if (talk.taught && said < std::int64_t{answer.marks.offer} + out_of_reach) return false;
  return says(tables, answer.prompt, "@@symptom");
}

void offer_mending(const Tables& tables, const Query& query, Answer& answer) {
  constexpr std::string_view mending = "find the cause of this bug in production and fix it";
  if (answer.decision != Decision::silence) return;
  Query cause = query;
  cause.text = mending;
  const Answer page(tables, cause);
  if (page.decision == Decision::silence) return;
  const std::uint32_t entry = page.order.front().entry;
  std::vector<Ranked>& order = answer.order;
  order.erase(std::remove_if(order.begin(), order.end(), [&](const Ranked& ranked) { return ranked.entry == entry; }),
              order.end());
  const bool alone = order.empty();
  order.insert(order.begin() + (alone ? 0 : 1), Ranked{entry, (alone ? page.order : order).front().score});
  answer.decision = Decision::offer;
  answer.only_offer();
}

}  // namespace cascade::route
