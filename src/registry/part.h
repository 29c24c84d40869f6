// One manifest as the registry keeps it, apart from all others: what an unchanged file need not be parsed for again.
//
// A part comes in two blocks of tables (src/tables/block.h). What is shown of a manifest are the registry's own records
// and their text. They are copied into the registry as they are, their offsets moved by where the part's text begins,
// and can be taken from there again (RegistryTables::part): so they are kept nowhere else. The calls are what the
// registry does not keep: references as they are written, and the names in them, which binding reads. Parts from a file
// are untrusted: offsets out of range read as empty, kinds out of range as the last.
#pragma once

#include <cascade/manifest.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "registry/records.h"
#include "tables/arena.h"

namespace cascade::registry {

struct PartRecord {
  TextRef name, title, plugin, path, description;
  Cost body;
  HeadCosts heads;
  std::uint32_t root = 0;
  std::uint8_t kind = 0, layer = 0, scope = 0, document = 0;
};

// `target` lies in the text of names, the path of `at` in the one that is shown, counted from where the part's begins.
struct ReferenceRecord {
  TextRef target;
  PlaceRecord at;
  std::uint8_t kind = 0, strength = 0, via = 0, kind_known = 0;
};

struct SymbolRecord {  // its name lies in the text of names
  TextRef name;
  std::uint32_t kind = 0;
};

// A reference as its author wrote it.
struct Call {
  std::string_view name;
  Kind kind = Kind::skill;
  Strength strength = Strength::mentioned;
  Via via = Via::prose;
  bool kind_known = false;
};

// Both blocks of a new part, each a multiple of 8 bytes: views into its maker.
struct MadePart {
  std::string_view shown, calls;
};

// Makes parts of one manifest after the other. Deterministic: equal manifests, equal bytes. What the registry does not
// keep (places of fields, tools that the text names, fixes) is not in them.
class PartMaker {
 public:
  PartMaker();
  PartMaker(PartMaker&&) noexcept;
  ~PartMaker();

  MadePart make(const Manifest& manifest);
  void drop_shown();  // of all parts so far: gives their memory back

 private:
  class Writer;
  std::unique_ptr<Writer> writer_;
  tables::Arena shown_, calls_;
};

// Views into a part, which must outlive it.
struct Part {
  // Of a new part. Nothing when a directory does not fit its bytes, or when they are not aligned to 8.
  static std::optional<Part> open(std::string_view shown, std::string_view calls) noexcept;
  // False as above. The views of what is shown are the caller's to fill.
  bool open_calls(std::string_view calls) noexcept;
  static bool has_calls(std::string_view calls) noexcept;  // whether they can be opened
  void read_record() noexcept;                             // what follows from `record` and `text`

  PartRecord record;
  // What the offsets of the records that are shown count from; 0 in a new part.
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
  Span<Range> groups;  // of symbols: the first one conflicts, of each other one at least one is required
  std::string_view text, names;

  std::string_view shown(TextRef ref) const noexcept { return within(text, {ref.offset - text_base, ref.length}); }
  std::string_view called(TextRef ref) const noexcept { return within(names, ref); }
  Span<SymbolRecord> group(std::size_t position) const noexcept;
  Call call(const ReferenceRecord& reference) const noexcept;

 private:
  static std::string_view within(std::string_view all, TextRef ref) noexcept {
    if (ref.offset > all.size() || ref.length > all.size() - ref.offset) return {};
    return all.substr(ref.offset, ref.length);
  }
};

}  // namespace cascade::registry
