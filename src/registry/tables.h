// The registry's state as one relocatable block of bytes, read in place.
//
// Records are fixed-size and hold offsets instead of pointers. Whether the block was built just now or mapped from the
// index file makes no difference to a reader. A block from a file is untrusted: its directory is checked once, every
// offset and count when it is followed (out of range reads as empty).
//
// Invariants of a block that build_tables() made:
// (1) Manifest ids are dense and ordered by (symbol, scope, root, path).
// (2) `names` is sorted by (kind, name, alias after name, id) and holds winners only.
// (3) links are sorted by from, then (line, column, to); reverse_links hold the same links sorted by to.
#pragma once

#include <cascade/registry.h>

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cascade {

struct TextRef {
  std::uint32_t offset = 0, length = 0;
};
struct Range {
  std::uint32_t begin = 0, count = 0;
};

struct ManifestRecord {
  TextRef name, title, plugin, path, description;
  Range aliases, sections, fields, links, reverse_links, tools, conflicts, any_groups, shadows, problems;
  std::uint32_t root = 0, shadower = 0xffffffffU;
  Cost body;
  std::uint8_t kind = 0, layer = 0, scope = 0, document = 0;
};

struct SectionRecord {
  std::uint64_t offset = 0, length = 0, content_hash = 0;
  TextRef heading, path;
  std::uint32_t shorter_of = 0, line = 0, level = 0;
  Cost cost;
  std::uint32_t form = 0;
};

struct FieldRecord {
  TextRef key, value;
};

struct ToolRecord {
  TextRef server, tool, pattern;
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

// A reference without an answer (or with several). What is near it is looked up when somebody asks.
struct UnboundRecord {
  TextRef target;
  PlaceRecord at;
  std::uint32_t from = 0;
  std::uint8_t kind = 0, strength = 0, via = 0, kind_known = 0;
  std::uint32_t reason = 0;  // UnboundReason
};
enum class UnboundReason : std::uint32_t { dangling, ambiguous, other_kind, names_itself };

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

constexpr std::size_t registry_regions = 14;

struct Registry::State {
  std::shared_ptr<const void> owner;  // keeps the bytes alive
  std::string_view bytes;
  Span<ManifestRecord> manifests;
  Span<SectionRecord> sections;
  Span<FieldRecord> fields;
  Span<TextRef> aliases;
  Span<ToolRecord> tools;
  Span<Link> links, reverse_links;
  Span<ManifestId> ids;    // conflicts, shadows and members of any-groups
  Span<Range> any_groups;  // into ids
  Span<NameRecord> names;
  Span<UnboundRecord> unbound;
  Span<DiagnosticRecord> diagnostics;
  Span<RelatedRecord> related;
  std::string_view text;

  std::string_view read(TextRef ref) const noexcept {
    if (ref.offset > text.size() || ref.length > text.size() - ref.offset) return {};
    return text.substr(ref.offset, ref.length);
  }
  template <typename T>
  Span<T> read(const Span<T>& table, Range range) const noexcept {
    if (range.begin > table.size || range.count > table.size - range.begin) return {};
    return {table.data + range.begin, range.count};
  }
};

// Lays a registry's state out and takes it back.
class RegistryTables {
 public:
  static std::string_view bytes(const Registry& registry) noexcept { return registry.state_->bytes; }
  // Checks the directory, O(1). malformed when it does not fit. `owner` keeps `bytes` alive; bytes are 8-byte aligned.
  static Result<Registry> open(std::shared_ptr<const void> owner, std::string_view bytes);
  static Registry adopt(std::string_view block);  // REQUIRES: made by BlockWriter
};

}  // namespace cascade
