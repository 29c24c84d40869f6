// Walks through the words of a prompt and emits for each its stem, a pair with the word directly before it, unordered
// pairs with the last few content words of the sentence, and rows of four letters, which related words share even
// where their stems differ. Concepts, the length and the marks of the prompt follow. The features are then sorted and
// kept once each: repetition adds nothing.
#include "route/answer/features.h"

#include <algorithm>
#include <iterator>
#include <map>

#include "route/vocabulary.h"
#include "text/ascii.h"
#include "unicode/utf8.h"

namespace cascade::route {
namespace {

constexpr std::uint32_t least_strength = 300;  // of a concept, per mille
constexpr std::size_t window = 4;              // the last content words that a new word is paired with
constexpr std::size_t gram_letters = 4;

// Collects every feature, unsorted and with repetitions.
struct Sink {
  Features features;
  std::map<std::uint32_t, std::string>* texts = nullptr;  // by hash; null: not wanted

  void word(FeatureKind kind, std::uint32_t text_hash, std::string_view text) {
    const std::uint32_t hash = feature_hash(kind, text_hash);
    features.words.push_back(hash);
    if (texts != nullptr) texts->emplace(hash, text);
  }
  void gram(FeatureKind kind, std::string_view text) {
    const std::uint32_t hash = feature_hash(kind, text);
    features.grams.push_back(hash);
    if (texts != nullptr) texts->emplace(hash, text);
  }
};

// True for scripts without spaces between words or without stems here: their letters take three bytes or more.
bool is_wide(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return static_cast<unsigned char>(c) >= 0xE0; });
}

class Reader {
 public:
  Reader(const Prompt& prompt, Sink& sink) : prompt_(prompt), sink_(sink) {}

  void run() {
    std::uint32_t sentence = 0;
    for (const PromptWord& word : prompt_.words) {
      if (!word.counts || (word.pasted && prompt_.says_enough)) continue;
      if (!word.foreign) ++words_;
      if (word.before == Break::sentence || word.sentence != sentence) start_anew();
      sentence = word.sentence;
      const std::string_view text = prompt_.text.substr(word.offset, word.length);
      if (word.translated) {
        sink_.word(FeatureKind::word, word.stem, word.english);
        pairs(word);
        continue;
      }
      if (word.foreign) continue;
      sink_.word(FeatureKind::word, word.stem, text);
      pairs(word);
      if (!word.number && !is_wide(text)) letter_rows(text);
    }
    shape();
  }

 private:
  void start_anew() {
    before_ = 0;
    near_.clear();
  }

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

  // Puts marks around the word and notes where each character begins, and the end.
  void mark_characters(std::string_view text) {
    marked_.assign("_");
    for (const char c : text) marked_ += letters::to_lower(c);
    marked_ += '_';
    starts_.clear();
    for (std::size_t at = 0; at < marked_.size(); at += unicode::decode(marked_, at).length) starts_.push_back(at);
    starts_.push_back(marked_.size());
  }

  // A word of up to four characters with its marks would be one row, the word itself, which is a feature already.
  void letter_rows(std::string_view text) {
    mark_characters(text);
    if (starts_.size() - 1 <= gram_letters) return;  // the whole word
    for (std::size_t i = 0; i + gram_letters < starts_.size(); ++i)
      sink_.gram(FeatureKind::gram,
                 std::string_view(marked_).substr(starts_[i], starts_[i + gram_letters] - starts_[i]));
  }

  // In what the person says, if that is enough, without the breaks around it.
  bool says(char c) const {
    if (prompt_.parts.size() < 2 || !prompt_.says_enough) return prompt_.text.find(c) != std::string_view::npos;
    for (const prompt::Part& part : prompt_.parts) {
      if (part.kind != prompt::PartKind::said) continue;
      std::string_view text = prompt_.text.substr(part.begin, part.end - part.begin);
      while (!text.empty() && letters::is_space(text.back())) text.remove_suffix(1);
      while (!text.empty() && letters::is_space(text.front())) text.remove_prefix(1);
      if (text.find(c) != std::string_view::npos) return true;
    }
    return false;
  }

  void shape() {
    constexpr std::uint32_t few[] = {3, 6, 10, 20, 40};
    std::uint32_t size = 0;
    while (size < 5 && words_ > few[size]) ++size;
    const auto mark = [&](std::string_view name) { sink_.word(FeatureKind::shape, hash_of(name), name); };
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
    sink.word(FeatureKind::concept_name, hash_of(name), name);
  }
}

template <typename T>
void sort_once(std::vector<T>& list) {
  std::sort(list.begin(), list.end());
  list.erase(std::unique(list.begin(), list.end()), list.end());
}

void fill(const Tables& tables, const Prompt& prompt, const Scorer& scorer, Sink& sink) {
  Reader(prompt, sink).run();
  concepts(tables, scorer, sink);
  sort_once(sink.features.words);
  sort_once(sink.features.grams);
  sort_once(sink.features.pairs);
}

}  // namespace

Features features_of(const Tables& tables, const Prompt& prompt, const Scorer& scorer) {
  Sink sink;
  fill(tables, prompt, scorer, sink);
  return std::move(sink.features);
}

// Both are sorted, so one pass over each is enough.
Features shared(const Features& a, const Features& b) {
  Features both;
  const auto meet = [](const auto& one, const auto& other, auto& out) {
    std::set_intersection(one.begin(), one.end(), other.begin(), other.end(), std::back_inserter(out));
  };
  meet(a.words, b.words, both.words);
  meet(a.grams, b.grams, both.grams);
  meet(a.pairs, b.pairs, both.pairs);
  return both;
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
