// The fields of a manifest that the router reads, before any word is counted.
#pragma once

#include <cascade/result.h>
#include <cascade/route.h>

#include <algorithm>
#include <bit>
#include <utility>

#include "hash/content_hash.h"
#include "route/tables.h"

namespace cascade::route {

// The description without what it is not for ("Not for slides (use decks)"): these words would win others' prompts.
std::string without_disclaimers(std::string_view description);

// By the letters and digits alone, whatever their case and order; 0 for a line that has none.
std::uint32_t fold_line(std::string_view line) noexcept;
std::uint64_t fold_text(std::string_view text) noexcept;

// A line of a text, without its end.
struct Line {
  std::uint32_t begin = 0, length = 0;
  std::uint32_t hash = 0;  // folded
};
void append_lines(std::string_view text, std::uint32_t begin, std::vector<Line>& lines);

// Hashes of lines; open addressing, a quarter full at most, since it is asked for every line of every body.
class LineSet {
 public:
  explicit LineSet(std::size_t most = 0) { begin(most); }
  void begin(std::size_t most) {  // anew
    slots_.assign(std::bit_ceil(most * 4 + 1), 0);
  }
  bool add(std::uint32_t hash) {  // false: it was there. REQUIRES: not 0, which marks a free slot
    std::uint32_t& slot = slots_[place_of(hash)];
    return std::exchange(slot, hash) == 0;
  }
  bool has(std::uint32_t hash) const noexcept { return hash != 0 && slots_[place_of(hash)] == hash; }

 private:
  std::size_t place_of(std::uint32_t hash) const noexcept {
    const std::size_t mask = slots_.size() - 1;
    std::size_t at = hash & mask;
    while (slots_[at] != 0 && slots_[at] != hash) at = (at + 1) & mask;
    return at;
  }

  std::vector<std::uint32_t> slots_;
};

// The number of sources that makes a line or description common: at least 4, and 4 % of all.
std::size_t least_common(std::size_t sources) noexcept;

// Those that are there so often, each once; sorted.
template <typename Hash>
std::vector<Hash> frequent(std::vector<Hash> all, std::size_t least) {
  std::vector<Hash> found;
  std::ranges::sort(all);
  for (auto at = all.begin(); at != all.end();) {
    const auto end = std::upper_bound(at, all.end(), *at);
    if (static_cast<std::size_t>(end - at) >= least) found.push_back(*at);
    at = end;
  }
  return found;
}

// The hashes that are in at least `least` of the lists, each of which holds a hash once; sorted.
std::vector<std::uint32_t> common_hashes(const std::vector<Span<std::uint32_t>>& lists, std::size_t least);

// The text of a manifest and where its sections lie in it: the whole file, or the sections alone, one after the other.
struct SourceText {
  struct Section {
    Slice range;
    std::string_view heading;  // the registry's
  };
  std::string text;
  std::vector<Section> sections;  // those of the body, in order
  bool as_registered = false;     // as FileText::as_registered
  hash::Hash128 content;          // of the file, if it was read whole and may differ from the registry's
};
using ReadSource = std::function<Result<SourceText>(ManifestId)>;

ReadSource by_section(const Registry& registry, const ReadSection& read);

struct FileText {
  std::string text;
  bool as_registered = false;  // the very text that the registry was made of, and whose hash Earlier::content has
  std::function<std::string(std::string_view)> unescape{};  // unescapes a section's bytes; empty: they stay as they are
};
using ReadFile = std::function<Result<FileText>(const ManifestView&)>;
ReadSource by_file(const Registry& registry, const ReadFile& read);

struct Source {
  ManifestId id{};
  SourceText text;
  std::vector<Line> lines;                    // of the body
  std::string description;                    // without markup tags
  std::vector<std::string> phrases;           // declared triggers, one each, then those of overlays
  std::size_t lessons = 0;                    // how many of `phrases`, the last, are an overlay's
  std::vector<std::string> examples;          // quotations of users
  std::vector<std::string_view> headings;     // the registry's
  std::vector<std::uint32_t> heading_hashes;  // fold_line() of each
  std::string situation;                      // the section that says when to use it

  std::string_view line(const Line& at) const { return std::string_view(text.text).substr(at.begin, at.length); }
};

// All manifests that can be routed to, by manifest id: not shadowed and not documents.
std::vector<ManifestId> routable(const Registry& registry);

// Those that a name in an overlay means: of that name; if there is none, of that title; if there is none either, of
// that name behind their folders or their plugin. Several: it is ambiguous. Linear in the registry.
std::vector<ManifestId> meant_by(const Registry& registry, const Symbol& written);

// A hash of a source's inputs apart from its text, the fields and sections in that text, and the lines of others.
std::uint64_t hash_inputs(const Registry& registry, ManifestId id, const RouterOptions& options);

// Fails only if `read` does.
Result<Source> read_source(const Registry& registry, ManifestId id, const ReadSource& read,
                           const RouterOptions& options);

// The line of a body that contains a link, in the form counted for the link's target; empty when there is none. A
// manifest counts at most `referrer_limit` of them, in the order of its links, each text once.
std::string_view referring_line(const Registry& registry, const Source& from, std::uint32_t line);
constexpr std::size_t referrer_limit = 6;

// Fields that name what a manifest is about.
constexpr std::string_view domain_keys[] = {"metadata.cascade-domain", "category", "metadata.category", "domain"};

}  // namespace cascade::route
