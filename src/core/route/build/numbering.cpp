// Copies the records of all parts into one run of notes, in the order of the sources, and gives each word that is not
// the lexicon's the next number when it is first used. So the numbers depend only on the sources, and not on which of
// them were counted anew or by which thread. The list of words for repair is merged from the earlier one and the new
// words, since sorting only the new words is much quicker.
#include "route/build/numbering.h"

#include <algorithm>

#include "route/records.h"
#include "route/repair.h"

namespace cascade::route {
namespace {

// Appends a part's records.
template <typename T, typename F>
Slice append(std::vector<T>& to, const Span<T>& from, Slice slice, F&& changed) {
  const Slice at{static_cast<std::uint32_t>(to.size()), slice.count};
  to.resize(to.size() + slice.count);
  std::transform(from.begin() + slice.begin, from.begin() + slice.begin + slice.count, to.begin() + at.begin, changed);
  return at;
}

template <typename T>
Slice append(std::vector<T>& to, const Span<T>& from, Slice slice) {
  const Slice at{static_cast<std::uint32_t>(to.size()), slice.count};
  to.insert(to.end(), from.begin() + slice.begin, from.begin() + slice.begin + slice.count);
  return at;
}

class Join {
 public:
  Join(const Vocabulary& vocabulary, const LexiconTable& lexicon)
      : vocabulary_(vocabulary),
        lexicon_(lexicon),
        new_words_(vocabulary.words(), none),
        new_terms_(vocabulary.size(), none) {
    for (std::uint32_t w = 0; w < lexicon.word_ends.size; ++w) new_words_[w] = w;
    for (std::uint32_t t = 0; t < lexicon.terms.size; ++t) new_terms_[t] = t;
    out_.lexicon_terms = static_cast<std::uint32_t>(lexicon.terms.size);
    out_.terms_of_words.assign(lexicon.terms_of_words.begin(), lexicon.terms_of_words.end());
  }

  void reserve(const std::vector<NotedPart>& parts) {
    const auto total = [&](Slice NotedSource::*slice) {
      std::size_t count = 0;
      for (const NotedPart& part : parts) count += (part.source->*slice).count;
      return count;
    };
    out_.sources.reserve(parts.size());
    out_.uses.reserve(total(&NotedSource::uses));
    out_.mixed.reserve(total(&NotedSource::mixed));
    out_.concepts.reserve(total(&NotedSource::concepts));
    out_.lines.reserve(total(&NotedSource::lines));
    out_.links.reserve(total(&NotedSource::links));
    out_.phrases.reserve(total(&NotedSource::phrases));
    out_.phrase_words.reserve(total(&NotedSource::phrase_words));
  }

  void add(const NotedPart& part) {
    const Notes& from = *part.notes;
    NotedSource source = *part.source;
    source.uses =
        append(out_.uses, from.uses, source.uses, [&](WordUse use) { return number(use >> 8) << 8 | (use & 0xff); });
    source.mixed = append(out_.mixed, from.mixed, source.mixed);
    source.concepts = append(out_.concepts, from.concepts, source.concepts);
    source.lines = append(out_.lines, from.lines, source.lines);
    source.links = append(out_.links, from.links, source.links);
    source.phrases = append(out_.phrases, from.phrases, source.phrases);
    source.phrase_words = append(out_.phrase_words, from.phrase_words, source.phrase_words,
                                 [&](std::uint32_t word) { return number(word); });
    out_.sources.push_back(source);
  }

  // Also lists the words that a misspelt one may mean, by bucket and text. The first `listed` words are in `by_text`.
  Joined finish(const Span<std::uint32_t>& by_text, std::uint32_t listed) {
    write_texts();
    std::vector<Sorted> fresh;
    for (std::uint32_t w = listed; w < vocabulary_.words(); ++w)
      if (const std::uint32_t bucket = repair_bucket(vocabulary_.spelling(w)); bucket != none && new_words_[w] != none)
        fresh.push_back({sort_key(bucket, vocabulary_.spelling(w)), vocabulary_.spelling(w), new_words_[w]});
    std::sort(fresh.begin(), fresh.end(), before);
    std::vector<std::uint32_t>& all = out_.by_text;
    all.reserve(by_text.size + fresh.size());
    const std::uint32_t* at = by_text.begin();
    for (const Sorted& word : fresh) {
      const std::uint32_t* const next = std::lower_bound(
          at, by_text.end(), word, [&](std::uint32_t w, const Sorted& wanted) { return before(sorted(w), wanted); });
      for (; at != next; ++at) keep(*at);
      all.push_back(word.number);
    }
    for (; at != by_text.end(); ++at) keep(*at);
    return {std::move(out_), std::move(new_terms_)};
  }

 private:
  // The key is the bucket, then a text's bytes after the first: most comparisons need no more.
  struct Sorted {
    std::uint64_t key = 0;
    std::string_view text;
    std::uint32_t number = 0;
  };
  static std::uint64_t sort_key(std::uint32_t bucket, std::string_view text) {
    std::uint64_t key = bucket;
    for (std::size_t i = 1; i < 7; ++i) key = key << 8 | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0);
    return key;
  }
  static bool before(const Sorted& a, const Sorted& b) { return a.key != b.key ? a.key < b.key : a.text < b.text; }
  Sorted sorted(std::uint32_t word) const {
    const std::string_view text = vocabulary_.spelling(word);
    return {sort_key(repair_bucket(text), text), text, word};
  }

  void keep(std::uint32_t word) {
    if (new_words_[word] != none) out_.by_text.push_back(new_words_[word]);
  }

  std::uint32_t number(std::uint32_t word) {
    std::uint32_t& known = new_words_[word];
    if (known != none) return known;
    known = static_cast<std::uint32_t>(lexicon_.word_ends.size + order_.size());
    order_.push_back(word);
    return known;
  }

  // Writes the texts of words and terms that are not the lexicon's, in the order of their numbers.
  void write_texts() {
    out_.words.reserve(vocabulary_.words() * 8);
    out_.terms.reserve(vocabulary_.size() * 7);
    out_.word_ends.reserve(order_.size());
    out_.term_ends.reserve(order_.size());
    out_.terms_of_words.reserve(lexicon_.word_ends.size + order_.size());
    for (const std::uint32_t word : order_) {
      out_.words += vocabulary_.spelling(word);
      out_.word_ends.push_back(static_cast<std::uint32_t>(out_.words.size()));
      std::uint32_t& term = new_terms_[vocabulary_.term_of(word)];
      if (term == none) {
        term = static_cast<std::uint32_t>(lexicon_.terms.size + out_.term_ends.size());
        out_.terms += vocabulary_.text(vocabulary_.term_of(word));
        out_.term_ends.push_back(static_cast<std::uint32_t>(out_.terms.size()));
      }
      out_.terms_of_words.push_back(term);
    }
  }

  const Vocabulary& vocabulary_;
  const LexiconTable& lexicon_;
  std::vector<std::uint32_t> new_words_, new_terms_;
  std::vector<std::uint32_t> order_;  // the vocabulary's number of each word that is not the lexicon's
  NotesData out_;
};

}  // namespace

Vocabulary vocabulary_of(const LexiconTable& lexicon, const Notes& notes) {
  Vocabulary vocabulary = vocabulary_of(lexicon, notes.word_ends.size, notes.term_ends.size);
  vocabulary.take_terms(notes.terms, notes.term_ends);
  const std::size_t known = lexicon.word_ends.size;
  vocabulary.take_words(notes.words, notes.word_ends,
                        {notes.terms_of_words.data + known, notes.terms_of_words.size - known});
  return vocabulary;
}

// Each thread numbers its own words; here they get the numbers of the first thread's vocabulary.
std::vector<std::uint32_t> take_words(Vocabulary& vocabulary, const Vocabulary& from, const LexiconTable& lexicon) {
  std::vector<std::uint32_t> numbers(from.words());
  for (std::uint32_t w = 0; w < from.words(); ++w)
    numbers[w] = w < lexicon.word_ends.size ? w : vocabulary.word_as(from.spelling(w), from.text(from.term_of(w)));
  return numbers;
}

void renumber(const std::vector<std::uint32_t>& numbers, NotesData& notes) {
  for (WordUse& use : notes.uses) use = numbers[use >> 8] << 8 | (use & 0xff);
  for (std::uint32_t& word : notes.phrase_words) word = numbers[word];
}

Joined join_notes(const std::vector<NotedPart>& parts, const Vocabulary& vocabulary, const LexiconTable& lexicon,
                  const Span<std::uint32_t>& by_text, std::uint32_t listed,
                  const std::function<void(std::size_t)>& joined) {
  Join join(vocabulary, lexicon);
  join.reserve(parts);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    join.add(parts[i]);
    joined(i);
  }
  return join.finish(by_text, listed);
}

}  // namespace cascade::route
