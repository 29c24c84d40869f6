// Router::build: read, count, lay out; all of it, or what is not as it was noted.
#include "route/build.h"

#include <algorithm>
#include <memory>

#include "route/counting.h"
#include "route/layout.h"
#include "route/lexicon_table.h"
#include "route/numbering.h"
#include "route/tables.h"
#include "route/weights.h"

namespace cascade {
namespace route {
namespace {

// A source that another speaks of, or that speaks of it; by the hash of the line.
struct Referrer {
  std::uint32_t from = 0, line = 0;  // a source; a line of its file
};

std::vector<std::uint32_t> difference(const Span<std::uint32_t>& a, const std::vector<std::uint32_t>& b) {
  std::vector<std::uint32_t> found;
  std::set_symmetric_difference(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(found));
  return found;
}

class Build {
 public:
  Build(const Registry& registry, const ReadSource& read, const RouterOptions& options, const Earlier& earlier)
      : registry_(registry), read_(read), options_(options), ids_(routable(registry)), works_(ids_.size()) {
    source_of_.assign(registry.size(), none);
    for (std::uint32_t i = 0; i < ids_.size(); ++i) source_of_[index(ids_[i])] = i;
    for (std::uint32_t i = 0; i < ids_.size(); ++i) works_[i].inputs = hash_inputs(registry, ids_[i], options);
    if (earlier.notes.empty() || !earlier.content || !notes_.open(earlier.notes)) return;
    take_over(earlier);
  }

  Result<Counted> run() {
    if (too_many()) count_all();
    if (auto compared = compare(); !compared) return compared.error();
    if (too_many() && !all_) {
      count_all();
      if (auto compared = compare(); !compared) return compared.error();
    }
    return finish();
  }

 private:
  // What is done with a source.
  struct Work {
    std::uint64_t inputs = 0;
    const NotedSource* noted = nullptr;  // its records of before, where its file and description are as they were
    bool anew = true;                    // it is counted anew
    std::unique_ptr<Source> source;      // as far as it was read
    bool is_noted = false;               // its lines and links are in fresh_
    std::uint32_t fresh = none;          // its place in fresh_
    std::vector<Referrer> referrers;
    std::uint64_t referrers_hash = 0;
  };

  // Sources whose file and description are as noted.
  void take_over(const Earlier& earlier) {
    std::vector<const NotedSource*> before;
    for (const NotedSource& noted : notes_.sources) before.push_back(&noted);
    const auto less = [](const NotedSource* a, std::uint64_t inputs) { return a->inputs < inputs; };
    std::sort(before.begin(), before.end(),
              [](const NotedSource* a, const NotedSource* b) { return a->inputs < b->inputs; });
    for (std::uint32_t i = 0; i < works_.size(); ++i) {
      const auto content = earlier.content(ids_[i]);
      if (!content) continue;
      auto at = std::lower_bound(before.begin(), before.end(), works_[i].inputs, less);
      for (; at != before.end() && (*at)->inputs == works_[i].inputs; ++at)
        if ((*at)->content_high == content->high && (*at)->content_low == content->low) {
          works_[i].noted = *at;
          works_[i].anew = false;
          break;
        }
    }
    all_ = false;
  }

  std::size_t to_count() const {
    return static_cast<std::size_t>(
        std::count_if(works_.begin(), works_.end(), [](const Work& work) { return work.anew; }));
  }
  // Reading an eighth of a library takes as long as what is saved by not reading the rest.
  bool too_many() const { return to_count() * 8 > works_.size(); }

  void count_all() {
    all_ = true;
    fresh_ = {};
    fresh_sources_.clear();
    for (Work& work : works_) {
      work.anew = true;
      work.is_noted = false;
      work.fresh = none;
    }
    fresh_sources_.reserve(works_.size());
  }

  // Finds out who else must be counted anew: whose referrers changed, or for whom a line ceased to be, or became,
  // boilerplate.
  Result<void> compare() {
    for (std::uint32_t i = 0; i < works_.size(); ++i)
      if (works_[i].anew)
        if (auto noted = note(i); !noted) return noted.error();
    for (std::uint32_t i = 0; i < works_.size(); ++i)
      if (auto found = find_referrers(i); !found) return found.error();
    for (Work& work : works_)
      if (!work.anew && work.noted->referrers != work.referrers_hash) work.anew = true;
    common_lines_ = common_hashes(all_lines(), least_common(works_.size()));
    common_descriptions_ = find_common_descriptions();
    if (!all_) drop_affected();
    return {};
  }

  Result<const Source*> load(std::uint32_t i) {
    Work& work = works_[i];
    if (!work.source) {
      auto source = read_source(registry_, ids_[i], read_, options_);
      if (!source) return source.error();
      work.source = std::make_unique<Source>(std::move(*source));
    }
    return work.source.get();
  }

  // Reads a source and notes its lines and those that its links stand on.
  Result<void> note(std::uint32_t i) {
    auto loaded = load(i);
    if (!loaded) return loaded.error();
    Work& work = works_[i];
    work.anew = true;
    if (work.is_noted) return {};
    const Source& source = **loaded;
    NotedSource noted;
    noted.content_high = source.text.content.high;
    noted.content_low = source.text.content.low;
    noted.inputs = work.inputs;
    noted.description = fold_text(source.description);
    note_lines(source, noted);
    note_links(source, noted);
    work.is_noted = true;
    work.fresh = static_cast<std::uint32_t>(fresh_sources_.size());
    fresh_sources_.push_back(noted);
    return {};
  }

  // Each hash once.
  class Once {
   public:
    void begin(std::size_t most) {
      while (slots_.size() < most * 2) slots_.resize(std::max<std::size_t>(1024, slots_.size() * 2));
      ++round_;
    }
    bool add(std::uint32_t hash) {
      const std::size_t mask = slots_.size() - 1;
      std::size_t at = hash & mask;
      for (; slots_[at].round == round_; at = (at + 1) & mask)
        if (slots_[at].hash == hash) return false;
      slots_[at] = {hash, round_};
      return true;
    }

   private:
    struct Slot {
      std::uint32_t hash = 0, round = 0;
    };
    std::vector<Slot> slots_;
    std::uint32_t round_ = 0;
  };

  void note_lines(const Source& source, NotedSource& noted) {
    noted.lines.begin = static_cast<std::uint32_t>(fresh_.lines.size());
    once_.begin(source.lines.size() + source.headings.size() + 1);
    for (const Line& line : source.lines)
      if (line.hash != 0 && once_.add(line.hash)) fresh_.lines.push_back(line.hash);
    const std::size_t headings = fresh_.lines.size();
    for (const std::string_view heading : source.headings)
      if (const std::uint32_t hash = fold_line(heading); hash != 0 && once_.add(hash)) fresh_.lines.push_back(hash);
    noted.headings = static_cast<std::uint32_t>(fresh_.lines.size() - headings);
    noted.lines.count = static_cast<std::uint32_t>(fresh_.lines.size()) - noted.lines.begin;
  }

  bool is_heard(const Link& link) const { return link.strength != Strength::excluded && link.line != 0; }

  void note_links(const Source& source, NotedSource& noted) {
    noted.links.begin = static_cast<std::uint32_t>(fresh_.links.size());
    for (const Link& link : registry_.links(source.id)) {
      const bool there = fresh_.links.size() > noted.links.begin && fresh_.links.back().line == link.line;
      if (there || !is_heard(link)) continue;
      const std::string_view text = referring_line(registry_, source, link.line);
      const std::uint64_t hash = text.empty() ? 0 : hash::hash64(text);
      fresh_.links.push_back({link.line, static_cast<std::uint32_t>(hash), static_cast<std::uint32_t>(hash >> 32)});
    }
    noted.links.count = static_cast<std::uint32_t>(fresh_.links.size()) - noted.links.begin;
  }

  const NotedSource& record(const Work& work) const { return work.is_noted ? fresh_sources_[work.fresh] : *work.noted; }
  template <typename T>
  Span<T> records(const Work& work, Slice NotedSource::*slice, const std::vector<T>& fresh,
                  const Span<T>& noted) const {
    const Slice at = record(work).*slice;
    return {(work.is_noted ? fresh.data() : noted.data) + at.begin, at.count};
  }

  // The hash of a line that a link stands on. A link that is new in an old file makes that file be read.
  Result<std::uint64_t> line_hash(std::uint32_t from, std::uint32_t line) {
    for (int attempt = 0; attempt < 2; ++attempt) {
      const Span<LinkLine> links = records(works_[from], &NotedSource::links, fresh_.links, notes_.links);
      const LinkLine* const at =
          std::lower_bound(links.begin(), links.end(), line,
                           [](const LinkLine& link, std::uint32_t wanted) { return link.line < wanted; });
      if (at != links.end() && at->line == line) return at->hash();
      if (works_[from].is_noted) break;
      if (auto noted = note(from); !noted) return noted.error();
    }
    return std::uint64_t{0};
  }

  Result<void> find_referrers(std::uint32_t i) {
    Work& work = works_[i];
    work.referrers.clear();
    std::uint64_t hashes[referrer_limit];
    std::size_t count = 0;
    for (const Link& link : registry_.links_to(ids_[i])) {
      if (count >= referrer_limit) break;
      const std::uint32_t from = source_of_[index(link.from)];
      if (from == none || !is_heard(link)) continue;
      const auto hash = line_hash(from, link.line);
      if (!hash) return hash.error();
      if (*hash == 0 || std::find(hashes, hashes + count, *hash) != hashes + count) continue;
      hashes[count++] = *hash;
      work.referrers.push_back({from, link.line});
    }
    work.referrers_hash =
        count == 0 ? 0 : hash::hash64({reinterpret_cast<const char*>(hashes), count * sizeof(hashes[0])});
    return {};
  }

  std::vector<Span<std::uint32_t>> all_lines() const {
    std::vector<Span<std::uint32_t>> lists;
    for (const Work& work : works_) {
      Span<std::uint32_t> list = records(work, &NotedSource::lines, fresh_.lines, notes_.lines);
      list.size -= record(work).headings;
      lists.push_back(list);
    }
    return lists;
  }

  std::vector<std::uint64_t> find_common_descriptions() const {
    std::vector<std::uint64_t> all, common;
    for (const Work& work : works_)
      if (const std::uint64_t hash = record(work).description; hash != 0) all.push_back(hash);
    std::sort(all.begin(), all.end());
    const std::size_t least = least_common(works_.size());
    for (auto at = all.begin(); at != all.end();) {
      const auto end = std::upper_bound(at, all.end(), *at);
      if (static_cast<std::size_t>(end - at) >= least) common.push_back(*at);
      at = end;
    }
    return common;
  }

  void drop_affected() {
    const std::vector<std::uint32_t> lines = difference(notes_.common_lines, common_lines_);
    std::vector<std::uint64_t> descriptions;
    std::set_symmetric_difference(notes_.common_descriptions.begin(), notes_.common_descriptions.end(),
                                  common_descriptions_.begin(), common_descriptions_.end(),
                                  std::back_inserter(descriptions));
    if (lines.empty() && descriptions.empty()) return;
    const Boilerplate changed({lines.data(), lines.size()}, {descriptions.data(), descriptions.size()});
    for (Work& work : works_) {
      if (work.anew) continue;
      const Span<std::uint32_t> own = records(work, &NotedSource::lines, fresh_.lines, notes_.lines);
      if (changed.has_description(record(work).description) ||
          std::any_of(own.begin(), own.end(), [&](std::uint32_t hash) { return changed.has_line(hash); }))
        work.anew = true;
    }
  }

  Result<Counted> finish() {
    const LexiconTable lexicon = lexicon_table();
    Vocabulary vocabulary = all_ ? vocabulary_of(lexicon) : vocabulary_of(lexicon, notes_);
    const std::uint32_t listed = all_ ? 0 : vocabulary.words();
    const Boilerplate boilerplate({common_lines_.data(), common_lines_.size()},
                                  {common_descriptions_.data(), common_descriptions_.size()});
    Counter counter(registry_, vocabulary, lexicon, boilerplate);
    Counted counted;
    for (std::uint32_t i = 0; i < works_.size(); ++i) {
      if (!works_[i].anew) continue;
      if (auto done = count(i, counter); !done) return done.error();
      ++counted.counted;
    }
    const Notes fresh = fresh_.view();
    std::vector<NotedPart> parts;
    for (const Work& work : works_)
      parts.push_back(work.anew ? NotedPart{&fresh, &fresh_sources_[work.fresh]} : NotedPart{&notes_, work.noted});
    counted.notes = join_notes(parts, vocabulary, lexicon, all_ ? Span<std::uint32_t>() : notes_.by_text, listed);
    counted.notes.common_lines = std::move(common_lines_);
    counted.notes.common_descriptions = std::move(common_descriptions_);
    counted.sources = std::move(ids_);
    return counted;
  }

  Result<void> count(std::uint32_t i, Counter& counter) {
    if (auto noted = note(i); !noted) return noted.error();
    Work& work = works_[i];
    std::vector<std::string_view> lines;
    for (const Referrer& referrer : work.referrers) {
      auto from = load(referrer.from);
      if (!from) return from.error();
      lines.push_back(referring_line(registry_, **from, referrer.line));
    }
    NotedSource& noted = fresh_sources_[work.fresh];
    noted.referrers = work.referrers_hash;
    counter.count(*work.source, lines, noted, fresh_);
    return {};
  }

  const Registry& registry_;
  const ReadSource& read_;
  const RouterOptions& options_;
  std::vector<ManifestId> ids_;
  std::vector<Work> works_;               // by source
  std::vector<std::uint32_t> source_of_;  // by manifest
  Notes notes_;                           // of the earlier build
  bool all_ = true;                       // nothing is taken over
  NotesData fresh_;                       // records of what is counted anew
  std::vector<NotedSource> fresh_sources_;
  std::vector<std::uint32_t> common_lines_;
  std::vector<std::uint64_t> common_descriptions_;
  Once once_;
};

Result<Router> open_tables(const Registry& registry, const Counted& counted) {
  auto block =
      std::make_shared<std::string>(lay_out(registry, counted.sources, counted.notes.view(), lexicon_table(), {}));
  const std::string_view bytes = *block;
  return RouterTables::open(std::move(block), bytes, registry);
}

}  // namespace

Result<Counted> count_sources(const Registry& registry, const ReadSource& read, const RouterOptions& options,
                              const Earlier& earlier) {
  return Build(registry, read, options, earlier).run();
}

Result<BuiltRouter> build_router(const Registry& registry, const ReadFile& read, const RouterOptions& options,
                                 const Earlier& earlier) {
  const auto counted = count_sources(registry, by_file(registry, read), options, earlier);
  if (!counted) return counted.error();
  auto router = open_tables(registry, *counted);
  if (!router) return router.error();
  return BuiltRouter{std::move(*router), counted->notes.bytes(), counted->counted};
}

}  // namespace route

Result<Router> Router::build(const Registry& registry, const ReadSection& read, const RouterOptions& options) {
  const auto counted = route::count_sources(registry, route::by_section(registry, read), options, {});
  if (!counted) return counted.error();
  return route::open_tables(registry, *counted);
}

}  // namespace cascade
