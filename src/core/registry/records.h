// The records of the registry's tables and of the parts of manifests: of fixed size, with offsets instead of pointers.
#pragma once

#include <cascade/manifest.h>

#include <cstdint>

namespace cascade {

struct TextRef {
  std::uint32_t offset = 0, length = 0;
};
struct Range {
  std::uint32_t begin = 0, count = 0;
};

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
