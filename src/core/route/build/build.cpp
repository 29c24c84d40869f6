// (1) Take over each source whose file and description are as an earlier build noted them. (2) Read and note the lines
// of the others. (3) Look at what surrounds each source: its words also depend on the lines of others that link to it,
// and on the lines that many sources share. (4) Count the words of those around which something changed, too. (5) Join
// the counts, under numbers that do not depend on what was taken over. (6) Lay out the tables.
#include "route/build/build.h"

#include "route/build/counting.h"
#include "route/build/learning.h"
#include "route/build/readings.h"

namespace cascade {
namespace route {
namespace {

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

// The first lines in the order of the links, equal ones once: a popular manifest is linked to by hundreds of lines that
// say the same. `source_of`: by manifest.
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

Result<Words> count_words(Readings& readings, const Registry& registry, const LexiconTable& lexicon,
                          const Surroundings& around, const Notes& notes) {
  const bool kept = readings.takes_over();
  Words words{kept ? vocabulary_of(lexicon, notes) : vocabulary_of(lexicon)};
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
  const Notes fresh = readings.fresh_notes().view();
  std::vector<NotedPart> parts;
  for (std::size_t i = 0; i < readings.size(); ++i)
    parts.push_back(readings.is_anew(i) ? NotedPart{&fresh, &readings.record(i)}
                                        : NotedPart{&notes, readings.noted_before(i)});
  const bool kept = readings.takes_over();
  Joined joined =
      join_notes(parts, words.vocabulary, lexicon, kept ? notes.by_text : Span<std::uint32_t>(), words.listed);
  Counted counted;
  counted.notes = std::move(joined.notes);
  counted.counted = readings.count_anew();
  if (kept) counted.remains = remains_of(readings, notes, std::move(joined.new_terms));
  return counted;
}

Result<Router> open_tables(const Registry& registry, const std::vector<ManifestId>& sources, const Notes& notes,
                           const RouterOptions& options, KeptPostings* kept = nullptr) {
  auto block = std::make_shared<std::string>(lay_out(registry, sources, notes, lexicon_table(), {}, kept));
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
                                 const Earlier& earlier) {
  auto counted = count_sources(registry, by_file(registry, read), options, earlier);
  if (!counted) return counted.error();
  const Notes notes = counted->notes.view();
  Tables tables;
  std::optional<KeptPostings> kept;
  if (!counted->remains.entries.empty() && tables.open(earlier.tables))
    kept = KeptPostings::find(tables, counted->remains, notes, lexicon_table(), {});
  auto router = open_tables(registry, counted->sources, notes, options, kept ? &*kept : nullptr);
  if (!router) return router.error();
  const std::size_t weighed = kept ? counted->counted : counted->sources.size();
  return BuiltRouter{std::move(*router), counted->notes.bytes(), counted->counted, weighed};
}

}  // namespace route

Result<Router> Router::build(const Registry& registry, const ReadSection& read, const RouterOptions& options) {
  const auto counted = route::count_sources(registry, route::by_section(registry, read), options, {});
  if (!counted) return counted.error();
  return route::open_tables(registry, counted->sources, counted->notes.view(), options);
}

}  // namespace cascade
