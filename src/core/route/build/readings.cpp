#include "route/build/readings.h"

namespace cascade::route {
namespace {

constexpr std::size_t most_kept = 8u << 20;  // bytes of texts

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

void note_lines(const Source& source, LineSet& lines, NotedSource& noted, NotesData& notes) {
  noted.lines.begin = static_cast<std::uint32_t>(notes.lines.size());
  lines.begin(source.lines.size() + source.headings.size());
  for (const Line& line : source.lines)
    if (line.hash != 0 && lines.add(line.hash)) notes.lines.push_back(line.hash);
  const std::size_t headings = notes.lines.size();
  for (const std::uint32_t hash : source.heading_hashes)
    if (hash != 0 && lines.add(hash)) notes.lines.push_back(hash);
  noted.headings = static_cast<std::uint32_t>(notes.lines.size() - headings);
  noted.lines.count = static_cast<std::uint32_t>(notes.lines.size()) - noted.lines.begin;
}

void note_links(const Registry& registry, const Source& source, NotedSource& noted, NotesData& notes,
                LinkTexts& texts) {
  noted.links.begin = static_cast<std::uint32_t>(notes.links.size());
  for (const Link& link : registry.links(source.id)) {
    const bool there = notes.links.size() > noted.links.begin && notes.links.back().line == link.line;
    if (there || !is_heard(link)) continue;
    const std::string_view text = referring_line(registry, source, link.line);
    const std::uint64_t hash = text.empty() ? 0 : hash::hash64(text);
    notes.links.push_back({link.line, static_cast<std::uint32_t>(hash), static_cast<std::uint32_t>(hash >> 32)});
    texts.spans.push_back(append_text(texts.bytes, text));
  }
  noted.links.count = static_cast<std::uint32_t>(notes.links.size()) - noted.links.begin;
}

}  // namespace

Readings::Readings(const Registry& registry, const ReadSource& read, const RouterOptions& options,
                   const ContentOf& content, const std::vector<ManifestId>& ids)
    : registry_(registry), read_(read), options_(options), content_(content), ids_(ids), works_(ids.size()) {
  for (std::size_t i = 0; i < works_.size(); ++i) works_[i].inputs = hash_inputs(registry, ids_[i], options);
}

// Sorted by inputs, since manifests may have come or gone and so have other numbers now. O(n log n).
void Readings::take_over(const Notes& notes) {
  notes_ = &notes;
  std::vector<const NotedSource*> before;
  for (const NotedSource& noted : notes.sources) before.push_back(&noted);
  const auto less = [](const NotedSource* a, std::uint64_t inputs) { return a->inputs < inputs; };
  std::ranges::sort(before, [](const NotedSource* a, const NotedSource* b) { return a->inputs < b->inputs; });
  for (std::size_t i = 0; i < works_.size(); ++i) {
    const auto content = content_(ids_[i]);
    if (!content || *content == hash::Hash128()) continue;
    auto at = std::lower_bound(before.begin(), before.end(), works_[i].inputs, less);
    for (; at != before.end() && (*at)->inputs == works_[i].inputs; ++at)
      if ((*at)->content_high == content->high && (*at)->content_low == content->low) {
        works_[i].noted = *at;
        works_[i].anew = false;
        break;
      }
  }
}

// Forgets the old notes: if most manifests must be counted anyway, taking the rest over costs more than it saves.
void Readings::start_again() {
  notes_ = nullptr;
  kept_ = 0;
  fresh_.clear();
  fresh_notes_ = {};
  link_texts_ = {};
  for (Work& work : works_) {
    work.anew = true;
    work.fresh = none;
  }
}

std::size_t Readings::count_anew() const {
  return static_cast<std::size_t>(std::ranges::count_if(works_, [](const Work& work) { return work.anew; }));
}

hash::Hash128 Readings::content_of(const Source& source) const {
  if (!source.text.as_registered) return source.text.content;
  const auto content = content_ ? content_(source.id) : std::nullopt;
  return content.value_or(hash::Hash128());
}

// A file that changed after it was noted is counted as it is now, and must never be taken over.
Result<const Source*> Readings::load(std::size_t source) {
  Work& work = works_[source];
  if (work.source) return work.source.get();
  auto read = read_source(registry_, ids_[source], read_, options_);
  if (!read) return read.error();
  work.source = std::make_unique<Source>(std::move(*read));
  if (is_noted_now(source) && !(content_of(*work.source) == work.content)) {
    NotedSource& noted = fresh_record(source);
    noted.content_high = noted.content_low = 0;
  }
  return work.source.get();
}

Result<void> Readings::note(std::size_t source) {
  Work& work = works_[source];
  work.anew = true;
  if (is_noted_now(source)) return {};
  const auto loaded = load(source);
  if (!loaded) return loaded.error();
  work.fresh = count_of(fresh_);
  NotedSource& noted = fresh_.emplace_back();
  noted.inputs = work.inputs;
  noted.description = fold_text((*loaded)->description);
  note_lines(**loaded, lines_, noted, fresh_notes_);
  note_links(registry_, **loaded, noted, fresh_notes_, link_texts_);
  const auto content = content_ ? content_(ids_[source]) : std::nullopt;
  const SourceText& text = (*loaded)->text;
  // The file may have changed since the registry was made: its sections then belong to another text.
  const bool known = content && (text.as_registered || *content == text.content);
  noted.content_high = known ? content->high : 0;
  noted.content_low = known ? content->low : 0;
  work.content = content_of(**loaded);
  const std::size_t kept = kept_;
  kept_ += text.text.size();
  if (kept >= most_kept) drop(source);
  return {};
}

const NotedSource& Readings::record(std::size_t source) const {
  const Work& work = works_[source];
  return is_noted_now(source) ? fresh_[work.fresh] : *work.noted;
}

Span<std::uint32_t> Readings::lines(std::size_t source) const {
  const Slice at = record(source).lines;
  const auto* const all = is_noted_now(source) ? fresh_notes_.lines.data() : notes_->lines.data;
  return {all + at.begin, at.count};
}

Span<LinkLine> Readings::links(std::size_t source) const {
  const Slice at = record(source).links;
  const auto* const all = is_noted_now(source) ? fresh_notes_.links.data() : notes_->links.data;
  return {all + at.begin, at.count};
}

// A source that was taken over is read for it.
Result<std::string_view> Readings::referring_text(std::size_t source, std::uint32_t line) {
  if (!is_noted_now(source)) {
    const auto loaded = load(source);
    if (!loaded) return loaded.error();
    return referring_line(registry_, **loaded, line);
  }
  const Slice links = record(source).links;
  for (std::uint32_t i = links.begin; i < links.begin + links.count; ++i)
    if (fresh_notes_.links[i].line == line) return link_texts_[i];
  return std::string_view();
}

Vocabulary vocabulary_of(const LexiconTable& lexicon, const Notes& notes) {
  Vocabulary vocabulary = vocabulary_of(lexicon, notes.word_ends.size, notes.term_ends.size);
  vocabulary.take_terms(notes.terms, notes.term_ends);
  const std::size_t known = lexicon.word_ends.size;
  vocabulary.take_words(notes.words, notes.word_ends,
                        {notes.terms_of_words.data + known, notes.terms_of_words.size - known});
  return vocabulary;
}

Joined join_notes(const std::vector<NotedPart>& parts, const Vocabulary& vocabulary, const LexiconTable& lexicon,
                  const Span<std::uint32_t>& by_text, std::uint32_t listed) {
  Join join(vocabulary, lexicon);
  join.reserve(parts);
  for (const NotedPart& part : parts) join.add(part);
  return join.finish(by_text, listed);
}

}  // namespace cascade::route
