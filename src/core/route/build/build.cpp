// (1) Take over each source whose file and description are as an earlier build noted them. (2) Read and note the lines
// of the others. (3) Look at what surrounds each source: its words also depend on the lines of others that link to it,
// and on the lines that many sources share. (4) Count the words of those around which something changed, too. (5) Join
// the counts, under numbers that do not depend on what was taken over. (6) Lay out the tables.
#include "route/build/build.h"

#include "route/build/counting.h"

namespace cascade {
namespace route {
namespace {

constexpr std::size_t most_kept = 8u << 20;    // bytes of texts
using ContentOf = decltype(Earlier::content);  // of the file that a manifest was made of; nullopt: not known

// Whether a link counts for its target: it does not exclude it and is in the body.
bool is_heard(const Link& link) { return link.strength != Strength::excluded && link.line != 0; }

// The lines whose hashes are in NotesData::links, in its order, as their targets count them.
struct LinkTexts {
  std::vector<TextSpan> spans;
  std::string bytes;

  std::string_view operator[](std::size_t i) const {
    return std::string_view(bytes).substr(spans[i].offset, spans[i].length);
  }
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

// What is known of a source of a build.
struct SourceWork {
  std::uint64_t inputs = 0;
  const NotedSource* noted = nullptr;  // its earlier records, if file and description are unchanged
  bool anew = true;
  std::unique_ptr<Source> source;  // as far as it was read and is kept
  hash::Hash128 content;           // of the text that was noted
  std::uint32_t fresh = none;      // its place in `fresh_`; none: it was not noted
};

// The sources of a build: as read this time, or as an earlier build noted them. A source is anew when it must be
// counted: it is not known from before, or something that its words depend on changed. Such a source is read and noted
// once; its text is kept until it is counted, up to a limit for all together: in a larger library the others are read
// once more. Sources are numbers, in the order of `ids`.
class Readings {
 public:
  // All is referred to. `content` may be empty.
  Readings(const Registry& registry, const ReadSource& read, const RouterOptions& options, const ContentOf& content,
           const std::vector<ManifestId>& ids)
      : registry_(registry), read_(read), options_(options), content_(content), ids_(ids), works_(ids.size()) {
    for (std::size_t i = 0; i < works_.size(); ++i) works_[i].inputs = hash_inputs(registry, ids_[i], options);
  }

  // Takes over the records of sources whose file and description are as noted. REQUIRES: `content`.
  // Sorted by inputs, since manifests may have come or gone and so have other numbers now. O(n log n).
  void take_over(const Notes& notes) {
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
  void start_again() {
    notes_ = nullptr;
    kept_ = 0;
    fresh_.clear();
    fresh_notes_ = {};
    link_texts_ = {};
    for (SourceWork& work : works_) {
      work.anew = true;
      work.fresh = none;
    }
  }

  std::size_t size() const noexcept { return works_.size(); }
  bool takes_over() const noexcept { return notes_ != nullptr; }
  bool is_anew(std::size_t source) const noexcept { return works_[source].anew; }
  void set_anew(std::size_t source) noexcept { works_[source].anew = true; }
  std::size_t count_anew() const {
    return static_cast<std::size_t>(std::ranges::count_if(works_, [](const SourceWork& work) { return work.anew; }));
  }

  // A file that changed after it was noted is counted as it is now, and must never be taken over.
  Result<const Source*> load(std::size_t source) {
    SourceWork& work = works_[source];
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

  void drop(std::size_t source) { works_[source].source.reset(); }
  // Reads a source and notes its lines and the lines of its links, once; it is anew.
  Result<void> note(std::size_t source) {
    SourceWork& work = works_[source];
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

  // REQUIRES for what follows: the source was noted, now or before.
  const NotedSource& record(std::size_t source) const {
    const SourceWork& work = works_[source];
    return is_noted_now(source) ? fresh_[work.fresh] : *work.noted;
  }

  NotedSource& fresh_record(std::size_t source) { return fresh_[works_[source].fresh]; }  // REQUIRES: noted now
  bool is_noted_now(std::size_t source) const noexcept { return works_[source].fresh != none; }
  NotesData& fresh_notes() noexcept { return fresh_notes_; }             // of all that were noted now
  std::vector<NotedSource>& fresh_records() noexcept { return fresh_; }  // the same, in the order of noting
  const NotedSource* noted_before(std::size_t source) const noexcept { return works_[source].noted; }
  Span<std::uint32_t> lines(std::size_t source) const {
    const Slice at = record(source).lines;
    const auto* const all = is_noted_now(source) ? fresh_notes_.lines.data() : notes_->lines.data;
    return {all + at.begin, at.count};
  }

  Span<LinkLine> links(std::size_t source) const {
    const Slice at = record(source).links;
    const auto* const all = is_noted_now(source) ? fresh_notes_.links.data() : notes_->links.data;
    return {all + at.begin, at.count};
  }

  // The line with a link, as counted for its target; empty when there is none. What was taken over is read for it.
  Result<std::string_view> referring_text(std::size_t source, std::uint32_t line) {
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

 private:
  hash::Hash128 content_of(const Source& source) const {
    if (!source.text.as_registered) return source.text.content;
    const auto content = content_ ? content_(source.id) : std::nullopt;
    return content.value_or(hash::Hash128());
  }

  const Registry& registry_;
  const ReadSource& read_;
  const RouterOptions& options_;
  const ContentOf& content_;
  const std::vector<ManifestId>& ids_;
  const Notes* notes_ = nullptr;  // of the earlier build; null: nothing is taken over
  LineSet lines_;                 // of the source that is noted
  std::vector<NotedSource> fresh_;
  NotesData fresh_notes_;
  LinkTexts link_texts_;
  std::vector<SourceWork> works_;  // by source
  std::size_t kept_ = 0;           // bytes of the texts that were kept
};

// A line of one source that links to another.
struct Referrer {
  std::uint32_t from = 0, line = 0;  // a source; a line of its file
};

// The lines that link to one source, and a hash of their texts.
struct Referrers {
  std::vector<Referrer> lines;
  std::uint64_t hash = 0;
};

// What the words of sources depend on besides their files and descriptions.
struct Surroundings {
  std::vector<Referrers> referrers;  // by source
  std::vector<std::uint32_t> common_lines;
  std::vector<std::uint64_t> common_descriptions;
};

// Reading an eighth of a library costs as much time as not reading the rest saves.
bool too_many_anew(const Readings& readings) { return readings.count_anew() * 8 > readings.size(); }

// Whether it has links in the lines noted: in an unchanged file a link may come or go with its target.
bool has_noted_links(const Readings& readings, std::size_t source, const Span<Link>& links) {
  const Span<LinkLine> noted = readings.links(source);
  const LinkLine* at = noted.begin();
  std::uint32_t last = 0;
  for (const Link& link : links) {
    if (!is_heard(link) || link.line == last) continue;
    if (at == noted.end() || at->line != link.line) return false;
    last = link.line;
    ++at;
  }
  return at == noted.end();
}

Result<void> note_relinked(Readings& readings, const Registry& registry, const std::vector<ManifestId>& ids) {
  for (std::size_t i = 0; i < readings.size(); ++i) {
    if (readings.is_anew(i) || has_noted_links(readings, i, registry.links(ids[i]))) continue;
    if (auto noted = readings.note(i); !noted) return noted;
  }
  return {};
}

std::uint64_t line_hash(const Readings& readings, std::uint32_t from, std::uint32_t line) {
  const Span<LinkLine> links = readings.links(from);
  const LinkLine* const at = std::lower_bound(
      links.begin(), links.end(), line, [](const LinkLine& link, std::uint32_t wanted) { return link.line < wanted; });
  return at != links.end() && at->line == line ? at->hash() : 0;
}

// The first lines in the order of the links, equal ones once: hundreds may say the same. `source_of`: by manifest.
Referrers find_referrers(const Readings& readings, const Registry& registry, ManifestId id,
                         const std::vector<std::uint32_t>& source_of) {
  Referrers found;
  std::uint64_t hashes[referrer_limit];
  std::size_t count = 0;
  for (const Link& link : registry.links_to(id)) {
    if (count >= referrer_limit) break;
    const std::uint32_t from = source_of[index(link.from)];
    if (from == none || !is_heard(link)) continue;
    const std::uint64_t hash = line_hash(readings, from, link.line);
    if (hash == 0 || std::find(hashes, hashes + count, hash) != hashes + count) continue;
    hashes[count++] = hash;
    found.lines.push_back({from, link.line});
  }
  if (count != 0) found.hash = hash::hash64({reinterpret_cast<const char*>(hashes), count * sizeof(hashes[0])});
  return found;
}

std::vector<Referrers> find_all_referrers(const Readings& readings, const Registry& registry,
                                          const std::vector<ManifestId>& ids) {
  std::vector<std::uint32_t> source_of(registry.size(), none);
  for (std::uint32_t i = 0; i < ids.size(); ++i) source_of[index(ids[i])] = i;
  std::vector<Referrers> all;
  all.reserve(ids.size());
  for (const ManifestId id : ids) all.push_back(find_referrers(readings, registry, id, source_of));
  return all;
}

std::vector<std::uint32_t> find_common_lines(const Readings& readings) {
  std::vector<Span<std::uint32_t>> lists;
  for (std::size_t i = 0; i < readings.size(); ++i) {
    Span<std::uint32_t> list = readings.lines(i);
    list.size -= readings.record(i).headings;
    lists.push_back(list);
  }
  return common_hashes(lists, least_common(readings.size()));
}

std::vector<std::uint64_t> find_common_descriptions(const Readings& readings) {
  std::vector<std::uint64_t> all;
  for (std::size_t i = 0; i < readings.size(); ++i)
    if (const std::uint64_t hash = readings.record(i).description; hash != 0) all.push_back(hash);
  return frequent(std::move(all), least_common(readings.size()));
}

template <typename T>
std::vector<T> difference(const Span<T>& a, const std::vector<T>& b) {
  std::vector<T> found;
  std::set_symmetric_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(found));
  return found;
}

// Marks the sources that have a line or description that became boilerplate or no longer is.
void mark_affected(Readings& readings, const Notes& notes, const Surroundings& now) {
  const std::vector<std::uint32_t> lines = difference(notes.common_lines, now.common_lines);
  const std::vector<std::uint64_t> descriptions = difference(notes.common_descriptions, now.common_descriptions);
  if (lines.empty() && descriptions.empty()) return;
  const Boilerplate changed({lines.data(), lines.size()}, {descriptions.data(), descriptions.size()});
  for (std::size_t i = 0; i < readings.size(); ++i) {
    if (readings.is_anew(i)) continue;
    const Span<std::uint32_t> own = readings.lines(i);
    if (changed.has_description(readings.record(i).description) ||
        std::ranges::any_of(own, [&](std::uint32_t hash) { return changed.has_line(hash); }))
      readings.set_anew(i);
  }
}

// Notes the sources that are anew, and marks those whose surroundings changed. `notes`: of the earlier build.
Result<Surroundings> survey(Readings& readings, const Registry& registry, const std::vector<ManifestId>& ids,
                            const Notes& notes) {
  for (std::size_t i = 0; i < readings.size(); ++i) {
    if (!readings.is_anew(i)) continue;
    if (auto noted = readings.note(i); !noted) return noted.error();
  }
  if (auto relinked = note_relinked(readings, registry, ids); !relinked) return relinked.error();
  Surroundings found{find_all_referrers(readings, registry, ids), {}, {}};
  for (std::size_t i = 0; i < readings.size(); ++i)
    if (!readings.is_anew(i) && readings.record(i).referrers != found.referrers[i].hash) readings.set_anew(i);
  found.common_lines = find_common_lines(readings);
  found.common_descriptions = find_common_descriptions(readings);
  if (readings.takes_over()) mark_affected(readings, notes, found);
  return found;
}

Result<void> count_source(Readings& readings, Counter& counter, const Referrers& referrers, std::size_t i) {
  if (auto noted = readings.note(i); !noted) return noted.error();
  std::vector<std::string_view> lines;
  for (const Referrer& referrer : referrers.lines) {
    const auto line = readings.referring_text(referrer.from, referrer.line);
    if (!line) return line.error();
    lines.push_back(*line);
  }
  const auto source = readings.load(i);
  if (!source) return source.error();
  NotedSource& noted = readings.fresh_record(i);
  noted.referrers = referrers.hash;
  counter.count(**source, lines, noted, readings.fresh_notes());
  readings.drop(i);
  return {};
}

// The words of all notes. The first `listed` are those of the earlier build, if something is taken over from it.
struct Words {
  Vocabulary vocabulary;
  std::uint32_t listed = 0;
};

Vocabulary vocabulary_with(const LexiconTable& lexicon, const Notes& notes) {
  Vocabulary vocabulary = vocabulary_of(lexicon, notes.word_ends.size, notes.term_ends.size);
  vocabulary.take_terms(notes.terms, notes.term_ends);
  const std::size_t known = lexicon.word_ends.size;
  vocabulary.take_words(notes.words, notes.word_ends,
                        {notes.terms_of_words.data + known, notes.terms_of_words.size - known});
  return vocabulary;
}

Result<Words> count_words(Readings& readings, const Registry& registry, const LexiconTable& lexicon,
                          const Surroundings& around, const Notes& notes) {
  const bool kept = readings.takes_over();
  Words words{kept ? vocabulary_with(lexicon, notes) : vocabulary_of(lexicon)};
  if (kept) words.listed = words.vocabulary.words();
  const Boilerplate boilerplate({around.common_lines.data(), around.common_lines.size()},
                                {around.common_descriptions.data(), around.common_descriptions.size()});
  Counter counter(registry, words.vocabulary, lexicon, boilerplate);
  for (std::size_t i = 0; i < readings.size(); ++i) {
    if (!readings.is_anew(i)) continue;
    if (auto counted = count_source(readings, counter, around.referrers[i], i); !counted) return counted.error();
  }
  return words;
}

// What of the earlier tables still holds: for each entry its number then, and for each term its number now.
Remains remains_of(const Readings& readings, const Notes& notes, std::vector<std::uint32_t> new_terms) {
  Remains remains{notes.sources, {}, std::move(new_terms)};
  remains.terms.resize(notes.head[0].lexicon_terms + notes.term_ends.size);  // the others are new
  for (std::size_t i = 0; i < readings.size(); ++i)
    remains.entries.push_back(
        readings.is_anew(i) ? none : static_cast<std::uint32_t>(readings.noted_before(i) - notes.sources.data));
  return remains;
}

Counted join(Readings& readings, const Words& words, const LexiconTable& lexicon, const Notes& notes) {
  if (!readings.takes_over()) {
    Joined joined =
        join_notes(std::move(readings.fresh_notes()), std::move(readings.fresh_records()), words.vocabulary, lexicon);
    return {{}, std::move(joined.notes), readings.size(), {}};
  }
  const Notes fresh = readings.fresh_notes().view();
  std::vector<NotedPart> parts;
  for (std::size_t i = 0; i < readings.size(); ++i)
    parts.push_back(readings.is_anew(i) ? NotedPart{&fresh, &readings.record(i)}
                                        : NotedPart{&notes, readings.noted_before(i)});
  Joined joined = join_notes(parts, words.vocabulary, lexicon, notes.by_text, words.listed);
  return {{}, std::move(joined.notes), readings.count_anew(), remains_of(readings, notes, std::move(joined.new_terms))};
}

Result<Router> open_tables(const Registry& registry, const std::vector<ManifestId>& sources, const Notes& notes,
                           const RouterOptions& options, KeptPostings* kept = nullptr,
                           const std::function<void()>& between = {}) {
  auto block = std::make_shared<std::string>(lay_out(registry, sources, notes, lexicon_table(), {}, kept, between));
  if (!options.kept_back.empty()) {
    const auto measured = RouterTables::open(block, *block, registry);
    if (!measured) return measured.error();
    put_load_from(*block, precise_from(registry, *measured, options.kept_back));
  }
  const std::string_view bytes = *block;
  return RouterTables::open(std::move(block), bytes, registry);
}

}  // namespace

Result<Counted> count_sources(const Registry& registry, const ReadSource& read, const RouterOptions& options,
                              const Earlier& earlier) {
  std::vector<ManifestId> ids = routable(registry);
  Readings readings(registry, read, options, earlier.content, ids);
  Notes notes;
  if (!earlier.notes.empty() && earlier.content && notes.open(earlier.notes)) readings.take_over(notes);
  if (too_many_anew(readings)) readings.start_again();
  auto around = survey(readings, registry, ids, notes);
  if (around && readings.takes_over() && too_many_anew(readings)) {
    readings.start_again();
    around = survey(readings, registry, ids, notes);
  }
  if (!around) return around.error();
  const LexiconTable lexicon = lexicon_table();
  const auto words = count_words(readings, registry, lexicon, *around, notes);
  if (!words) return words.error();
  Counted counted = join(readings, *words, lexicon, notes);
  counted.notes.common_lines = std::move(around->common_lines);
  counted.notes.common_descriptions = std::move(around->common_descriptions);
  counted.sources = std::move(ids);
  return counted;
}

Result<BuiltRouter> build_router(const Registry& registry, const ReadFile& read, const RouterOptions& options,
                                 const Earlier& earlier, const std::function<void()>& freed,
                                 const tables::StoreBlock& store) {
  auto counted = count_sources(registry, by_file(registry, read), options, earlier);
  if (!counted) return counted.error();
  Notes notes;
  const auto stored = store ? store([&](const tables::Sink& sink) { counted->notes.write(sink); })
                            : std::optional<tables::StoredBlock>();
  const bool is_stored = stored && notes.open_own(stored->bytes);
  if (is_stored)
    counted->notes = {};
  else
    notes = counted->notes.view();
  if (freed) freed();
  Tables tables;
  std::optional<KeptPostings> kept;
  if (!counted->remains.entries.empty() && tables.open(earlier.tables))
    kept = KeptPostings::find(tables, counted->remains, notes, lexicon_table(), {});
  auto router = open_tables(registry, counted->sources, notes, options, kept ? &*kept : nullptr, freed);
  if (!router) return router.error();
  const std::size_t weighed = kept ? counted->counted : counted->sources.size();
  return BuiltRouter{std::move(*router), is_stored ? std::string() : counted->notes.bytes(), counted->counted, weighed};
}

}  // namespace route

Result<Router> Router::build(const Registry& registry, const ReadSection& read, const RouterOptions& options) {
  const auto counted = route::count_sources(registry, route::by_section(registry, read), options, {});
  if (!counted) return counted.error();
  return route::open_tables(registry, counted->sources, counted->notes.view(), options);
}

}  // namespace cascade
