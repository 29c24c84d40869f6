// Which manifests must be read and counted, and which keep the counts of the last build. A manifest keeps them if its
// inputs and the bytes of its file are as noted. Each thread has a hand of its own to note in, so nothing is shared
// while they count; which hand counted a manifest is forgotten when the hands are merged.
#include "route/build/readings.h"

#include <algorithm>

namespace cascade::route {
namespace {

constexpr std::size_t most_kept = 8u << 20;  // bytes of texts

}  // namespace

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
  kept_ = 0;
  for (Hand& hand : hands_) hand.batches.clear();
  for (Work& work : works_) {
    work.anew = true;
    work.at = {};
  }
}

std::size_t Readings::count_anew() const {
  return static_cast<std::size_t>(
      std::count_if(works_.begin(), works_.end(), [](const Work& work) { return work.anew; }));
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

Result<void> Readings::note(std::size_t hand, std::size_t source) {
  Work& work = works_[source];
  work.anew = true;
  if (is_noted_now(source)) return {};
  const auto loaded = load(source);
  if (!loaded) return loaded.error();
  Hand& by = hands_[hand];
  if (by.batches.empty() || by.batches.back().sources.size() == batch_sources) by.batches.emplace_back();
  Batch& batch = by.batches.back();
  work.at = {static_cast<std::uint32_t>(hand), static_cast<std::uint32_t>(by.batches.size() - 1),
             static_cast<std::uint32_t>(batch.sources.size())};
  NotedSource& noted = batch.sources.emplace_back(by.noter.note(**loaded, work.inputs, batch.notes, batch.link_texts));
  const auto content = content_ ? content_(ids_[source]) : std::nullopt;
  const SourceText& text = (*loaded)->text;
  // The file may have changed since the registry was made. Its sections then belong to another text, so its counts
  // must never be taken over.
  const bool known = content && (text.as_registered || *content == text.content);
  noted.content_high = known ? content->high : 0;
  noted.content_low = known ? content->low : 0;
  work.content = content_of(**loaded);
  if (kept_.fetch_add(text.text.size()) >= most_kept) drop(source);
  return {};
}

const NotedSource& Readings::record(std::size_t source) const {
  const Work& work = works_[source];
  return is_noted_now(source) ? batch(work.at).sources[work.at.place] : *work.noted;
}

NotedSource& Readings::fresh_record(std::size_t source) { return batch_of(source).sources[works_[source].at.place]; }

template <typename T>
Span<T> Readings::records(std::size_t source, Slice NotedSource::*slice, std::vector<T> NotesData::*fresh,
                          Span<T> Notes::*noted) const {
  const Slice at = record(source).*slice;
  const T* const all = is_noted_now(source) ? (batch(works_[source].at).notes.*fresh).data() : (notes_->*noted).data;
  return {all + at.begin, at.count};
}

Span<std::uint32_t> Readings::lines(std::size_t source) const {
  return records(source, &NotedSource::lines, &NotesData::lines, &Notes::lines);
}

Span<LinkLine> Readings::links(std::size_t source) const {
  return records(source, &NotedSource::links, &NotesData::links, &Notes::links);
}

// A source that was taken over is read for it; only one hand is at work then.
Result<std::string_view> Readings::referring_text(std::size_t source, std::uint32_t line) {
  if (!is_noted_now(source)) {
    const auto loaded = load(source);
    if (!loaded) return loaded.error();
    return referring_line(registry_, **loaded, line);
  }
  const Batch& noted = batch_of(source);
  const Slice links = record(source).links;
  for (std::uint32_t i = links.begin; i < links.begin + links.count; ++i)
    if (noted.notes.links[i].line == line) return noted.link_texts[i];
  return std::string_view();
}

// Notes come before counting because they decide what is counted: lines that many sources share are skipped, and lines
// with links are counted for their targets. Only hashes are kept, each once a source, in a table that all sources
// reuse.
void Noter::Once::begin(std::size_t most) {
  while (slots_.size() < most * 2) slots_.resize(std::max<std::size_t>(1024, slots_.size() * 2));
  ++round_;
}

bool Noter::Once::add(std::uint32_t hash) {
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  for (; slots_[at].round == round_; at = (at + 1) & mask)
    if (slots_[at].hash == hash) return false;
  slots_[at] = {hash, round_};
  return true;
}

NotedSource Noter::note(const Source& source, std::uint64_t inputs, NotesData& notes, LinkTexts& texts) {
  NotedSource noted;
  noted.inputs = inputs;
  noted.description = fold_text(source.description);
  note_lines(source, noted, notes);
  note_links(source, noted, notes, texts);
  return noted;
}

void Noter::note_lines(const Source& source, NotedSource& noted, NotesData& notes) {
  noted.lines.begin = static_cast<std::uint32_t>(notes.lines.size());
  once_.begin(source.lines.size() + source.headings.size() + 1);
  for (const Line& line : source.lines)
    if (line.hash != 0 && once_.add(line.hash)) notes.lines.push_back(line.hash);
  const std::size_t headings = notes.lines.size();
  for (const std::uint32_t hash : source.heading_hashes)
    if (hash != 0 && once_.add(hash)) notes.lines.push_back(hash);
  noted.headings = static_cast<std::uint32_t>(notes.lines.size() - headings);
  noted.lines.count = static_cast<std::uint32_t>(notes.lines.size()) - noted.lines.begin;
}

void Noter::note_links(const Source& source, NotedSource& noted, NotesData& notes, LinkTexts& texts) const {
  noted.links.begin = static_cast<std::uint32_t>(notes.links.size());
  for (const Link& link : registry_.links(source.id)) {
    const bool there = notes.links.size() > noted.links.begin && notes.links.back().line == link.line;
    if (there || !is_heard(link)) continue;
    const std::string_view text = referring_line(registry_, source, link.line);
    const std::uint64_t hash = text.empty() ? 0 : hash::hash64(text);
    notes.links.push_back({link.line, static_cast<std::uint32_t>(hash), static_cast<std::uint32_t>(hash >> 32)});
    texts.spans.push_back({static_cast<std::uint32_t>(texts.bytes.size()), static_cast<std::uint32_t>(text.size())});
    texts.bytes.append(text);
  }
  noted.links.count = static_cast<std::uint32_t>(notes.links.size()) - noted.links.begin;
}

}  // namespace cascade::route
