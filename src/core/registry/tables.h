// The registry's state as one relocatable block of bytes that is read in place.
//
// Records have a fixed size and hold offsets instead of pointers. A reader sees no difference between a block built
// just now and one mapped from the index file. A block from a file is untrusted: its directory is checked once, every
// offset and count when it is followed (out of range reads as empty).
//
// Invariants of a block that was built:
// (1) Manifest ids are dense and ordered by (symbol, scope, root, path).
// (2) `names` is sorted by (kind, name, alias after name, id) and holds winners only.
// (3) links are sorted by from, then (line, column, to); reverse_links hold the same links sorted by to.
#pragma once

#include <cascade/registry.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "registry/part.h"

namespace cascade {

constexpr std::size_t registry_regions = 16;

struct Registry::State {
  std::shared_ptr<const void> owner;  // keeps the bytes alive
  std::string_view bytes;
  Span<ManifestRecord> manifests;
  Span<SectionRecord> sections;
  Span<FieldRecord> fields;
  Span<TextRef> aliases;
  Span<ToolRecord> tools;
  Span<StepRecord> steps;
  Span<Link> links, reverse_links;
  Span<ManifestId> ids;    // conflicts, shadows and members of any-groups
  Span<Range> any_groups;  // into ids
  Span<NameRecord> names;
  Span<UnboundRecord> unbound;
  Span<DiagnosticRecord> diagnostics;
  Span<RelatedRecord> related;
  Span<PartRange> parts;  // by manifest
  std::string_view text;

  std::string_view read(TextRef ref) const noexcept { return within(text, ref); }
  template <typename T>
  Span<T> read(const Span<T>& table, Range range) const noexcept {
    return within(table, range);
  }
};

// Lays out a registry's state and opens it again.
class RegistryTables {
 public:
  static std::string_view bytes(const Registry& registry) noexcept { return registry.state_->bytes; }
  // Checks the directory, O(1). malformed when it does not fit. `owner` keeps `bytes` alive; bytes are 8-byte aligned.
  static Result<Registry> open(std::shared_ptr<const void> owner, std::string_view bytes);
  static Registry adopt(std::string block);  // REQUIRES: made by BlockWriter
  // Builds from parts (registry/part.h) in any order; their bytes are needed only during the call. `ids`, if given,
  // receives the id of each part's manifest.
  static Registry build(std::vector<registry::Part> parts, std::vector<std::uint32_t>* ids = nullptr);
  // Returns the part that a manifest was made from, combined with its calls: build() treats it like the first one. It
  // views the registry's bytes. Nothing: there is no such manifest, or the calls cannot be read.
  static std::optional<registry::Part> part(const Registry& registry, std::uint32_t id,
                                            std::string_view calls) noexcept;
  // The references of Registry::unbound(), without similar names, which cost a comparison with every name.
  static std::vector<Reference> unbound_references(const Registry& registry);
  // A name in the text of a manifest that several manifests share: the line in its file, the kind that the author
  // meant if known, the name. Ordered by the line of the record, not sorted.
  struct SharedName {
    std::uint32_t line = 0;
    Kind kind = Kind::skill;
    std::string_view name;
  };
  static std::vector<SharedName> shared_names(const Registry& registry, ManifestId from);
  static bool has_part(const Registry& registry, std::uint32_t id, std::string_view calls) noexcept;
};

}  // namespace cascade
