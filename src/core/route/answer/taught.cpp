// An entry's score from the library's own words is halved for each bit that its class is behind the best. Where that
// class is of a kind that was not asked for, the words alone decide: beside the skill that answers, agents are nothing.
#include "route/answer/answer.h"

#include <map>

#include "text/names.h"
#include "unicode/utf8.h"

namespace cascade::route {
namespace {

// The penalty, in 64ths of a bit, of an agent without lessons next to skills with lessons: it is reached through them.
constexpr std::int32_t agents_behind = 192;
constexpr std::uint32_t least_share = 20;        // an entry without a matching word counts as a twentieth of the best
constexpr std::uint32_t unspoken_score = 1'000;  // when no word matches any entry
constexpr std::uint32_t called = 1'000'000;      // entries called by name score this or more; lessons leave them alone

// score * 2^(-bits / 64).
std::uint32_t halved(std::uint64_t score, std::uint32_t bits) {
  constexpr std::array<std::uint32_t, 6> roots{46341, 55109, 60097,
                                               62757, 64132, 64830};  // 2^16 / 2^(1/2), 2^(1/4) ...
  if (bits >= 64 * 20) return 0;
  for (std::uint32_t i = 0, bit = 32; bit != 0; ++i, bit /= 2)
    if ((bits & bit) != 0) score = score * roots[i] >> 16;
  return static_cast<std::uint32_t>(score >> bits / 64);
}

// Rows of four letters are features too: related words share them even where their stems differ.
constexpr std::uint32_t least_strength = 300;  // of a concept, per mille
constexpr std::size_t window = 4;              // the last content words that a new word is paired with
constexpr std::size_t gram_letters = 4;

struct Sink {
  Features features;
  std::map<std::uint32_t, std::string>* texts = nullptr;  // by hash; null: not wanted

  void add(FeatureKind kind, std::uint32_t text_hash, std::string_view text) {
    const std::uint32_t hash = feature_hash(kind, text_hash);
    (kind == FeatureKind::gram ? features.grams : features.words).push_back(hash);
    if (texts != nullptr) texts->emplace(hash, text);
  }
};

// True for scripts without spaces between words or without stems here: their letters take three bytes or more.
bool is_wide(std::string_view word) {
  return std::ranges::any_of(word, [](char c) { return static_cast<unsigned char>(c) >= 0xE0; });
}

class Reader {
 public:
  Reader(const Prompt& prompt, Sink& sink) : prompt_(prompt), sink_(sink) {}

  void run() {
    std::uint32_t sentence = 0;
    for (const PromptWord& word : prompt_.words) {
      if (!word.counts || (word.pasted && prompt_.says_enough)) continue;
      if (!word.foreign) ++words_;
      if (word.before == Break::sentence || word.sentence != sentence) {
        before_ = 0;
        near_.clear();
      }
      sentence = word.sentence;
      if (word.foreign) continue;
      const std::string_view text = word.translated ? word.english : prompt_.text.substr(word.offset, word.length);
      sink_.add(FeatureKind::word, word.stem, text);
      pairs(word);
      if (!word.translated && !word.number && !is_wide(text)) letter_rows(text);
    }
    shape();
  }

 private:
  // Function words pair only with their neighbours, because a translation drops them.
  void pairs(const PromptWord& word) {
    const std::uint32_t stem = word.stem;
    sink_.features.pairs.push_back({before_, stem, true});
    before_ = stem;
    if (word.word_class == WordClass::function) return;
    for (const std::uint32_t other : near_)
      if (other != stem) sink_.features.pairs.push_back({std::min(other, stem), std::max(other, stem), false});
    near_.push_back(stem);
    if (near_.size() > window) near_.erase(near_.begin());
  }

  // A word of up to four characters with its marks would be one row, the word itself, which is a feature already.
  void letter_rows(std::string_view text) {
    marked_.assign("_");
    for (const char c : text) marked_ += letters::to_lower(c);
    marked_ += '_';
    starts_.clear();
    for (std::size_t at = 0; at < marked_.size(); at += unicode::decode(marked_, at).length) starts_.push_back(at);
    starts_.push_back(marked_.size());
    if (starts_.size() - 1 <= gram_letters) return;  // the whole word
    for (std::size_t i = 0; i + gram_letters < starts_.size(); ++i) {
      const std::string_view gram =
          std::string_view(marked_).substr(starts_[i], starts_[i + gram_letters] - starts_[i]);
      sink_.add(FeatureKind::gram, hash_of(gram), gram);
    }
  }

  // In what the person says, if that is enough, without the breaks around it.
  bool says(char c) const {
    if (prompt_.parts.size() < 2 || !prompt_.says_enough) return prompt_.text.find(c) != std::string_view::npos;
    return std::ranges::any_of(prompt_.parts, [&](const prompt::Part& part) {
      const std::string_view text = letters::trim(prompt_.text.substr(part.begin, part.end - part.begin));
      return part.kind == prompt::PartKind::said && text.find(c) != std::string_view::npos;
    });
  }

  void shape() {
    constexpr std::uint32_t few[] = {3, 6, 10, 20, 40};
    std::uint32_t size = 0;
    while (size < 5 && words_ > few[size]) ++size;
    const auto mark = [&](std::string_view name) { sink_.add(FeatureKind::shape, hash_of(name), name); };
    constexpr std::string_view lengths[] = {"at most 3 words",  "at most 6 words",  "at most 10 words",
                                            "at most 20 words", "at most 40 words", "more than 40 words"};
    mark(lengths[size]);
    if (says('?')) mark("a question mark");
    if (says('\n')) mark("several lines");
  }

  const Prompt& prompt_;
  Sink& sink_;
  std::uint32_t before_ = 0;         // the stem of the previous word in this sentence
  std::vector<std::uint32_t> near_;  // the stems of the last content words
  std::string marked_;
  std::vector<std::size_t> starts_;
  std::uint32_t words_ = 0;
};

void concepts(const Tables& tables, const Scorer& scorer, Sink& sink) {
  for (std::uint32_t id = 0; id < tables.concepts.size; ++id) {
    if (scorer.concept_strength(id) < least_strength) continue;
    const std::string_view name = tables.read(tables.concepts[id].text);
    if (name.substr(0, 2) == "@@") continue;  // what is told apart by the code
    sink.add(FeatureKind::concept_name, hash_of(name), name);
  }
}

void fill(const Tables& tables, const Prompt& prompt, const Scorer& scorer, Sink& sink) {
  Reader(prompt, sink).run();
  concepts(tables, scorer, sink);
  letters::sort_once(sink.features.words);
  letters::sort_once(sink.features.grams);
  letters::sort_once(sink.features.pairs);
}

}  // namespace

Taught::Taught(const Tables& tables, const Learned& learned, const Prompt& prompt, const Scorer& scorer,
               const std::vector<Kind>& kinds)
    : tables_(tables) {
  if (learned.empty()) return;
  features_ = features_of(tables, prompt, scorer);
  scores_.emplace(learned, features_);
  const auto best_of = [&](auto&& counts) {
    std::int32_t best = -1'000'000;
    for (std::uint32_t c = 0; c < scores_->size(); ++c)
      if (counts(c)) best = std::max(best, scores_->of(c));
    return best;
  };
  const auto everyday = [&](std::uint32_t c) { return c < learned.nones && learned.name(c) == "none everyday"; };
  nothing_ = best_of([&](std::uint32_t c) { return c < learned.nones; });
  idle_ = best_of([&](std::uint32_t c) { return c < learned.nones && !everyday(c); });
  work_ = best_of([&](std::uint32_t c) { return c >= learned.manifests || everyday(c); });
  requests_ = best_of([&](std::uint32_t c) { return c >= learned.manifests; });
  best_ = -1'000'000;
  std::int32_t best_asked = best_;
  for (const EntryRecord& entry : tables.entries) {
    if (entry.learned == 0 || entry.learned >= scores_->size()) continue;
    const bool is_asked = kinds.empty() || std::ranges::find(kinds, static_cast<Kind>(entry.kind)) != kinds.end();
    best_ = std::max(best_, scores_->of(entry.learned));
    if (is_asked) best_asked = std::max(best_asked, scores_->of(entry.learned));
  }
  taught_ = best_ != -1'000'000 && best_ == best_asked;
  if (!taught_) best_ = work_;
}

std::int32_t Taught::of(std::uint32_t entry) const {
  const std::uint32_t c = tables_.entries[entry].learned;
  if (!scores_ || (c != 0 && c >= scores_->size())) return 0;
  if (c != 0) return scores_->of(c) - best_;
  const bool agent = static_cast<Kind>(tables_.entries[entry].kind) == Kind::agent;
  return std::min(nothing_ - best_, 0) - (agent ? agents_behind : 0);
}

std::int32_t Taught::ahead(std::uint32_t entry) const {
  std::int32_t next = -1'000'000;
  for (std::uint32_t e = 0; e < tables_.entries.size; ++e)
    if (e != entry && tables_.entries[e].learned != 0) next = std::max(next, of(e));
  return of(entry) - next;
}

void Taught::combine(std::vector<Ranked>& order) {
  if (!taught_) return;
  std::uint32_t top = 0;
  std::vector<std::uint8_t> seen(tables_.entries.size, 0);
  for (const Ranked& ranked : order) {
    seen[ranked.entry] = 1;
    if (ranked.score < called) top = std::max(top, ranked.score);
  }
  best_before_ = top;
  const std::uint32_t least = std::max<std::uint32_t>(top == 0 ? unspoken_score : top / least_share, 1);
  for (Ranked& ranked : order) {
    if (ranked.score >= called) continue;
    const bool taught = tables_.entries[ranked.entry].learned != 0;
    const std::uint32_t score = taught ? std::max(ranked.score, least) : ranked.score;
    ranked.score = halved(score, static_cast<std::uint32_t>(-of(ranked.entry)));
  }
  for (std::uint32_t e = 0; e < tables_.entries.size; ++e)
    if (tables_.entries[e].learned != 0 && seen[e] == 0)
      if (const std::uint32_t score = halved(least, static_cast<std::uint32_t>(-of(e))); score != 0)
        order.push_back({e, score});
  std::erase_if(order, [](const Ranked& ranked) { return ranked.score == 0; });
  std::ranges::sort(order, is_better);
}

Features features_of(const Tables& tables, const Prompt& prompt, const Scorer& scorer) {
  Sink sink;
  fill(tables, prompt, scorer, sink);
  return std::move(sink.features);
}

std::vector<std::string> feature_texts(const Tables& tables, const Prompt& prompt, const Scorer& scorer,
                                       const Features& features) {
  std::map<std::uint32_t, std::string> by_hash;
  Sink sink;
  sink.texts = &by_hash;
  fill(tables, prompt, scorer, sink);
  std::vector<std::string> texts;
  for (const std::uint32_t hash : features.words) texts.push_back(by_hash[hash]);
  const auto stem = [&](std::uint32_t hash) { return by_hash[feature_hash(FeatureKind::word, hash)]; };
  for (const WordPair& pair : features.pairs)
    texts.push_back(pair.first == 0 ? "… " + stem(pair.second)
                                    : stem(pair.first) + (pair.in_order ? " " : " … ") + stem(pair.second));
  for (const std::uint32_t hash : features.grams) texts.push_back("“" + by_hash[hash] + "”");
  return texts;
}

}  // namespace cascade::route
