#include "route/counting.h"

#include <algorithm>

#include "route/words.h"

namespace cascade::route {
namespace {

constexpr std::uint8_t most = 255;
constexpr std::size_t description_limit = 2000, body_limit = 64 * 1024;

bool all_digits(std::string_view word) { return word.find_first_not_of("0123456789") == std::string_view::npos; }

// The name without its plugin: "tdd-workflows:tdd-red" -> "tdd-red". What stands before the last ":" is the plugin's
// only when the manifest has one.
std::string_view own_name(const ManifestView& view) {
  std::string_view name = view.name;
  if (!view.plugin.empty() && name.size() > view.plugin.size() && name.substr(0, view.plugin.size()) == view.plugin &&
      name[view.plugin.size()] == ':')
    name.remove_prefix(view.plugin.size() + 1);
  return name;
}

}  // namespace

Counter::Counter(Vocabulary& vocabulary, const Lexicon& lexicon)
    : vocabulary_(vocabulary), lexicon_(lexicon), tables_(lexicon.tables()), matcher_(tables_) {
  for (std::uint32_t sign = 0; sign < lexicon.sign_terms.size(); ++sign) {
    const std::uint32_t term = lexicon.sign_terms[sign];
    if (term == none) continue;
    if (term >= sign_of_.size()) sign_of_.resize(term + 1, no_sign);
    sign_of_[term] = sign;
  }
  for (const std::string& name : lexicon.concepts)
    concept_terms_.push_back(name.empty() || name[0] == '@' ? none : vocabulary.of_stem("#" + name));
  concept_counts_.resize(lexicon.concepts.size());
}

void Counter::add(Field field, std::string_view text, bool expresses) {
  const auto f = static_cast<std::size_t>(field);
  text_.clear();
  std::uint32_t sentence = 0, whole = no_sign;
  WordReader reader(text);
  for (Word word; reader.next(word);) {
    if (word.text.size() > 40) continue;
    const std::uint32_t term = vocabulary_.of_word(word.text);
    if (term >= counts_.size()) counts_.resize(std::max<std::size_t>(term + 1, counts_.size() * 2));
    auto& counts = counts_[term];
    if (!all_digits(word.text)) {
      if (std::all_of(counts.begin(), counts.end(), [](std::uint8_t n) { return n == 0; })) touched_.push_back(term);
      if (counts[f] < most) ++counts[f];
    }
    if (word.whole) {
      whole = term < sign_of_.size() ? sign_of_[term] : no_sign;
    } else {
      ++lengths_[f];
    }
    if (!expresses || word.whole) continue;
    if (word.before >= Break::sentence) ++sentence;
    text_.add(term < sign_of_.size() ? sign_of_[term] : no_sign, whole, sentence);
    whole = no_sign;
  }
  if (expresses) express(field);
}

// Names and "is" phrases say it plainly; what people say is weaker evidence about a manifest, hints are none.
void Counter::express(Field field) {
  const auto f = static_cast<std::size_t>(field);
  matcher_.match(text_, hits_);
  for (const PatternHit& hit : hits_.hits) {
    const PatternRecord& pattern = lexicon_.patterns[hit.pattern];
    const auto tie = static_cast<Tie>(pattern.tie);
    if (tie == Tie::hints || concept_terms_[pattern.concept_id] == none) continue;
    if (field != Field::name && lexicon_.concepts[pattern.concept_id][0] == '+') continue;
    auto& counts = concept_counts_[pattern.concept_id];
    if (std::all_of(counts.begin(), counts.end(), [](std::uint8_t n) { return n == 0; }))
      touched_concepts_.push_back(pattern.concept_id);
    counts[f] = static_cast<std::uint8_t>(std::min(12, counts[f] + (tie == Tie::is ? 4 : 2)));
  }
}

std::vector<std::uint32_t> Counter::phrase_terms(std::string_view text) {
  std::vector<std::uint32_t> terms;
  WordReader reader(text);
  for (Word word; reader.next(word) && terms.size() < 24;)
    if (!word.whole) terms.push_back(vocabulary_.of_word(word.text));
  return terms;
}

void Counter::add_names(const Registry& registry, const Source& source, CountedEntry& entry) {
  const ManifestView view = registry[source.id];
  const std::string_view title = view.title.empty() ? own_name(view) : view.title;
  add(Field::name, title, true);
  entry.phrases.push_back(phrase_terms(title));
  const auto add_other = [&](std::string_view name) {
    std::vector<std::uint32_t> terms = phrase_terms(name);
    if (terms.empty() || std::find(entry.phrases.begin(), entry.phrases.end(), terms) != entry.phrases.end()) return;
    add(Field::headings, name, false);
    entry.phrases.push_back(std::move(terms));
  };
  add_other(own_name(view));
  for (const std::string_view alias : registry.aliases(source.id)) add_other(alias);
  entry.name_phrases = entry.phrases.size();
  if (!view.plugin.empty()) add(Field::headings, view.plugin, true);
  for (const std::string_view key : {"metadata.cascade-domain", "category", "metadata.category", "domain"})
    if (const auto value = registry.field(source.id, key)) add(Field::headings, *value, true);
}

CountedEntry Counter::count(const Registry& registry, const Source& source) {
  CountedEntry entry;
  lengths_ = {};
  add_names(registry, source, entry);
  for (const std::string& phrase : source.phrases) {
    add(Field::triggers, phrase, true);
    entry.phrases.push_back(phrase_terms(phrase));
  }
  add(Field::description, std::string_view(source.description).substr(0, description_limit), true);
  add(Field::situation, source.situation, true);
  for (const std::string_view heading : source.headings) add(Field::headings, heading.substr(0, 120), true);
  add(Field::body, std::string_view(source.body).substr(0, body_limit), false);
  for (const std::string& line : source.referrers) add(Field::referrers, line, false);
  for (const std::string& example : source.examples) add(Field::examples, example, false);
  entry.lengths = lengths_;
  std::sort(touched_.begin(), touched_.end());
  for (const std::uint32_t term : touched_) {
    entry.terms.push_back({term, counts_[term]});
    counts_[term] = {};
  }
  touched_.clear();
  std::sort(touched_concepts_.begin(), touched_concepts_.end());
  for (const std::uint32_t id : touched_concepts_) {
    entry.concepts.push_back({concept_terms_[id], concept_counts_[id]});
    concept_counts_[id] = {};
  }
  touched_concepts_.clear();
  return entry;
}

}  // namespace cascade::route
