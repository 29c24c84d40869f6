// One manifest as the registry stores it, independent of all others, so that an unchanged file need not be parsed
// again. A part consists of two blocks of tables (tables/block.h). The visible block holds the registry's own records
// and their text: it is copied into the registry with offsets shifted by where the part's text begins, and can be taken
// back from there (RegistryTables::part), so it is stored nowhere else. The calls, references as they were written with
// their names, are for binding alone. Parts from a file are untrusted: offsets out of range read as empty, kinds as the
// last one.
#pragma once

#include <cascade/manifest.h>
#include <cascade/registry.h>

#include <cstddef>
#include <cstdint>
#include <cstring>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "tables/block.h"

namespace cascade {

struct TextRef {
  std::uint32_t offset = 0, length = 0;
};
struct Range {
  std::uint32_t begin = 0, count = 0;
};

// What these mean in a block that may be damaged: empty where they lead out of it.
inline std::string_view within(std::string_view text, TextRef ref) noexcept {
  if (ref.offset > text.size() || ref.length > text.size() - ref.offset) return {};
  return text.substr(ref.offset, ref.length);
}
template <typename T>
Span<T> within(const Span<T>& table, Range range) noexcept {
  if (range.begin > table.size || range.count > table.size - range.begin) return {};
  return {table.data + range.begin, range.count};
}

struct ManifestRecord {
  TextRef name, title, plugin, path, description;
  Range aliases, sections, fields, links, reverse_links, tools, steps, conflicts, any_groups, shadows, problems;
  std::uint32_t root = 0, shadower = 0xffffffffU;
  Cost body;
  HeadCosts heads;
  std::uint8_t kind = 0, layer = 0, scope = 0, document = 0;
};

// Where the part of a manifest (part.h) is in the registry, in addition to the ranges of its ManifestRecord: in the
// text and among the related places.
struct PartRange {
  Range text, related;
};

struct SectionRecord {
  std::uint64_t content_hash = 0;
  std::uint32_t offset = 0, length = 0;  // a file has at most 16 MiB
  TextRef heading, path;
  std::uint32_t shorter_of = 0, line = 0;
  Cost cost;
  std::uint8_t level = 0, form = 0, flags = 0, cut_tokens = 0;  // cut_tokens, cut_chars: 0 if they do not fit
  std::uint16_t cut_chars = 0, shown_lines = 0;
};
constexpr std::uint8_t section_announces = 1, section_bare = 2;

struct FieldRecord {
  TextRef key, value;
};

struct ToolRecord {
  TextRef server, tool, pattern;
};

struct StepRecord {
  TextRef skill, enter, leave, result;
  std::uint32_t number = 0, line = 0, column = 0, unused = 0;
};

struct NameRecord {
  TextRef name;
  std::uint32_t id = 0;
  std::uint8_t kind = 0, alias = 0, unused[2] = {0, 0};
};

struct PlaceRecord {
  TextRef path;
  std::uint32_t line = 0, column = 0, end_line = 0, end_column = 0;
};

// A reference without an answer, or with several. Similar names are searched only on request.
struct UnboundRecord {
  TextRef target;
  PlaceRecord at;
  std::uint32_t from = 0;
  std::uint8_t kind = 0, strength = 0, via = 0, kind_known = 0;
  std::uint32_t reason = 0;  // UnboundReason
};
// several: as ambiguous, but not an order to use something, and so not a fault; a bundle must still explain the name.
enum class UnboundReason : std::uint32_t { dangling, ambiguous, other_kind, names_itself, several };

struct DiagnosticRecord {
  PlaceRecord at;
  TextRef rule, message, help, fingerprint;
  Range related;
  std::uint32_t severity = 0;
};

struct RelatedRecord {
  PlaceRecord at;
  TextRef message;
};

}  // namespace cascade

namespace cascade::registry {

struct PartRecord {
  TextRef name, title, plugin, path, description;
  Cost body;
  HeadCosts heads;
  std::uint32_t root = 0;
  std::uint8_t kind = 0, layer = 0, scope = 0, document = 0;
};

// What `kind_known` of a record holds, as in Reference.
constexpr std::uint8_t kind_is_known = 1, is_named = 2;

// `target` is in the text of names; the path of `at` is in the visible text, counted from where the part's begins.
struct ReferenceRecord {
  TextRef target;
  PlaceRecord at;
  std::uint8_t kind = 0, strength = 0, via = 0, kind_known = 0;
};

struct SymbolRecord {  // its name is in the text of names
  TextRef name;
  std::uint32_t kind = 0;
};

// A reference as its author wrote it.
struct Call {
  std::string_view name;
  Kind kind = Kind::skill;
  Strength strength = Strength::mentioned;
  Via via = Via::prose;
  bool kind_known = false, named = false;
};

// Both blocks of a new part, each a multiple of 8 bytes: views into its maker.
struct MadePart {
  std::string_view shown, calls;
};

// Makes parts, one manifest after the other. Deterministic: equal manifests give equal bytes. Data that the registry
// does not store (places of fields, tools named in the text, fixes) is left out.
class PartMaker {
 public:
  PartMaker();
  PartMaker(PartMaker&&) noexcept;
  ~PartMaker();

  MadePart make(const Manifest& manifest);
  void drop_shown() { shown_.clear(); }  // frees the memory of the visible blocks of all parts so far

 private:
  class Writer;
  std::unique_ptr<Writer> writer_;
  tables::Arena shown_, calls_;
};

// Views into a part, which must outlive them.
struct Part {
  // Opens a new part. Nothing if a directory does not match its bytes, or if they are not aligned to 8.
  static std::optional<Part> open(std::string_view shown, std::string_view calls) noexcept;
  // False as above; has_calls() only tells. The caller fills in the views of the visible block.
  bool open_calls(std::string_view calls) noexcept;
  static bool has_calls(std::string_view calls) noexcept { return Part().open_calls(calls); }
  void read_record() noexcept;  // sets the members that follow from `record` and `text`

  PartRecord record;
  // The base of the offsets in the visible records; 0 in a new part.
  std::uint32_t text_base = 0, related_base = 0;
  Kind kind = Kind::skill;
  Scope scope = Scope::project;
  std::uint32_t root = 0;
  bool document = false;
  std::string_view name, title, plugin, path;
  Span<TextRef> aliases;
  Span<SectionRecord> sections;
  Span<FieldRecord> fields;
  Span<ToolRecord> tools;
  Span<StepRecord> steps;
  Span<DiagnosticRecord> diagnostics;
  Span<RelatedRecord> related;
  Span<ReferenceRecord> references;
  Span<SymbolRecord> symbols;
  Span<Range> groups;  // of symbols: the first group are conflicts; of each other group at least one is required
  std::string_view text, names;

  std::string_view shown(TextRef ref) const noexcept { return within(text, {ref.offset - text_base, ref.length}); }
  std::string_view called(TextRef ref) const noexcept { return within(names, ref); }
  Span<SymbolRecord> group(std::size_t position) const noexcept;
  Call call(const ReferenceRecord& reference) const noexcept;
};

// Stores each text once, as a flat table of views into its own bytes. O(1) on average; the place of a text depends only
// on the order of calls.
class TextPool {
 public:
  TextRef add(std::string_view text);
  // As add(), for text that is probably the end of `longer`.
  TextRef add_end(std::string_view text, TextRef longer);
  std::string_view operator[](TextRef ref) const noexcept {
    return std::string_view(bytes_).substr(ref.offset, ref.length);
  }
  const std::string& bytes() const noexcept { return bytes_; }
  void clear();  // starts anew, in the memory it has

 private:
  void grow();

  std::string bytes_;
  struct Slot {
    std::uint32_t hash = 0;
    TextRef ref;  // of length 0: free
  };
  std::vector<Slot> slots_;  // a power of two, at most half of them used
  std::size_t taken_ = 0;
};

// For tables in memory; never stored. Takes eight bytes at a time, the last ones once more where fewer are left;
// multiplying spreads them upwards, so the upper half is the better one.
inline std::uint32_t hash_of(std::string_view text) noexcept {
  constexpr std::uint64_t factor = 0x9e3779b97f4a7c15ULL;
  constexpr std::size_t step = sizeof(std::uint64_t);
  std::uint64_t hash = text.size() * factor;
  const auto add = [&](const char* from, std::size_t size) {
    std::uint64_t word = 0;
    std::memcpy(&word, from, size);
    hash = (hash ^ word) * factor;
    hash ^= hash >> 32;
  };
  if (text.size() < step) {
    if (!text.empty()) add(text.data(), text.size());
    return static_cast<std::uint32_t>(hash >> 32);
  }
  for (std::size_t at = 0; at + step < text.size(); at += step) add(text.data() + at, step);
  add(text.data() + text.size() - step, step);
  return static_cast<std::uint32_t>(hash >> 32);
}

// As RegistryTables::build(). `store`: where the tables go; if it is empty or fails, they are in memory.
Registry build_registry(std::vector<Part> parts, std::vector<std::uint32_t>* ids, const tables::StoreBlock& store);

}  // namespace cascade::registry
