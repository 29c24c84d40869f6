#include "route/counting.h"

#include <algorithm>

#include "route/words.h"

namespace cascade::route {
namespace {

constexpr std::size_t description_limit = 2000, body_limit = 64 * 1024, heading_limit = 120, phrase_limit = 24;
constexpr std::size_t longest_word = 40, shortest_family = 60;

bool all_digits(std::string_view word) {
  return std::all_of(word.begin(), word.end(), [](char c) { return c >= '0' && c <= '9'; });
}

// The name without its plugin: "tdd-workflows:tdd-red" -> "tdd-red". What stands before the last ":" is the plugin's
// only when the manifest has one.
std::string_view own_name(const ManifestView& view) {
  std::string_view name = view.name;
  if (!view.plugin.empty() && name.size() > view.plugin.size() && name.substr(0, view.plugin.size()) == view.plugin &&
      name[view.plugin.size()] == ':')
    name.remove_prefix(view.plugin.size() + 1);
  return name;
}

template <typename T>
std::uint32_t count_of(const T& table) {
  return static_cast<std::uint32_t>(table.size());
}

}  // namespace

Boilerplate::Boilerplate(Span<std::uint32_t> lines, Span<std::uint64_t> descriptions)
    : lines_(lines), descriptions_(descriptions), may_have_(1 << 14) {
  for (const std::uint32_t hash : lines) may_have_[hash % may_have_.size()] = 1;
}

bool Boilerplate::has_line(std::uint32_t hash) const noexcept {
  return may_have_[hash % (1 << 14)] != 0 && std::binary_search(lines_.begin(), lines_.end(), hash);
}

bool Boilerplate::has_description(std::uint64_t hash) const noexcept {
  return std::binary_search(descriptions_.begin(), descriptions_.end(), hash);
}

Counter::Counter(const Registry& registry, Vocabulary& vocabulary, const LexiconTable& lexicon,
                 const Boilerplate& boilerplate)
    : registry_(registry),
      vocabulary_(vocabulary),
      lexicon_(lexicon),
      boilerplate_(boilerplate),
      matcher_(lexicon.patterns),
      concepts_(lexicon.concepts.size) {}

// The word's number, and a note that this source has it.
std::uint32_t Counter::use(std::string_view text) {
  const std::uint32_t word = vocabulary_.word(text);
  if (word >= words_.size()) words_.resize(std::max<std::size_t>(vocabulary_.words(), words_.size() * 2));
  if (words_[word].source != source_) {
    words_[word] = {0, source_, 0};
    used_.push_back(word);
  }
  return word;
}

void Counter::add(Field field, std::string_view text, bool expresses) {
  const auto f = static_cast<std::size_t>(field);
  text_.clear();
  std::uint32_t sentence = 0, whole = no_sign;
  const auto sign_of = [&](std::uint32_t word) {
    const std::uint32_t term = vocabulary_.term_of(word);
    return term < lexicon_.terms.size ? lexicon_.terms[term].sign : no_sign;
  };
  WordReader reader(text);
  for (Word word; reader.next(word);) {
    if (word.text.size() > longest_word) continue;
    const std::uint32_t number = use(word.text);
    FieldCounts& counts = words_[number].counts;
    if (count_in(counts, f) < 255 && !all_digits(word.text)) counts += one_in(field);
    if (word.whole) {
      whole = expresses ? sign_of(number) : no_sign;
    } else {
      ++lengths_[f];
    }
    if (!expresses || word.whole) continue;
    if (word.before >= Break::sentence) ++sentence;
    text_.add(sign_of(number), whole, sentence);
    whole = no_sign;
  }
  if (expresses) express(field);
}

// Names and "is" phrases say it plainly; what people say is weaker evidence about a manifest, hints are none.
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
    if (std::all_of(counts.begin(), counts.end(), [](std::uint8_t n) { return n == 0; }))
      expressed_.push_back(pattern.concept_id);
    counts[f] = static_cast<std::uint8_t>(std::min(12, counts[f] + (tie == Tie::is ? 4 : 2)));
  }
}

std::vector<std::uint32_t> Counter::read_phrase(std::string_view text) {
  std::vector<std::uint32_t> words;
  WordReader reader(text);
  for (Word word; words.size() < phrase_limit && reader.next(word);)
    if (!word.whole) words.push_back(use(word.text));
  return words;
}

void Counter::add_phrase(const std::vector<std::uint32_t>& words, NotesData& notes) const {
  notes.phrases.push_back(static_cast<std::uint8_t>(words.size()));
  notes.phrase_words.insert(notes.phrase_words.end(), words.begin(), words.end());
}

// A name that has the same terms as one before says nothing more.
void Counter::add_names(const Source& source, NotesData& notes) {
  const ManifestView view = registry_[source.id];
  std::vector<std::vector<std::uint32_t>> before;
  const auto terms_of = [&](const std::vector<std::uint32_t>& words) {
    std::vector<std::uint32_t> terms;
    for (const std::uint32_t word : words) terms.push_back(vocabulary_.term_of(word));
    return terms;
  };
  const std::string_view title = view.title.empty() ? own_name(view) : view.title;
  add(Field::name, title, true);
  const std::vector<std::uint32_t> words_of_title = read_phrase(title);
  add_phrase(words_of_title, notes);
  before.push_back(terms_of(words_of_title));
  const auto add_other = [&](std::string_view name) {
    const std::vector<std::uint32_t> words = read_phrase(name);
    std::vector<std::uint32_t> terms = terms_of(words);
    if (terms.empty() || std::find(before.begin(), before.end(), terms) != before.end()) return;
    add(Field::headings, name, false);
    add_phrase(words, notes);
    before.push_back(std::move(terms));
  };
  add_other(own_name(view));
  for (const std::string_view alias : registry_.aliases(source.id)) add_other(alias);
  if (!view.plugin.empty()) add(Field::headings, view.plugin, true);
  for (const std::string_view key : domain_keys)
    if (const auto value = registry_.field(source.id, key)) add(Field::headings, *value, true);
}

// The body without lines that many share or that say nothing, as far as it is counted.
std::string_view Counter::own_lines(const Source& source) {
  body_.clear();
  for (const Line& line : source.lines) {
    if (body_.size() >= body_limit) break;
    if (line.hash == 0 || boilerplate_.has_line(line.hash)) continue;
    const std::string_view text = source.line(line);
    if (text.substr(0, 2) == "/*") continue;
    body_.append(text);
    body_ += '\n';
  }
  return std::string_view(body_).substr(0, body_limit);
}

void Counter::count(const Source& source, const std::vector<std::string_view>& referrers, NotedSource& noted,
                    NotesData& notes) {
  ++source_;
  lengths_ = {};
  noted.phrases.begin = count_of(notes.phrases);
  noted.phrase_words.begin = count_of(notes.phrase_words);
  add_names(source, notes);
  noted.name_phrases = count_of(notes.phrases) - noted.phrases.begin;
  for (const std::string& phrase : source.phrases) {
    add(Field::triggers, phrase, true);
    add_phrase(read_phrase(phrase), notes);
  }
  const bool common = boilerplate_.has_description(noted.description);
  const std::string_view description = common ? std::string_view() : source.description;
  noted.family = description.size() > shortest_family ? hash::hash64(description) : 0;
  add(Field::description, description.substr(0, description_limit), true);
  add(Field::situation, source.situation, true);
  for (const std::string_view heading : source.headings)
    if (!boilerplate_.has_line(fold_line(heading))) add(Field::headings, heading.substr(0, heading_limit), true);
  add(Field::body, own_lines(source), false);
  for (const std::string_view line : referrers) add(Field::referrers, line, false);
  for (const std::string& example : source.examples) add(Field::examples, example, false);
  keep(noted, notes);
  noted.phrases.count = count_of(notes.phrases) - noted.phrases.begin;
  noted.phrase_words.count = count_of(notes.phrase_words) - noted.phrase_words.begin;
}

void Counter::keep(NotedSource& noted, NotesData& notes) {
  noted.lengths = lengths_;
  noted.uses = {count_of(notes.uses), count_of(used_)};
  noted.mixed.begin = count_of(notes.mixed);
  for (const std::uint32_t word : used_) {
    const FieldCounts counts = words_[word].counts;
    const std::uint32_t in_body = count_in(counts, static_cast<std::size_t>(Field::body));
    const bool nowhere_else = counts == one_in(Field::body) * in_body;
    notes.uses.push_back(word << 8 | (nowhere_else ? in_body : 0));
    if (!nowhere_else || in_body == 0) notes.mixed.push_back(counts);
  }
  noted.mixed.count = count_of(notes.mixed) - noted.mixed.begin;
  used_.clear();
  std::sort(expressed_.begin(), expressed_.end());
  noted.concepts = {count_of(notes.concepts), count_of(expressed_)};
  for (const std::uint32_t id : expressed_) {
    notes.concepts.push_back({id, concepts_[id]});
    concepts_[id] = {};
  }
  expressed_.clear();
}

}  // namespace cascade::route
