// In fields that say what a manifest is for, words are also matched with the lexicon's phrases, and the concepts found
// are counted like words. Bodies are only counted: they are long, and mention many things that a manifest is not about.
#include "route/build/counting.h"

namespace cascade::route {
namespace {

constexpr std::size_t description_limit = 2000, body_limit = 64 * 1024, heading_limit = 120, phrase_limit = 24;
constexpr std::size_t longest_word = 40, shortest_family = 60;

bool all_digits(std::string_view word) { return std::ranges::all_of(word, letters::is_digit); }

// Without its plugin: "tdd-workflows:tdd-red" -> "tdd-red", if that is the name of the manifest's plugin.
std::string_view own_name(const ManifestView& view) {
  const std::size_t size = view.plugin.size();
  const bool prefixed = size != 0 && view.name.size() > size && view.name.starts_with(view.plugin);
  return prefixed && view.name[size] == ':' ? view.name.substr(size + 1) : view.name;
}

}  // namespace

Boilerplate::Boilerplate(Span<std::uint32_t> lines, Span<std::uint64_t> descriptions)
    : descriptions_(descriptions), lines_(lines.size) {
  for (const std::uint32_t hash : lines) lines_.add(hash);
}

bool Boilerplate::has_description(std::uint64_t hash) const noexcept {
  return std::ranges::binary_search(descriptions_, hash);
}

Counter::Counter(const Registry& registry, Vocabulary& vocabulary, const LexiconTable& lexicon,
                 const Boilerplate& boilerplate)
    : registry_(registry),
      vocabulary_(vocabulary),
      lexicon_(lexicon),
      boilerplate_(boilerplate),
      matcher_(lexicon.patterns, lexicon.classes),
      words_(vocabulary),
      concepts_(lexicon.concepts.size) {}

// Counts stop at 255: more would not change a weight. Numbers are not counted: they tell no source from another.
void Counter::count_word(Field field, WordCounts::Counted& word, bool digits) {
  if (!digits && count_in(word.counts, static_cast<std::size_t>(field)) < 255) word.counts += one_in(field);
}

void Counter::count_words(Field field, const char* begin, const char* end, const char* text_end) {
  std::uint32_t& length = lengths_[static_cast<std::size_t>(field)];
  each_word<false>(
      begin, end, text_end,
      [&](const PlainWord& word, bool) {
        count_word(field, words_.use(word.bytes), word.digits);
        ++length;
      },
      [&](const Word& word) {
        if (word.text.size() > longest_word) return;
        count_word(field, words_.use(word.text), all_digits(word.text));
        length += word.whole ? 0 : 1;
      });
}

void Counter::add(Field field, std::string_view text) {
  count_words(field, text.data(), text.data() + text.size(), text.data() + text.size());
}

// The lexicon's number of a word, kept by the vocabulary's number; words come in ascending order of their first use.
std::uint32_t Counter::sign_of(std::uint32_t word) {
  while (signs_.size() <= word) {
    const std::uint32_t term = vocabulary_.term_of(static_cast<std::uint32_t>(signs_.size()));
    signs_.push_back(term < lexicon_.signs.size ? lexicon_.signs[term] : no_sign);
  }
  return signs_[word];
}

void Counter::add_and_express(Field field, std::string_view text) {
  std::uint32_t& length = lengths_[static_cast<std::size_t>(field)];
  text_.clear();
  std::uint32_t sentence = 0, whole = no_sign;
  const auto place = [&](std::uint32_t sign, bool begins_sentence) {
    sentence += begins_sentence ? 1 : 0;
    text_.push_back({sign, whole, sentence});
    whole = no_sign;
    ++length;
  };
  const char* const end = text.data() + text.size();
  each_word<true>(
      text.data(), end, end,
      [&](const PlainWord& word, bool begins_sentence) {
        WordCounts::Counted& counted = words_.use(word.bytes);
        count_word(field, counted, word.digits);
        place(sign_of(counted.number), begins_sentence);
      },
      [&](const Word& word) {
        if (word.text.size() > longest_word) return;
        WordCounts::Counted& counted = words_.use(word.text);
        count_word(field, counted, all_digits(word.text));
        if (word.pair)
          ++length;
        else if (word.whole)
          whole = sign_of(counted.number);
        else
          place(sign_of(counted.number), word.before == Break::sentence);
      });
  express(field);
}

// An "is" phrase counts twice as much as one that people say of the concept; hints are no evidence about a manifest.
void Counter::express(Field field) {
  const auto f = static_cast<std::size_t>(field);
  matcher_.match(text_, hits_);
  for (const PatternHit& hit : hits_.hits) {
    const PatternRecord& pattern = lexicon_.patterns.patterns[hit.pattern];
    const auto tie = static_cast<Tie>(pattern.tie);
    const ConceptRecord& of = lexicon_.concepts[pattern.concept_id];
    if (tie == Tie::hints || of.term == none) continue;
    if (field != Field::name && of.of_siblings != 0) continue;
    auto& counts = concepts_[pattern.concept_id];
    if (std::ranges::all_of(counts, [](std::uint8_t n) { return n == 0; })) expressed_.push_back(pattern.concept_id);
    counts[f] = static_cast<std::uint8_t>(std::min(12, counts[f] + (tie == Tie::is ? 4 : 2)));
  }
}

std::vector<std::uint32_t> Counter::read_phrase(std::string_view text) {
  std::vector<std::uint32_t> words;
  WordReader reader(text);
  for (Word word; words.size() < phrase_limit && reader.next(word);)
    if (!word.whole && !word.pair) words.push_back(words_.use(word.text).number);
  return words;
}

void Counter::add_phrase(const std::vector<std::uint32_t>& words, NotesData& notes) const {
  notes.phrases.push_back(static_cast<std::uint8_t>(words.size()));
  notes.phrase_words.insert(notes.phrase_words.end(), words.begin(), words.end());
}

// A name with the same terms as an earlier one is skipped.
void Counter::add_names(const Source& source, NotesData& notes) {
  const ManifestView view = registry_[source.id];
  std::vector<std::vector<std::uint32_t>> before;
  const auto terms_of = [&](const std::vector<std::uint32_t>& words) {
    std::vector<std::uint32_t> terms;
    for (const std::uint32_t word : words) terms.push_back(vocabulary_.term_of(word));
    return terms;
  };
  const std::string_view title = view.title.empty() ? own_name(view) : view.title;
  add_and_express(Field::name, title);
  const std::vector<std::uint32_t> words_of_title = read_phrase(title);
  add_phrase(words_of_title, notes);
  before.push_back(terms_of(words_of_title));
  const auto add_other = [&](std::string_view name) {
    const std::vector<std::uint32_t> words = read_phrase(name);
    std::vector<std::uint32_t> terms = terms_of(words);
    if (terms.empty() || std::ranges::find(before, terms) != before.end()) return;
    add(Field::headings, name);
    add_phrase(words, notes);
    before.push_back(std::move(terms));
  };
  add_other(own_name(view));
  for (const std::string_view alias : registry_.aliases(source.id)) add_other(alias);
  if (!view.plugin.empty()) add_and_express(Field::headings, view.plugin);
  for (const std::string_view key : domain_keys)
    if (const auto value = registry_.field(source.id, key)) add_and_express(Field::headings, *value);
}

// Counts the body up to its limit, without empty lines and lines that many share. No word crosses the end of a line.
void Counter::add_body(const Source& source) {
  const char* const text_end = source.text.text.data() + source.text.text.size();
  std::size_t left = body_limit;
  for (auto line = source.lines.begin(); line != source.lines.end() && left > 0; ++line) {
    if (line->hash == 0 || boilerplate_.has_line(line->hash)) continue;
    const std::string_view text = source.line(*line);
    if (text.substr(0, 2) == "/*") continue;
    if (text.size() > left) return add(Field::body, text.substr(0, left));
    const char* const end = text.data() + text.size();
    const bool is_whole = end != text_end && *end == '\n';  // text may follow a section's last line directly
    count_words(Field::body, text.data(), end, is_whole ? text_end : end);
    left -= std::min(left, text.size() + 1);
  }
}

void Counter::count(const Source& source, const std::vector<std::string_view>& referrers, NotedSource& noted,
                    NotesData& notes) {
  words_.begin_source();
  lengths_ = {};
  noted.phrases.begin = count_of(notes.phrases);
  noted.phrase_words.begin = count_of(notes.phrase_words);
  add_names(source, notes);
  noted.name_phrases = static_cast<std::uint16_t>(count_of(notes.phrases) - noted.phrases.begin);
  noted.lessons = static_cast<std::uint16_t>(std::min<std::size_t>(source.lessons, 0xffff));
  for (const std::string& phrase : source.phrases) {
    add_and_express(Field::triggers, phrase);
    add_phrase(read_phrase(phrase), notes);
  }
  const bool common = boilerplate_.has_description(noted.description);
  const std::string_view description = common ? std::string_view() : source.description;
  noted.family = description.size() > shortest_family ? hash::hash64(description) : 0;
  add_and_express(Field::description, description.substr(0, description_limit));
  add_and_express(Field::situation, source.situation);
  for (std::size_t i = 0; i < source.headings.size(); ++i)
    if (!boilerplate_.has_line(source.heading_hashes[i]))
      add_and_express(Field::headings, source.headings[i].substr(0, heading_limit));
  add_body(source);
  for (const std::string_view line : referrers) add(Field::referrers, line);
  for (const std::string& example : source.examples) add(Field::examples, example);
  keep(noted, notes);
  noted.phrases.count = count_of(notes.phrases) - noted.phrases.begin;
  noted.phrase_words.count = count_of(notes.phrase_words) - noted.phrase_words.begin;
}

// Words that are only in the body take one number (word and count). The others point to the counts of all fields.
void Counter::keep(NotedSource& noted, NotesData& notes) {
  noted.lengths = lengths_;
  noted.uses = {count_of(notes.uses), count_of(words_.of_source())};
  noted.mixed.begin = count_of(notes.mixed);
  for (const std::uint32_t place : words_.of_source()) {
    const WordCounts::Counted& word = words_[place];
    const std::uint32_t in_body = count_in(word.counts, static_cast<std::size_t>(Field::body));
    const bool nowhere_else = word.counts == one_in(Field::body) * in_body;
    notes.uses.push_back(word.number << 8 | (nowhere_else ? in_body : 0));
    if (!nowhere_else || in_body == 0) append_counts(word.counts, notes.mixed);
  }
  noted.mixed.count = count_of(notes.mixed) - noted.mixed.begin;
  std::ranges::sort(expressed_);
  noted.concepts = {count_of(notes.concepts), count_of(expressed_)};
  for (const std::uint32_t id : expressed_) {
    notes.concepts.push_back({id, concepts_[id]});
    concepts_[id] = {};
  }
  expressed_.clear();
}

void WordCounts::begin_source() {
  ++source_;
  used_count_ = 0;
}

WordCounts::Counted& WordCounts::use(std::string_view word) {
  if (word.size() <= 16) return use(bytes_of(word));
  const WordBytes bytes{vocabulary_.word(word), ~std::uint64_t{0}};
  const std::uint32_t slot = slots_[slot_of(bytes)];
  return used(slot != 0 ? slot - 1 : add(bytes, static_cast<std::uint32_t>(bytes.low)));
}

WordCounts::Counted& WordCounts::use_new(WordBytes word) { return used(add(word, vocabulary_.word(WordText(word)))); }

std::uint32_t WordCounts::add(WordBytes word, std::uint32_t number) {
  const auto place = static_cast<std::uint32_t>(words_.size());
  slots_[slot_of(word)] = place + 1;
  words_.push_back({word, 0, 0, number});
  used_.resize(words_.size() + 1);
  if (words_.size() * 2 > slots_.size()) {
    slots_.assign(slots_.size() * 2, 0);
    for (std::uint32_t i = 0; i <= place; ++i) slots_[slot_of(words_[i].bytes)] = i + 1;
  }
  return place;
}

}  // namespace cascade::route
