// Reads the text as the router reads a prompt and turns each word into terms. Facts and prompts go through the same
// reader, so a fact and a prompt that say the same have the same keys.
#include "facts/terms.h"

#include <algorithm>
#include <string>

#include "facts/asking.h"
#include "route/answer/prompt.h"
#include "route/records.h"
#include "text/ascii.h"
#include "text/word_set.h"

namespace cascade::recall {
namespace {

using route::PromptWord;

std::uint32_t hex_number(std::string_view digits) noexcept {
  std::uint32_t value = 0;
  for (const char digit : digits) value = value << 4 | static_cast<std::uint32_t>(letters::hex_value(digit));
  return value;
}

// True for a concept about the prompt itself rather than its subject.
bool is_about_prompt(std::string_view name) { return !name.empty() && name.front() == '@'; }

// "does netlify have make targets?", but not "do we have make targets?". What is said at length is no such question.
bool asks_about_others(std::string_view text) {
  constexpr std::size_t most = 40;
  constexpr std::string_view turned = "\xC2\xBF";  // of Spanish, before a question
  bool asks = false;
  std::size_t words = 0;
  bool opens = false;  // before a question word only what joins it may stand: "from what amount"
  route::WordReader reader(text);
  for (route::Word word; reader.next(word);) {
    std::string_view said = word.text;
    if (said.starts_with(turned)) said.remove_prefix(turned.size());
    if (++words > most || letters::is_one_of(said, asking::ours)) return false;
    opens = opens || word.before == route::Break::sentence;
    asks = asks || (opens && letters::is_one_of(said, asking::questions));
    opens = opens && letters::is_one_of(said, asking::before_question);
  }
  return asks || text.ends_with('?');
}

// "does mozilla", "in the rails tutorial", "chez amazon", "google's".
bool is_party(std::string_view text, const PromptWord& word) {
  if (text.substr(std::min<std::size_t>(word.offset + word.length, text.size())).starts_with("'s")) return true;
  for (std::string_view before = letters::trim(text.substr(0, word.offset)); !before.empty();) {
    const std::size_t begin = before.find_last_of(" \t\n") + 1;
    const std::string_view said = before.substr(begin);
    if (letters::is_one_of(said, asking::before_party)) return true;
    if (!letters::is_one_of(said, asking::articles)) return false;
    before = letters::trim(before.substr(0, begin));
  }
  return false;
}

class TermReader {
 public:
  TermReader(const route::Tables& tables, std::string_view text)
      : tables_(tables), prompt_(route::read_prompt(tables, text)) {}

  Reading read() {
    reading_.from_host = prompt_.harness;
    reading_.asks = asks_about_others(prompt_.text);
    for (const PromptWord& word : prompt_.words)
      if (word.counts) add(word);
    add_phrases();
    add_concepts();
    std::stable_sort(reading_.terms.begin(), reading_.terms.end(),
                     [](const Term& a, const Term& b) { return a.position < b.position; });
    return std::move(reading_);
  }

 private:
  // Keys are hashes of texts and not numbers of the lexicon, so that facts stored with one lexicon are found with the
  // next.
  std::uint32_t key_of(const PromptWord& word) const {
    return word.term == route::none ? word.stem : route::hash_of(tables_.read(tables_.terms[word.term].text));
  }
  // Keeps the word as written: facts may be in that language too, and names are the same in all languages.
  void add_foreign(const PromptWord& word) {
    const std::string written = letters::to_lower(prompt_.text.substr(word.offset, word.length));
    constexpr std::size_t least = 4;  // bytes; shorter words are mostly function words
    if (written.size() < least) return;
    reading_.terms.push_back(
        {.key = route::hash_of(stemmer_.stem(written)), .position = word.position, .kind = TermKind::foreign});
  }

  void add(const PromptWord& word) {
    if (word.foreign) return add_foreign(word);
    Term term;
    term.position = word.position;
    term.word_class = static_cast<std::uint8_t>(word.word_class);
    term.weight = word.weight;
    term.is_party = reading_.asks && is_party(prompt_.text, word);
    const std::string written = letters::to_lower(prompt_.text.substr(word.offset, word.length));
    if (word.number) {
      term.number = true;
      if (written.size() == 1) term.weight = 400;  // a single digit occurs anywhere
      term.key = route::hash_of("#" + written);
    } else if (word.origin == route::Origin::repaired) {
      // The lexicon may have mistaken a name for a misspelling: the word keeps its own stem, and the correction is a
      // guess.
      term.key = route::hash_of(stemmer_.stem(written));
      term.word_class = static_cast<std::uint8_t>(route::WordClass::special);
      Term guess = term;
      guess.kind = TermKind::guess;
      guess.key = key_of(word);
      reading_.terms.push_back(guess);
      if (!reading_.terms.empty() && last_position_ == word.position) return;
    } else {
      term.key = key_of(word);
    }
    last_position_ = word.position;
    if (word.word_class == route::WordClass::function) return;
    ++reading_.words;
    reading_.terms.push_back(term);
    add_hints(word);
  }

  void add_hints(const PromptWord& word) {
    if (word.number || word.term >= tables_.associations_by_term.size) return;
    for (const route::Association& to : tables_.read(tables_.associations, tables_.associations_by_term[word.term])) {
      if (to.concept_id >= tables_.concepts.size) continue;
      const std::string_view name = tables_.read(tables_.concepts[to.concept_id].text);
      if (is_about_prompt(name)) continue;
      reading_.terms.push_back({.key = route::hash_of("concept " + std::string(name)),
                                .position = word.position,
                                .kind = TermKind::hint,
                                .weight = static_cast<std::uint16_t>(to.weight)});
    }
  }

  // Adds two or three adjacent words, and two with a function word between them: "roll out", "roll this out".
  void add_phrases() {
    const PromptWord *last = nullptr, *before = nullptr;
    for (const PromptWord& word : prompt_.words) {
      if (!word.counts) continue;
      if (last != nullptr) add_phrase(last->position, phrase_key(last->stem, word.stem));
      if (before != nullptr) add_phrase(before->position, phrase_key(phrase_key(before->stem, last->stem), word.stem));
      if (before != nullptr && last->word_class == route::WordClass::function)
        add_phrase(before->position, phrase_key(before->stem, word.stem));
      before = last;
      last = &word;
    }
  }

  void add_phrase(std::uint32_t position, std::uint32_t key) {
    reading_.terms.push_back({.key = key, .position = position, .kind = TermKind::phrase});
  }

  void add_concepts() {
    for (const route::PatternHit& hit : prompt_.found.hits) {
      const route::PatternRecord& pattern = tables_.patterns.patterns[hit.pattern];
      if (pattern.concept_id >= tables_.concepts.size) continue;
      const std::string_view name = tables_.read(tables_.concepts[pattern.concept_id].text);
      if (is_about_prompt(name)) continue;
      Term term;
      term.kind = TermKind::lexicon;
      term.position = hit.position;
      term.key = route::hash_of("concept " + std::string(name));
      term.weight = pattern.tie == static_cast<std::uint8_t>(route::Tie::hints)  ? 400
                    : pattern.tie == static_cast<std::uint8_t>(route::Tie::says) ? 1000
                                                                                 : 800;
      reading_.terms.push_back(term);
    }
  }

  const route::Tables& tables_;
  route::Prompt prompt_;
  route::Stemmer stemmer_;
  Reading reading_;
  std::uint32_t last_position_ = route::none;
};

bool stands_before(const TopicWord& a, const TopicWord& b) {
  return a.stem != b.stem ? a.stem < b.stem : a.topic != b.topic ? a.topic < b.topic : a.asks < b.asks;
}

// Adds the words of `row`, which comes without the topic's name.
void add_words(std::string_view row, std::uint32_t topic, std::uint32_t synonym, route::Stemmer& stemmer,
               std::vector<TopicWord>& words) {
  std::uint32_t asks = 0;
  letters::each_word(row, [&](std::string_view word) {
    if (word == "|")
      asks = 1;
    else
      words.push_back({key_of(word, stemmer), topic, asks, synonym});
  });
}

}  // namespace

// For the words of topics, which are written in the source: "_" and "-" join the parts of a phrase.
std::uint32_t key_of(std::string_view word, route::Stemmer& stemmer) {
  std::uint32_t key = 0;
  for (std::size_t begin = 0; begin < word.size();) {
    const std::size_t end = std::min(word.find_first_of("_-", begin), word.size());
    const std::string_view part = word.substr(begin, end - begin);
    const bool is_number = std::all_of(part.begin(), part.end(), letters::is_digit);
    const std::uint32_t stem = route::hash_of(is_number ? "#" + std::string(part) : stemmer.stem(part));
    key = begin == 0 ? stem : phrase_key(key, stem);
    begin = end + 1;
  }
  return key;
}

std::uint32_t usual_count(std::uint32_t key) noexcept {
  return hex_number(find_row(term_frequencies(), frequency_row, key));
}

std::string_view find_row(std::string_view rows, std::size_t row, std::uint32_t key) noexcept {
  std::size_t from = 0, to = rows.size() / row;
  while (from < to) {
    const std::size_t middle = from + (to - from) / 2;
    const std::string_view here = rows.substr(middle * row, row);
    const std::uint32_t found = hex_number(here.substr(0, key_digits));
    if (found == key) return here.substr(key_digits);
    (found < key ? from : to) = found < key ? middle + 1 : middle;
  }
  return {};
}

Reading read_terms(const route::Tables& tables, std::string_view text) { return TermReader(tables, text).read(); }

// Topics: the subjects that people of a project write facts about. A row: the topic's name; the words that mark a fact
// as being about it; after the bar, words that only ask for it, because they occur in too many facts ("who", "slow").
// "a_b" is two adjacent words. Data, general to the trade: no words of any organisation.

std::vector<TopicWord> topic_words() {
  std::vector<TopicWord> words;
  route::Stemmer stemmer;
  for (const std::span<const std::string_view> rows : {topic_rows(), task_rows()})
    for (const std::string_view row : rows) {
      const std::size_t named = row.find(' ');
      add_words(row.substr(named + 1), route::hash_of("topic " + std::string(row.substr(0, named))), 0, stemmer, words);
    }
  for (const std::span<const std::string_view> rows :
       {synonym_rows(), profession_rows(), product_rows(), everyday_rows(), family_rows()})
    for (const std::string_view row : rows)
      add_words(row, route::hash_of("synonyms " + std::string(row)), 1, stemmer, words);
  std::sort(words.begin(), words.end(), stands_before);
  words.erase(
      std::unique(words.begin(), words.end(),
                  [](const TopicWord& a, const TopicWord& b) { return a.stem == b.stem && a.topic == b.topic; }),
      words.end());
  return words;
}

}  // namespace cascade::recall
