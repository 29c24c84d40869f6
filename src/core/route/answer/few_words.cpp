// "Flaky test": two words sum up to few points. So a heading or an order of nothing but words that the manifest says of
// itself counts by how much of its name it is, and one that begins with a trigger as if it were the name.
#include "needs/message.h"
#include "route/answer/answer.h"

namespace cascade::route {
namespace {

namespace roles = needs::roles;

constexpr std::uint32_t in_name = 1, in_itself = 7;  // a posting's bits for the name; with triggers and description

bool has_word(const Scorer& scorer, const PromptWord& word, std::uint32_t entry, std::uint32_t fields) {
  const Posting* const posting = word.term == none ? nullptr : scorer.posting_of(word.term, entry);
  return posting != nullptr && (posting->mask() & fields) != 0;
}

// "Make slides" names a matter, "run the tests" a thing at hand. `light`: its verb says nothing by itself.
bool asks_for_a_matter(const Prompt& prompt, const Scorer& scorer, std::uint32_t entry, bool light) {
  const needs::Message message(prompt.text, prompt.parts, "en");
  const std::vector<needs::Marks> marks = needs::marks_of(message);
  if (std::ranges::any_of(marks, [](const auto& word) { return word.code || word.number || word.quoted; }))
    return false;
  const std::vector<needs::Piece> pieces = needs::pieces_of(message, marks, "en");
  if (pieces.size() != 1 || message.has({0, marks.size()}, roles::finite | roles::subject)) return false;
  const needs::Piece& piece = pieces.front();
  const bool orders = piece.speech == needs::Speech::order && piece.act != needs::no_word;
  if (orders && !light)
    return std::ranges::any_of(prompt.words, [&](const PromptWord& word) {
      const needs::Word& act = message[piece.act];
      return word.offset >= act.begin && word.offset < act.end && has_word(scorer, word, entry, in_name);
    });
  return (orders || piece.speech == needs::Speech::fragment) &&
         !message.has({0, marks.size()}, roles::determiner | roles::pointing);
}

bool begins_with_order(const Prompt& prompt) {
  const needs::Message message(prompt.text, prompt.parts, "en");
  const std::vector<needs::Piece> pieces = needs::pieces_of(message, needs::marks_of(message), "en");
  return !pieces.empty() && pieces.front().speech == needs::Speech::order;
}

// "Add dark mode to our web app": an order that begins with a whole trigger, word for word.
bool begins_with_trigger(const Tables& tables, const Prompt& prompt, std::uint32_t entry) {
  constexpr std::size_t fewest = 3;
  std::vector<std::uint32_t> said;
  for (const PromptWord& word : prompt.words)
    if (word.counts && !word.pasted && word.word_class != WordClass::function &&
        !needs::has_role("en", letters::to_lower(prompt.text.substr(word.offset, word.length)), roles::politeness))
      said.push_back(word.term);
  const Span<PhraseRecord> phrases = tables.read(tables.phrases, tables.entries[entry].phrases);
  return std::ranges::any_of(phrases, [&](const PhraseRecord& phrase) {
    if (phrase.of_name != 0 || phrase.words.count < fewest) return false;
    std::size_t met = 0;
    for (const PhraseWord& word : tables.read(tables.phrase_words, phrase.words)) {
      if (tables.class_of(word.term) == WordClass::function) continue;
      if (met == said.size() || said[met++] != word.term) return false;
    }
    return met >= fewest && begins_with_order(prompt);
  });
}

}  // namespace

std::uint32_t named_in_few_words(const Tables& tables, const Prompt& prompt, const Scorer& scorer,
                                 std::uint32_t entry) {
  constexpr std::size_t fewest = 2, most = 5, whole = 1000;
  if (!prompt.english || prompt.parts.size() > 1 || prompt.sentences > 1) return 0;
  if (begins_with_trigger(tables, prompt, entry)) return whole;
  std::size_t own = 0;
  bool light = false;
  for (const PromptWord& word : prompt.words) {
    if (!word.counts || word.word_class == WordClass::function) continue;
    const std::string text = letters::to_lower(prompt.text.substr(word.offset, word.length));
    if (own == 0 && !light && needs::has_role("en", text, roles::light)) {
      light = true;
    } else if (!needs::has_role("en", text, roles::politeness)) {
      if (++own > most || word.pasted || !has_word(scorer, word, entry, in_itself)) return 0;
    }
  }
  if (own == 0 || own + (light ? 1 : 0) < fewest || !asks_for_a_matter(prompt, scorer, entry, light)) return 0;
  std::uint32_t share = 0;
  for (const PhraseRecord& phrase : tables.read(tables.phrases, tables.entries[entry].phrases))
    if (phrase.of_name != 0) share = std::max(share, scorer.covered(phrase).share);
  return share;
}

}  // namespace cascade::route
