// Which manifests must be read and counted, and which keep the counts of the last build. A manifest keeps them if its
// inputs and the bytes of its file are as noted. Each thread has a hand of its own to note in, so nothing is shared
// while they count; which hand counted a manifest is forgotten when the hands are merged.
#include "route/build/readings.h"

#include <algorithm>

namespace cascade::route {

Readings::Readings(const Registry& registry, const ReadSource& read, const RouterOptions& options,
                   const ContentOf& content, const std::vector<ManifestId>& ids, std::size_t hands)
    : registry_(registry), read_(read), options_(options), content_(content), ids_(ids), works_(ids.size()) {
  hands_.reserve(hands);
  for (std::size_t i = 0; i < hands; ++i) hands_.emplace_back(registry);
  for (std::size_t i = 0; i < works_.size(); ++i) works_[i].inputs = hash_inputs(registry, ids_[i], options);
}

// Sorted by inputs, since manifests may have come or gone and so have other numbers now. O(n log n).
void Readings::take_over(const Notes& notes) {
  notes_ = &notes;
  std::vector<const NotedSource*> before;
  for (const NotedSource& noted : notes.sources) before.push_back(&noted);
  const auto less = [](const NotedSource* a, std::uint64_t inputs) { return a->inputs < inputs; };
  std::sort(before.begin(), before.end(),
            [](const NotedSource* a, const NotedSource* b) { return a->inputs < b->inputs; });
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
  for (Hand& hand : hands_) {
    hand.notes = {};
    hand.sources.clear();
  }
  for (Work& work : works_) {
    work.anew = true;
    work.hand = none;
  }
}

std::size_t Readings::count_anew() const {
  return static_cast<std::size_t>(
      std::count_if(works_.begin(), works_.end(), [](const Work& work) { return work.anew; }));
}

Result<const Source*> Readings::load(std::size_t source) {
  Work& work = works_[source];
  if (!work.source) {
    auto read = read_source(registry_, ids_[source], read_, options_);
    if (!read) return read.error();
    work.source = std::make_unique<Source>(std::move(*read));
  }
  return work.source.get();
}

Result<void> Readings::note(std::size_t hand, std::size_t source) {
  const auto loaded = load(source);
  if (!loaded) return loaded.error();
  Work& work = works_[source];
  work.anew = true;
  if (work.hand != none) return {};
  Hand& by = hands_[hand];
  work.hand = static_cast<std::uint32_t>(hand);
  work.fresh = static_cast<std::uint32_t>(by.sources.size());
  NotedSource& noted = by.sources.emplace_back(by.noter.note(**loaded, work.inputs, by.notes));
  const auto content = content_ ? content_(ids_[source]) : std::nullopt;
  const SourceText& text = (*loaded)->text;
  // The file may have changed since the registry was made. Its sections then belong to another text, so its counts
  // must never be taken over.
  const bool known = content && (text.as_registered || *content == text.content);
  noted.content_high = known ? content->high : 0;
  noted.content_low = known ? content->low : 0;
  return {};
}

const NotedSource& Readings::record(std::size_t source) const {
  const Work& work = works_[source];
  return work.hand != none ? hands_[work.hand].sources[work.fresh] : *work.noted;
}

NotedSource& Readings::fresh_record(std::size_t source) {
  return hands_[works_[source].hand].sources[works_[source].fresh];
}

template <typename T>
Span<T> Readings::records(std::size_t source, Slice NotedSource::*slice, std::vector<T> NotesData::*fresh,
                          Span<T> Notes::*noted) const {
  const std::uint32_t hand = works_[source].hand;
  const Slice at = record(source).*slice;
  return {(hand != none ? (hands_[hand].notes.*fresh).data() : (notes_->*noted).data) + at.begin, at.count};
}

Span<std::uint32_t> Readings::lines(std::size_t source) const {
  return records(source, &NotedSource::lines, &NotesData::lines, &Notes::lines);
}

Span<LinkLine> Readings::links(std::size_t source) const {
  return records(source, &NotedSource::links, &NotesData::links, &Notes::links);
}

}  // namespace cascade::route
