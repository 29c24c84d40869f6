// What a library repeats in many files: cut out before words are counted.
#include <algorithm>
#include <cstdint>
#include <string>
#include <vector>

#include "route/fields.h"

namespace cascade::route {
namespace {

constexpr std::size_t least_count = 4, least_per_cent = 4;

// Letters and digits only, without case; 0 for a line that has none.
std::uint64_t fold(std::string_view line) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;
  bool any = false;
  for (const char c : line) {
    const bool upper = c >= 'A' && c <= 'Z';
    if (!upper && !(c >= 'a' && c <= 'z') && !(c >= '0' && c <= '9') && static_cast<unsigned char>(c) < 0x80) continue;
    hash = (hash ^ static_cast<unsigned char>(upper ? c + ('a' - 'A') : c)) * 0x100000001b3ULL;
    any = true;
  }
  return any ? (hash | 1) : 0;
}

// How many sources have a line; open addressing, by the line's hash.
class LineCounts {
 public:
  explicit LineCounts(std::size_t lines) {
    std::size_t size = 64;
    while (size < lines * 2) size *= 2;
    slots_.resize(size);
  }
  void add(std::uint64_t hash, std::uint32_t source) {
    Slot& slot = find(hash);
    if (slot.hash == hash && slot.last == source) return;
    slot = {hash, slot.count + 1, source};
  }
  std::uint32_t count(std::uint64_t hash) { return find(hash).count; }

 private:
  struct Slot {
    std::uint64_t hash = 0;
    std::uint32_t count = 0, last = 0xffffffffU;
  };
  Slot& find(std::uint64_t hash) {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = (hash >> 7) & mask;
    while (slots_[at].hash != 0 && slots_[at].hash != hash) at = (at + 1) & mask;
    return slots_[at];
  }
  std::vector<Slot> slots_;
};

template <typename F>
void each_line(std::string_view text, F&& f) {
  while (!text.empty()) {
    const std::size_t end = text.find('\n');
    f(text.substr(0, end));
    if (end == std::string_view::npos) break;
    text.remove_prefix(end + 1);
  }
}

void drop_common_descriptions(std::vector<Source>& sources, std::size_t common) {
  LineCounts counts(sources.size());
  for (std::uint32_t i = 0; i < sources.size(); ++i)
    if (const std::uint64_t hash = fold(sources[i].description); hash != 0) counts.add(hash, i);
  for (Source& source : sources)
    if (const std::uint64_t hash = fold(source.description); hash != 0 && counts.count(hash) >= common)
      source.description.clear();
}

}  // namespace

void drop_boilerplate(std::vector<Source>& sources) {
  const std::size_t common = std::max(least_count, sources.size() * least_per_cent / 100);
  drop_common_descriptions(sources, common);
  std::vector<std::uint64_t> hashes;
  std::vector<std::size_t> begins;
  for (const Source& source : sources) {
    begins.push_back(hashes.size());
    each_line(source.body, [&](std::string_view line) { hashes.push_back(fold(line)); });
  }
  LineCounts counts(hashes.size());
  for (std::uint32_t i = 0; i < sources.size(); ++i) {
    const std::size_t end = i + 1 < sources.size() ? begins[i + 1] : hashes.size();
    for (std::size_t line = begins[i]; line < end; ++line)
      if (hashes[line] != 0) counts.add(hashes[line], i);
  }
  for (std::uint32_t i = 0; i < sources.size(); ++i) {
    std::string kept;
    std::size_t number = begins[i];
    each_line(sources[i].body, [&](std::string_view line) {
      const std::uint64_t hash = hashes[number++];
      if (hash == 0 || counts.count(hash) >= common || line.substr(0, 2) == "/*") return;
      kept.append(line);
      kept += '\n';
    });
    sources[i].body = std::move(kept);
    auto& headings = sources[i].headings;
    headings.erase(std::remove_if(headings.begin(), headings.end(),
                                  [&](std::string_view heading) { return counts.count(fold(heading)) >= common; }),
                   headings.end());
  }
}

}  // namespace cascade::route
