// Notes come before counting because they decide what is counted: lines that many sources share are skipped, and lines
// with links are counted for their targets. Only hashes are kept, each once a source, in a table that all sources
// reuse.
#include "route/build/noting.h"

#include <algorithm>

namespace cascade::route {

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
