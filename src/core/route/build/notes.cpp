// Notes come from a file that may be damaged, so open() checks once that every number lies within its table. Whole
// tables are checked in loops that become vector instructions: this is most of what an unchanged manifest costs.
#include "route/build/postings.h"

namespace cascade::route {
namespace {

constexpr std::size_t notes_regions = 16;

// Calls f with each of the tables in their order, of all notes at once.
template <typename F, typename... N>
void each_table(F&& f, N&... notes) {
  f(notes.sources...);
  f(notes.uses...);
  f(notes.mixed...);
  f(notes.concepts...);
  f(notes.lines...);
  f(notes.links...);
  f(notes.phrases...);
  f(notes.phrase_words...);
  f(notes.common_lines...);
  f(notes.common_descriptions...);
  f(notes.terms_of_words...);
  f(notes.word_ends...);
  f(notes.term_ends...);
  f(notes.by_text...);
}

bool within(Slice slice, std::size_t size) { return slice.begin <= size && slice.count <= size - slice.begin; }

// Whether these are ascending ends, the last one `size`.
bool are_ends(const Span<std::uint32_t>& ends, std::size_t size) {
  return std::ranges::is_sorted(ends) && (ends.empty() ? size == 0 : ends[ends.size - 1] == size);
}

bool all_below(const Span<std::uint32_t>& numbers, std::size_t limit) {
  constexpr std::uint32_t sign = 1U << 31;
  if (limit == 0 || limit > sign)
    return std::ranges::all_of(numbers, [&](std::uint32_t number) { return number < limit; });
  // For vector instructions: no early exit, and a difference's sign, as not every processor compares unsigned numbers.
  std::uint32_t signs = 0;
  for (const std::uint32_t number : numbers) signs |= (static_cast<std::uint32_t>(limit) - 1 - number) | number;
  return (signs & sign) == 0;
}

class Check {
 public:
  Check(const Notes& notes, const LexiconTable& lexicon) : notes_(notes), lexicon_(lexicon) {}

  bool tables() const {
    const std::size_t words = notes_.terms_of_words.size, terms = lexicon_.terms.size + notes_.term_ends.size;
    return notes_.head[0].lexicon_words == lexicon_.word_ends.size &&
           notes_.head[0].lexicon_terms == lexicon_.terms.size &&
           words == lexicon_.word_ends.size + notes_.word_ends.size && words < (std::size_t{1} << 24) &&
           are_ends(notes_.word_ends, notes_.words.size()) && are_ends(notes_.term_ends, notes_.terms.size()) &&
           all_below(notes_.terms_of_words, terms) && all_below(notes_.phrase_words, words) &&
           all_below(notes_.by_text, words) && all_below(notes_.uses, words << 8) && concepts();
  }

  bool source(const NotedSource& source) const {
    if (!within(source.uses, notes_.uses.size) || !within(source.mixed, notes_.mixed.size) ||
        !within(source.concepts, notes_.concepts.size) || !within(source.lines, notes_.lines.size) ||
        !within(source.links, notes_.links.size) || !within(source.phrases, notes_.phrases.size) ||
        !within(source.phrase_words, notes_.phrase_words.size))
      return false;
    // A use with a count of 0 stands for one in several fields, whose counts lie in `mixed`.
    const WordUse* const use = notes_.uses.data + source.uses.begin;
    std::uint32_t several = 0;
    for (std::uint32_t i = 0; i < source.uses.count; ++i) several += (use[i] & 0xff) == 0 ? 1 : 0;
    const std::uint8_t* const mixed = notes_.mixed.data + source.mixed.begin;
    std::size_t at = 0;
    for (; several > 0 && at < source.mixed.count; --several) at += counts_size(mixed[at]);
    const std::uint8_t* const phrase = notes_.phrases.data + source.phrases.begin;
    std::uint64_t words = 0;
    for (std::uint32_t i = 0; i < source.phrases.count; ++i) words += phrase[i];
    return several == 0 && at == source.mixed.count && words == source.phrase_words.count &&
           source.headings <= source.lines.count && source.phrases.count > 0 &&
           std::uint32_t{source.name_phrases} + source.lessons <= source.phrases.count;
  }

 private:
  bool concepts() const {
    return std::ranges::all_of(notes_.concepts, [&](const ConceptUse& use) {
      return use.concept_id < lexicon_.concepts.size && lexicon_.concepts[use.concept_id].term != none;
    });
  }

  const Notes& notes_;
  const LexiconTable& lexicon_;
};

// Each word that is not the lexicon's gets the next number at its first use, in the order of the sources, whichever
// were counted anew. The list of words for repair is merged: sorting only the new ones is much quicker.
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

  // Notes that are those of the sources, in their order and without a gap, stay where they are.
  void take(NotesData all, std::vector<NotedSource> sources) {
    for (const NotedSource& source : sources) {
      for (std::uint32_t i = source.uses.begin; i < source.uses.begin + source.uses.count; ++i)
        all.uses[i] = number(all.uses[i] >> 8) << 8 | (all.uses[i] & 0xff);
      for (std::uint32_t i = source.phrase_words.begin; i < source.phrase_words.begin + source.phrase_words.count; ++i)
        all.phrase_words[i] = number(all.phrase_words[i]);
    }
    all.sources = std::move(sources);
    all.lexicon_terms = out_.lexicon_terms;
    all.terms_of_words = std::move(out_.terms_of_words);
    out_ = std::move(all);
  }

  // Also lists the words that a misspelt one may mean, by bucket and text. The first `listed` words are in `by_text`.
  Joined finish(const Span<std::uint32_t>& by_text, std::uint32_t listed) {
    write_texts();
    std::vector<Sorted> fresh;
    for (std::uint32_t w = listed; w < vocabulary_.words(); ++w)
      if (const std::uint32_t bucket = repair_bucket(vocabulary_.spelling(w)); bucket != none && new_words_[w] != none)
        fresh.push_back({sort_key(bucket, vocabulary_.spelling(w)), vocabulary_.spelling(w), new_words_[w]});
    std::ranges::sort(fresh, before);
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

void append_counts(FieldCounts counts, std::vector<std::uint8_t>& bytes) {
  const std::size_t begin = bytes.size();
  bytes.push_back(0);
  for (std::size_t field = 0; field < field_count; ++field) {
    if (count_in(counts, field) == 0) continue;
    bytes[begin] |= static_cast<std::uint8_t>(1U << field);
    bytes.push_back(static_cast<std::uint8_t>(count_in(counts, field)));
  }
}

bool Notes::open_own(std::string_view bytes) {
  tables::BlockReader block;
  if (!block.open(bytes, notes_regions)) return false;
  std::size_t next = 0;
  const auto take = [&](auto& table) { return block.table(next++, table); };
  if (!take(head) || head.size != 1 || head[0].version != notes_version) return false;
  bool all = true;
  each_table([&](auto& table) { all = all && take(table); }, *this);
  if (!all || !block.bytes(next, texts)) return false;
  const std::size_t words_end = word_ends.empty() ? 0 : word_ends[word_ends.size - 1];
  if (words_end > texts.size()) return false;
  words = texts.substr(0, words_end);
  terms = texts.substr(words_end);
  return true;
}

bool Notes::open(std::string_view bytes) {
  if (!open_own(bytes)) return false;
  const LexiconTable lexicon = lexicon_table();
  const Check check(*this, lexicon);
  return check.tables() &&
         std::ranges::all_of(sources, [&](const NotedSource& source) { return check.source(source); });
}

Notes NotesData::view() const {
  Notes notes;
  each_table([](auto& span, const auto& records) { span = {records.data(), records.size()}; }, notes, *this);
  notes.words = words;
  notes.terms = terms;
  return notes;
}

template <typename Block>
void NotesData::add_to(Block& block) const {
  const auto lexicon_words = static_cast<std::uint32_t>(terms_of_words.size() - word_ends.size());
  block.add(std::vector<NotesHead>{{notes_version, lexicon_words, lexicon_terms, 0}});
  each_table([&](const auto& records) { block.add(records); }, *this);
  block.add_pieces(words.size() + terms.size(), [this](const auto& add) {
    add(words);
    add(terms);
  });
}

std::string NotesData::bytes() const {
  tables::BlockWriter block(notes_regions);
  std::size_t bytes = 1024 + sizeof(NotesHead) + words.size() + terms.size();
  each_table([&](const auto& records) { bytes += records.size() * sizeof(records[0]); }, *this);
  block.reserve(bytes);
  add_to(block);
  return block.take();
}

void NotesData::write(const tables::Sink& sink) const {
  tables::BlockPlan plan;
  add_to(plan);
  tables::BlockStream block(plan, sink);
  add_to(block);
  block.finish();
}

Joined join_notes(const std::vector<NotedPart>& parts, const Vocabulary& vocabulary, const LexiconTable& lexicon,
                  const Span<std::uint32_t>& by_text, std::uint32_t listed) {
  Join join(vocabulary, lexicon);
  join.reserve(parts);
  for (const NotedPart& part : parts) join.add(part);
  return join.finish(by_text, listed);
}

Joined join_notes(NotesData all, std::vector<NotedSource> sources, const Vocabulary& vocabulary,
                  const LexiconTable& lexicon) {
  Join join(vocabulary, lexicon);
  join.take(std::move(all), std::move(sources));
  return join.finish({}, 0);
}

}  // namespace cascade::route
