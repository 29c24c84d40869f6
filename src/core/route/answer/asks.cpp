// A request is diluted by what stands around it, so every sentence is also answered alone, and the best answer counts.
// Only prompts that the whole does not load for and that have more than one sentence, or begin with a courtesy, pay.
#include "route/answer/answer.h"

#include "prompt/parts.h"
#include "route/answer/ask_words.h"
#include "route/answer/thanks_words.h"
#include "text/word_set.h"

namespace cascade::route {
namespace {

// "review this" says nothing without the diff below it, and the words of a diff say the wrong thing: they are about
// its subject. So the paste is read for what it is (prompt/parts.h), and what is mostly wanted of it stands in for it.
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
    if (part.kind != prompt::PartKind::said) lines += 1 + std::ranges::count(text, '\n');
  }
  return lines;
}

bool says(const Tables& tables, const Prompt& prompt, std::string_view wanted) {
  return std::ranges::any_of(prompt.found.hits, [&](const PatternHit& hit) {
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

// The answer to what the person says together with what people mostly want of such a paste. Null: more is said than a
// few words, nothing is, it asks for a fact from the paste only, or what is pasted is not known.
std::unique_ptr<Answer> answer_about_paste(const Tables& tables, const Query& query, const Prompt& whole) {
  const std::string said = said_in(whole);
  const auto words = std::ranges::count_if(whole.words, [](const PromptWord& word) {
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

// True for a sentence that says this, is no small errand, and is not far from all that the library serves.
bool is_plaint(const Tables& tables, const Answer& answer, std::string_view wanted) {
  const Signals& talk = answer.signals;
  if (talk.called + talk.errand + talk.definition != 0 || answer.order.empty()) return false;
  const std::int32_t said = points(talk) + doubt_of_many_words(talk);  // a symptom seldom sounds like work
  if (talk.taught && said < std::int64_t{answer.marks.offer} + out_of_reach) return false;
  return says(tables, answer.prompt, wanted);
}

// Offers the page for finding causes if the answer offers nothing, and what it has first, whatever its points.
void offer_mending(const Tables& tables, const Query& query, Answer& answer) {
  constexpr std::string_view mending = "find the cause of this bug in production and fix it";
  if (answer.decision != Decision::silence) return;
  Query cause = query;
  cause.text = mending;
  const Answer page(tables, cause);
  if (page.decision == Decision::silence) return;
  const std::uint32_t entry = page.order.front().entry;
  std::vector<Ranked>& order = answer.order;
  std::erase_if(order, [&](const Ranked& ranked) { return ranked.entry == entry; });
  const bool alone = order.empty();
  order.insert(order.begin() + (alone ? 0 : 1), Ranked{entry, (alone ? page.order : order).front().score});
  answer.decision = Decision::offer;
  answer.rule = rules::symptom;
  answer.only_offer();
}

constexpr std::size_t most_asks = 4, fewest_words = 3, longest_follow_up = 25, most_sentences = 200;

std::string_view trimmed(std::string_view text) {
  const auto stands_before = [](char c) { return letters::is_space(c) || c == ',' || c == '-'; };
  return letters::trim(text.substr(letters::run_at_begin(text, stands_before).size()));
}

std::size_t words_in(std::string_view text) {
  std::size_t words = 0;
  for (std::size_t i = 0; i < text.size(); ++i)
    words += !letters::is_space(text[i]) && (i == 0 || letters::is_space(text[i - 1])) ? 1 : 0;
  return words;
}

// "can you please help me with the login test" -> "the login test".
std::string_view without_courtesy(std::string_view text) {
  const auto is_between = [](char c) { return letters::is_space(c) || c == ',' || c == '!'; };
  bool courteous = false;
  std::string_view rest = text;
  while (!rest.empty()) {
    const std::string_view word = letters::run_at_begin(rest, [&](char c) { return !is_between(c); });
    const bool of_courtesy = letters::is_one_of_lower(word, ask_words::courtesies);
    if (!of_courtesy && !letters::is_one_of_lower(word, ask_words::joining)) break;
    courteous = courteous || of_courtesy;
    rest.remove_prefix(word.size());
    rest.remove_prefix(letters::run_at_begin(rest, is_between).size());
  }
  return courteous ? trimmed(rest) : text;
}

// "in apps/billing (ts, pnpm monorepo): make it faster" -> "make it faster".
std::string_view without_place(std::string_view text) {
  const std::size_t colon = text.find(": ");
  if (colon == std::string_view::npos || colon > 160) return text;
  const std::string_view head = text.substr(0, colon);
  return head.find_first_of("/(\\@.`") == std::string_view::npos ? text : trimmed(text.substr(colon + 1));
}

// The end of the sentence that begins at `at`, behind its mark.
std::size_t sentence_end(std::string_view text, std::size_t at) {
  for (std::size_t i = at; i < text.size(); ++i) {
    const char c = text[i], next = i + 1 < text.size() ? text[i + 1] : '\n';
    if (c == '\n') return i + 1;
    if ((c == '.' || c == '?' || c == '!' || c == ';') && letters::is_space(next)) return i + 1;
    if (static_cast<unsigned char>(c) == 0xE3 && text.substr(i, 3) == "\xE3\x80\x82") return i + 3;  // 。
  }
  return text.size();
}

void add_asks(std::string_view text, std::string_view whole, std::vector<std::string_view>& asks) {
  for (std::size_t at = 0; at < text.size() && asks.size() < most_sentences;) {
    const std::size_t end = sentence_end(text, at);
    const std::string_view ask = without_courtesy(without_place(trimmed(text.substr(at, end - at))));
    const bool refuses = letters::is_one_of_lower(ask.substr(0, ask.find(' ')), {"don't", "dont", "never"}) ||
                         letters::starts_with_lower(ask, "do not ");  // what is ruled out is not asked for
    if (ask != whole && words_in(ask) >= fewest_words && !refuses) asks.push_back(ask);
    at = end;
  }
}

std::size_t said_words(std::string_view text, const std::vector<prompt::Part>& parts) {
  std::size_t words = 0;
  for (const prompt::Part& part : parts)
    if (part.kind == prompt::PartKind::said) words += words_in(text.substr(part.begin, part.end - part.begin));
  return words;
}

std::int32_t beyond(const Answer& answer, Caution caution) {
  return answer.order.empty() ? -100'000 : points(answer.signals) - thresholds(answer.signals, caution).offer;
}

bool is_surer(const Answer& one, const Answer& than, Caution caution) {
  if (one.decision != than.decision) return one.decision < than.decision;
  return beyond(one, caution) > beyond(than, caution);
}

// What says nothing alone may be offered something with the request before it, never loaded: half is of another turn.
std::unique_ptr<Answer> followed_up(const Tables& tables, const Query& query, std::unique_ptr<Answer> alone) {
  auto answer = answer_to(tables, query, std::string(query.before) + "\n" + std::string(query.text));
  if (answer->decision == Decision::silence || answer->prompt.harness) return alone;
  answer->only_offer();
  return answer;
}

std::uint32_t first_of(const Answer& answer) { return answer.order.empty() ? none : answer.order.front().entry; }

// How much a sentence sounds like a person's rather than a program's: words by which people speak of themselves and to
// others, and questions, less words with digits or marks within.
int personal(std::string_view text) {
  int sum = text.find('?') != std::string_view::npos ? 3 : 0;
  for (std::size_t at = 0, end = 0; at < text.size(); at = end + 1) {
    std::string_view word = letters::run_at_begin(text.substr(at), [](char c) { return !letters::is_space(c); });
    end = at + word.size();
    word = word.substr(0, word.find_last_not_of(".,;:!?)") + 1);
    if (letters::is_one_of_lower(word, ask_words::people)) sum += 2;
    if (word.find_first_of("0123456789=[]{}<>#|") != std::string_view::npos) --sum;
  }
  return sum;
}

// What surrounds a paste may be of it: sentences at the edges of the prompt decide, where one says enough.
bool is_better_beside_paste(const Answer& one, bool at_edge, const Answer& than, bool than_at_edge, Caution caution) {
  if (one.decision == Decision::silence || at_edge == than_at_edge) return is_surer(one, than, caution);
  return at_edge && (first_of(one) != first_of(than) || is_surer(one, than, caution));
}

// Puts the entry behind the first, as nearly even. Of two that may be meant none is loaded.
void name_second(std::uint32_t entry, Answer& answer) {
  if (entry == none || answer.decision == Decision::silence || first_of(answer) == entry) return;
  const std::uint32_t score = answer.order.front().score;
  std::erase_if(answer.order, [&](const Ranked& ranked) { return ranked.entry == entry; });
  answer.order.insert(answer.order.begin() + 1, Ranked{entry, score});
  answer.only_offer();
}

// "make CI faster": few and plain words, but a task.
void offer_plain_wish(Answer& answer) {
  if (!answer.signals.taught || answer.decision != Decision::silence) return;
  answer.decision = Decision::offer;
  answer.rule = rules::wish;
  answer.only_offer();
}

// Whoever writes without full stops thanks in the same sentence: what follows at the end, and at the beginning what
// stands before the next mark, belongs to the thanks. The dictionary has put other languages' thanks into English.
constexpr std::size_t longest = 9;            // words
constexpr std::ptrdiff_t fewest_besides = 3;  // the same

class Thanks {
 public:
  explicit Thanks(Prompt& prompt) : prompt_(prompt), words_(prompt.words) {}

  void drop() {
    for (std::size_t at = 0; at < words_.size(); ++at) {
      if (!thanks(at)) continue;
      if (words_.size() - at <= longest && says_enough(0, at)) return take_out(at, words_.size());
      const std::size_t end = next_mark(at);
      if (at < fewest_besides && end < longest && says_enough(end, words_.size())) {
        take_out(0, end);
        at = 0;
      }
    }
  }

 private:
  std::string_view text_of(std::size_t at) const {
    return at < words_.size() ? prompt_.text.substr(words_[at].offset, words_[at].length) : std::string_view();
  }
  bool is_in(std::size_t at, std::span<const std::string_view> list) const {
    return letters::is_one_of_lower(text_of(at), list);
  }

  // "a thank you page", "thank our donors" and "broken thanks to the update" are none.
  bool thanks(std::size_t at) const {
    const PromptWord& word = words_[at];
    if (word.stem != thank_ || word.pasted || word.origin == Origin::part || !word.counts) return false;
    if (at != 0 && is_in(at - 1, thanks_words::before)) return false;
    if (letters::equals_lower(text_of(at), "thank")) return is_in(at + 1, thanks_words::asked);
    if (letters::equals_lower(text_of(at + 1), "to")) return is_in(at + 2, thanks_words::persons);
    return !is_in(at + 1, thanks_words::whom);
  }

  bool says_enough(std::size_t begin, std::size_t end) const {
    const auto content = [](const PromptWord& word) {
      return word.counts && !word.pasted && !word.foreign && word.word_class != WordClass::function;
    };
    return std::ranges::count_if(std::span(words_).subspan(begin, end - begin), content) >= fewest_besides;
  }

  std::size_t next_mark(std::size_t at) const {
    std::size_t end = at + 1;
    while (end < words_.size() && words_[end].before < Break::clause) ++end;
    return end;
  }

  void take_out(std::size_t begin, std::size_t end) {
    words_.erase(words_.begin() + static_cast<std::ptrdiff_t>(begin),
                 words_.begin() + static_cast<std::ptrdiff_t>(end));
  }

  Prompt& prompt_;
  std::vector<PromptWord>& words_;
  const std::uint32_t thank_ = hash_of("thank");
};

}  // namespace

std::vector<std::string_view> asks_in(std::string_view text, const std::vector<prompt::Part>& parts) {
  std::vector<std::string_view> asks;
  for (const prompt::Part& part : parts)
    if (part.kind == prompt::PartKind::said)
      add_asks(text.substr(part.begin, part.end - part.begin), trimmed(text), asks);
  // The request is mostly at the end, else at the beginning.
  std::ranges::reverse(asks);
  if (asks.size() > most_asks) asks.erase(asks.begin() + most_asks - 1, asks.end() - 1);
  return asks;
}

bool is_long(std::string_view text) {
  constexpr std::size_t fewest = 45;
  if (text.size() < 2 * fewest) return false;
  const std::vector<prompt::Part> parts = prompt::read_parts(text);
  return said_words(text, parts) >= fewest;
}

bool is_brief(std::string_view text, const std::vector<prompt::Part>& parts) {
  constexpr std::size_t fewest = 90;
  return said_words(text, parts) >= fewest;
}

std::unique_ptr<Answer> best_answer(const Tables& tables, const Query& query, bool english) {
  auto best = std::make_unique<Answer>(tables, query, Standing{0, english});
  const Prompt& whole = best->prompt;
  const bool beside_paste = whole.parts.size() > 1 && best->signals.called == 0;
  if (whole.harness || (best->decision == Decision::load && !beside_paste) || is_brief(query.text, whole.parts))
    return best;
  const bool whole_english = whole.english;
  constexpr std::int32_t aside = 80;      // against any sentence but the last
  const Mentions named = whole.mentions;  // what is refused in one sentence is refused in all
  Query rest = query;
  for (const std::uint32_t entry : named.refused) rest.hidden.push_back(ManifestId{tables.entries[entry].manifest});
  std::ranges::sort(rest.hidden);
  const auto asks = asks_in(query.text, std::vector(whole.parts));
  const bool symptom = !beside_paste && is_plaint(tables, *best, "@@symptom");
  const bool speed = best->signals.taught && is_plaint(tables, *best, "@@speed");
  auto about = beside_paste ? answer_about_paste(tables, rest, whole) : nullptr;
  bool best_at_edge = false;
  // What the whole says may come from the paste, or from the name of the place that the request begins with.
  const bool placed = without_place(trimmed(query.text)) != trimmed(query.text);
  if ((beside_paste || placed) && !asks.empty() && best->decision != Decision::silence) {
    best->only_offer();
    best->marks.offer += aside;
    if (beyond(*best, query.caution) < aside && best->signals.called == 0) best->decision = Decision::silence;
  }
  std::uint32_t other = none;  // what the other edge asks for
  const int below = beside_paste && !asks.empty() ? personal(asks.front()) : 0;
  const int above = beside_paste && !asks.empty() ? personal(asks.back()) : 0;
  for (std::size_t i = 0; i < asks.size(); ++i) {
    const bool at_edge = beside_paste ? (i == 0 && below >= above) || (i + 1 == asks.size() && above >= below) : i == 0;
    Query part = rest;
    part.text = asks[i];
    const std::uint32_t against = at_edge ? 0 : beside_paste ? 2 * aside : aside;
    auto answer = std::make_unique<Answer>(tables, part, Standing{against, whole_english});
    if (beside_paste && !at_edge) answer->only_offer();
    const bool at_either = beside_paste && (i == 0 || i + 1 == asks.size()) && answer->decision != Decision::silence;
    if (at_either && other == none) other = first_of(*answer);
    if (!(beside_paste ? is_better_beside_paste(*answer, at_edge, *best, best_at_edge, query.caution)
                       : is_surer(*answer, *best, query.caution)))
      continue;
    if (at_either && best->decision != Decision::silence && first_of(*best) != first_of(*answer))
      other = first_of(*best);
    best = std::move(answer);
    best_at_edge = at_edge;
  }
  if (beside_paste) name_second(other, *best);
  if (about != nullptr && best->decision != Decision::load) {
    const std::uint32_t by_words = best->decision == Decision::silence ? none : first_of(*best);
    if (beyond(*best, query.caution) >= 0 && first_of(*best) != first_of(*about)) about->only_offer();
    best = std::move(about);
    name_second(by_words, *best);
  }
  if (speed) offer_plain_wish(*best);
  if (symptom && best->decision != Decision::load) offer_mending(tables, rest, *best);
  if (best->decision == Decision::silence && !query.before.empty() && words_in(query.text) <= longest_follow_up)
    best = followed_up(tables, rest, std::move(best));
  best->prompt.mentions = named;
  return best;
}

Prompt read_request(const Tables& tables, std::string_view text, bool english) {
  Prompt prompt = read_prompt(tables, text, english);
  Thanks(prompt).drop();
  return prompt;
}

}  // namespace cascade::route
