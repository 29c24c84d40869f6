// Router::build: reads the sources, counts their words and lays out the tables.
// With earlier notes it takes over each source whose file and description are unchanged and counts the others. The
// words of a source also depend on others: on the lines that link to it, and on the lines that many sources share. So
// it then compares both with the notes and also counts the sources for which they changed. When more than an eighth
// must be counted, it counts all, which takes no longer. Whatever was noted, the result is the same.
#include "route/build/build.h"

#include <algorithm>
#include <memory>

#include "route/build/counting.h"
#include "route/build/layout.h"
#include "route/build/lexicon_table.h"
#include "route/build/noting.h"
#include "route/build/numbering.h"
#include "route/build/precision.h"
#include "route/tables.h"
#include "route/weights.h"

namespace cascade {
namespace route {
namespace {

// A line of one source that links to another.
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
  Build(const Registry& registry, const ReadSource& read, const RouterOptions& options, const Earlier& earlier,
        const Hands& hands)
      : registry_(registry),
        read_(read),
        options_(options),
        earlier_(earlier),
        run_(hands.run),
        ids_(routable(registry)),
        works_(ids_.size()) {
    constexpr std::size_t least_work = 32;  // sources that are worth a hand
    const std::size_t most = hands.run ? std::min(hands.count, works_.size() / least_work) : 1;
    for (std::size_t i = 0; i < std::max<std::size_t>(most, 1); ++i) hands_.push_back(std::make_unique<Hand>(registry));
    source_of_.assign(registry.size(), none);
    for (std::uint32_t i = 0; i < ids_.size(); ++i) source_of_[index(ids_[i])] = i;
    for (std::uint32_t i = 0; i < ids_.size(); ++i) works_[i].inputs = hash_inputs(registry, ids_[i], options);
    if (earlier.notes.empty() || !earlier.content || !notes_.open(earlier.notes)) return;
    take_over();
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
  // One of the workers that read and count at the same time, each with notes and a vocabulary of its own.
  struct Hand {
    explicit Hand(const Registry& registry) : noter(registry) {}

    Noter noter;
    NotesData notes;
    std::vector<NotedSource> sources;
    Vocabulary vocabulary;
    std::size_t at = 0;  // the current source; after a failure, the one after it
    Result<void> done;
  };

  // The state of one source.
  struct Work {
    std::uint64_t inputs = 0;
    const NotedSource* noted = nullptr;  // its earlier records, if file and description are unchanged
    bool anew = true;                    // whether it is counted anew
    std::unique_ptr<Source> source;      // as far as it was read
    Hand* hand = nullptr;                // the hand that noted it and counts it; null: none yet
    std::uint32_t fresh = none;          // its place among the hand's sources
    std::vector<Referrer> referrers;
    std::uint64_t referrers_hash = 0;
  };

  // Takes over the records of sources whose file and description are as noted.
  void take_over() {
    std::vector<const NotedSource*> before;
    for (const NotedSource& noted : notes_.sources) before.push_back(&noted);
    const auto less = [](const NotedSource* a, std::uint64_t inputs) { return a->inputs < inputs; };
    std::sort(before.begin(), before.end(),
              [](const NotedSource* a, const NotedSource* b) { return a->inputs < b->inputs; });
    for (std::uint32_t i = 0; i < works_.size(); ++i) {
      const auto content = earlier_.content(ids_[i]);
      if (!content || *content == hash::Hash128()) continue;
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
  // Reading an eighth of a library costs as much time as not reading the rest saves.
  bool too_many() const { return to_count() * 8 > works_.size(); }

  void count_all() {
    all_ = true;
    for (const auto& hand : hands_) {
      hand->notes = {};
      hand->sources.clear();
    }
    for (Work& work : works_) {
      work.anew = true;
      work.hand = nullptr;
    }
  }

  std::size_t number_of(const Hand& hand) const {
    std::size_t number = 0;
    while (hands_[number].get() != &hand) ++number;
    return number;
  }

  // Calls f(hand, source) for the sources that are counted anew: with the first hand or, when all are, with each hand
  // in turn, so that neighbours, which are much alike, are spread evenly. Returns the first failure in order of
  // sources.
  template <typename F>
  Result<void> each_anew(F&& f) {
    const std::size_t hands = all_ ? hands_.size() : 1;
    const auto work = [&](std::size_t h) {
      Hand& hand = *hands_[h];
      hand.done = Result<void>();
      for (hand.at = h; hand.at < works_.size() && hand.done; hand.at += hands)
        if (works_[hand.at].anew) hand.done = f(hand, static_cast<std::uint32_t>(hand.at));
    };
    if (hands == 1)
      work(0);
    else
      run_(hands, work);
    const Hand* failed = nullptr;
    for (const auto& hand : hands_)
      if (!hand->done && (failed == nullptr || hand->at < failed->at)) failed = hand.get();
    return failed != nullptr ? failed->done : Result<void>();
  }

  // Finds the other sources to count anew: those whose referrers changed, and those with a line that became boilerplate
  // or no longer is.
  Result<void> compare() {
    if (auto noted = each_anew([&](Hand& hand, std::uint32_t i) { return note(hand, i); }); !noted) return noted;
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

  // Reads a source and notes its lines and the lines of its links.
  Result<void> note(Hand& hand, std::uint32_t i) {
    auto loaded = load(i);
    if (!loaded) return loaded.error();
    Work& work = works_[i];
    work.anew = true;
    if (work.hand != nullptr) return {};
    work.hand = &hand;
    work.fresh = static_cast<std::uint32_t>(hand.sources.size());
    hand.sources.push_back(hand.noter.note(**loaded, work.inputs, hand.notes));
    NotedSource& noted = hand.sources.back();
    const auto content = earlier_.content ? earlier_.content(ids_[i]) : std::nullopt;
    const SourceText& text = (*loaded)->text;
    // The file may have changed since the registry was made. Its sections then belong to another text, so its counts
    // must never be taken over.
    const bool known = content && (text.as_registered || *content == text.content);
    noted.content_high = known ? content->high : 0;
    noted.content_low = known ? content->low : 0;
    return {};
  }

  const NotedSource& record(const Work& work) const {
    return work.hand != nullptr ? work.hand->sources[work.fresh] : *work.noted;
  }
  template <typename T>
  Span<T> records(const Work& work, Slice NotedSource::*slice, std::vector<T> NotesData::*fresh,
                  Span<T> Notes::*noted) const {
    const Slice at = record(work).*slice;
    return {(work.hand != nullptr ? (work.hand->notes.*fresh).data() : (notes_.*noted).data) + at.begin, at.count};
  }
  Span<std::uint32_t> lines_of(const Work& work) const {
    return records(work, &NotedSource::lines, &NotesData::lines, &Notes::lines);
  }

  // The hash of a link's line. A new link in an unchanged file means that the file must be read.
  Result<std::uint64_t> line_hash(std::uint32_t from, std::uint32_t line) {
    for (int attempt = 0; attempt < 2; ++attempt) {
      const Span<LinkLine> links = records(works_[from], &NotedSource::links, &NotesData::links, &Notes::links);
      const LinkLine* const at =
          std::lower_bound(links.begin(), links.end(), line,
                           [](const LinkLine& link, std::uint32_t wanted) { return link.line < wanted; });
      if (at != links.end() && at->line == line) return at->hash();
      if (works_[from].hand != nullptr) break;
      if (auto noted = note(*hands_[0], from); !noted) return noted.error();
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
      Span<std::uint32_t> list = lines_of(work);
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
      const Span<std::uint32_t> own = lines_of(work);
      if (changed.has_description(record(work).description) ||
          std::any_of(own.begin(), own.end(), [&](std::uint32_t hash) { return changed.has_line(hash); }))
        work.anew = true;
    }
  }

  Result<Counted> finish() {
    const LexiconTable lexicon = lexicon_table();
    hands_[0]->vocabulary = all_ ? vocabulary_of(lexicon) : vocabulary_of(lexicon, notes_);
    for (std::size_t h = 1; h < hands_.size() && all_; ++h) hands_[h]->vocabulary = vocabulary_of(lexicon);
    const std::uint32_t listed = all_ ? 0 : hands_[0]->vocabulary.words();
    const Boilerplate boilerplate({common_lines_.data(), common_lines_.size()},
                                  {common_descriptions_.data(), common_descriptions_.size()});
    std::vector<Counter> counters;
    counters.reserve(hands_.size());
    for (const auto& hand : hands_) counters.emplace_back(registry_, hand->vocabulary, lexicon, boilerplate);
    if (auto done = each_anew([&](Hand& hand, std::uint32_t i) { return count(hand, counters[number_of(hand)], i); });
        !done)
      return done.error();
    for (std::size_t h = 1; h < hands_.size() && all_; ++h)
      take_words(hands_[0]->vocabulary, hands_[h]->vocabulary, lexicon, hands_[h]->notes);
    std::vector<Notes> fresh;
    for (const auto& hand : hands_) fresh.push_back(hand->notes.view());
    Counted counted;
    std::vector<NotedPart> parts;
    for (const Work& work : works_) {
      counted.counted += work.anew ? 1 : 0;
      parts.push_back(work.anew ? NotedPart{&fresh[number_of(*work.hand)], &work.hand->sources[work.fresh]}
                                : NotedPart{&notes_, work.noted});
    }
    Joined joined =
        join_notes(parts, hands_[0]->vocabulary, lexicon, all_ ? Span<std::uint32_t>() : notes_.by_text, listed);
    counted.notes = std::move(joined.notes);
    if (!all_) counted.remains = remains(std::move(joined.new_terms));
    counted.notes.common_lines = std::move(common_lines_);
    counted.notes.common_descriptions = std::move(common_descriptions_);
    counted.sources = std::move(ids_);
    return counted;
  }

  Remains remains(std::vector<std::uint32_t> new_terms) const {
    Remains remains{notes_.sources, {}, std::move(new_terms)};
    remains.terms.resize(notes_.head[0].lexicon_terms + notes_.term_ends.size);  // the others are new
    for (const Work& work : works_)
      remains.entries.push_back(work.anew ? none : static_cast<std::uint32_t>(work.noted - notes_.sources.data));
    return remains;
  }

  Result<void> count(Hand& hand, Counter& counter, std::uint32_t i) {
    if (auto noted = note(hand, i); !noted) return noted.error();
    Work& work = works_[i];
    std::vector<std::string_view> lines;
    for (const Referrer& referrer : work.referrers) {
      auto from = load(referrer.from);
      if (!from) return from.error();
      lines.push_back(referring_line(registry_, **from, referrer.line));
    }
    NotedSource& noted = hand.sources[work.fresh];
    noted.referrers = work.referrers_hash;
    counter.count(*work.source, lines, noted, hand.notes);
    return {};
  }

  const Registry& registry_;
  const ReadSource& read_;
  const RouterOptions& options_;
  const Earlier& earlier_;
  const decltype(Hands::run)& run_;
  std::vector<ManifestId> ids_;
  std::vector<Work> works_;                   // by source
  std::vector<std::uint32_t> source_of_;      // by manifest
  Notes notes_;                               // of the earlier build
  bool all_ = true;                           // nothing is taken over
  std::vector<std::unique_ptr<Hand>> hands_;  // the first also takes what others must be counted for
  std::vector<std::uint32_t> common_lines_;
  std::vector<std::uint64_t> common_descriptions_;
};

Result<Router> open_tables(const Registry& registry, const Counted& counted, const RouterOptions& options,
                           KeptPostings* kept = nullptr) {
  auto block = std::make_shared<std::string>(
      lay_out(registry, counted.sources, counted.notes.view(), lexicon_table(), {}, kept));
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
                              const Earlier& earlier, const Hands& hands) {
  return Build(registry, read, options, earlier, hands).run();
}

Result<BuiltRouter> build_router(const Registry& registry, const ReadFile& read, const RouterOptions& options,
                                 const Earlier& earlier, const Hands& hands) {
  const auto counted = count_sources(registry, by_file(registry, read), options, earlier, hands);
  if (!counted) return counted.error();
  Tables tables;
  std::optional<KeptPostings> kept;
  if (!counted->remains.entries.empty() && tables.open(earlier.tables))
    kept = KeptPostings::find(tables, counted->remains, counted->notes.view(), lexicon_table(), {});
  auto router = open_tables(registry, *counted, options, kept ? &*kept : nullptr);
  if (!router) return router.error();
  const std::size_t weighed = kept ? counted->counted : counted->sources.size();
  return BuiltRouter{std::move(*router), counted->notes.bytes(), counted->counted, weighed};
}

}  // namespace route

Result<Router> Router::build(const Registry& registry, const ReadSection& read, const RouterOptions& options) {
  const auto counted = route::count_sources(registry, route::by_section(registry, read), options, {});
  if (!counted) return counted.error();
  return route::open_tables(registry, *counted, options);
}

}  // namespace cascade
