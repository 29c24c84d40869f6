#include "registry/part.h"

#include <algorithm>
#include <vector>

#include "manifest/kinds.h"
#include "registry/text_pool.h"
#include "tables/block.h"

namespace cascade::registry {
namespace {

constexpr std::size_t part_regions = 12;

class PartWriter {
 public:
  explicit PartWriter(const Manifest& manifest) : m_(manifest) {}

  std::string run() {
    describe();
    sections();
    for (const Field& f : m_.fields) fields_.push_back({text_.add(f.key), text_.add(f.value)});
    for (const std::string& alias : m_.aliases) aliases_.push_back(text_.add(alias));
    for (const ToolName& t : m_.tools) tools_.push_back({text_.add(t.server), text_.add(t.tool), text_.add(t.pattern)});
    for (const Diagnostic& d : m_.problems) add_diagnostic(d);
    references_.reserve(m_.references.size());
    for (const Reference& r : m_.references) add_reference(r);
    add_group(m_.conflicts);
    for (const std::vector<Symbol>& group : m_.requires_any) add_group(group);
    return write();
  }

 private:
  void describe() {
    record_.path = text_.add(m_.path);
    record_.name = text_.add(m_.symbol.name);
    record_.title = text_.add(m_.title);
    record_.plugin = text_.add(m_.plugin);
    record_.description = text_.add(m_.description);
    record_.body = m_.body;
    record_.heads = m_.heads;
    record_.root = m_.root;
    record_.kind = static_cast<std::uint8_t>(m_.symbol.kind);
    record_.layer = static_cast<std::uint8_t>(m_.layer);
    record_.scope = static_cast<std::uint8_t>(m_.scope);
    record_.document = m_.document ? 1 : 0;
  }

  // A heading is the end of its path, and a shorter form has the path of the section before it.
  void sections() {
    sections_.reserve(m_.sections.size());
    TextRef path;
    for (const Section& s : m_.sections) {
      if (text_[path] != s.path) path = text_.add(s.path);
      sections_.push_back({s.offset, s.length, s.content_hash, text_.add_end(s.heading, path), path, s.shorter_of,
                           s.line, s.level, s.cost, static_cast<std::uint32_t>(s.form)});
    }
  }

  PlaceRecord place(const Location& at) {
    return {at.path == m_.path ? record_.path : text_.add(at.path), at.line, at.column, at.end_line, at.end_column};
  }

  void add_diagnostic(const Diagnostic& d) {
    const std::size_t begin = related_.size();
    for (const Related& other : d.related) related_.push_back({place(other.at), text_.add(other.message)});
    diagnostics_.push_back({place(d.at),
                            text_.add(d.rule),
                            text_.add(d.message),
                            text_.add(d.help),
                            text_.add(d.fingerprint),
                            {static_cast<std::uint32_t>(begin), static_cast<std::uint32_t>(d.related.size())},
                            static_cast<std::uint32_t>(d.severity)});
  }

  void add_reference(const Reference& r) {
    references_.push_back({names_.add(r.target.name), place(r.at), static_cast<std::uint8_t>(r.target.kind),
                           static_cast<std::uint8_t>(r.strength), static_cast<std::uint8_t>(r.via),
                           static_cast<std::uint8_t>(r.kind_known ? 1 : 0)});
  }

  void add_group(const std::vector<Symbol>& symbols) {
    groups_.push_back({static_cast<std::uint32_t>(symbols_.size()), static_cast<std::uint32_t>(symbols.size())});
    for (const Symbol& s : symbols) symbols_.push_back({names_.add(s.name), static_cast<std::uint32_t>(s.kind)});
  }

  std::string write() const {
    tables::BlockWriter block(part_regions);
    block.add(std::vector<PartRecord>{record_});
    block.add(sections_);
    block.add(fields_);
    block.add(aliases_);
    block.add(tools_);
    block.add(diagnostics_);
    block.add(related_);
    block.add(references_);
    block.add(symbols_);
    block.add(groups_);
    block.add_bytes(text_.bytes());
    block.add_bytes(names_.bytes());
    return block.take();
  }

  const Manifest& m_;
  PartRecord record_;
  TextPool text_, names_;
  std::vector<SectionRecord> sections_;
  std::vector<FieldRecord> fields_;
  std::vector<TextRef> aliases_;
  std::vector<ToolRecord> tools_;
  std::vector<DiagnosticRecord> diagnostics_;
  std::vector<RelatedRecord> related_;
  std::vector<ReferenceRecord> references_;
  std::vector<SymbolRecord> symbols_;
  std::vector<Range> groups_;
};

}  // namespace

std::string write_part(const Manifest& manifest) { return PartWriter(manifest).run(); }

std::optional<Part> Part::open(std::string_view bytes) noexcept {
  Part part;
  tables::BlockReader block;
  Span<PartRecord> records;
  if (!block.open(bytes, part_regions)) return std::nullopt;
  std::size_t next = 0;
  const bool good =
      block.table(next++, records) && block.table(next++, part.sections) && block.table(next++, part.fields) &&
      block.table(next++, part.aliases) && block.table(next++, part.tools) && block.table(next++, part.diagnostics) &&
      block.table(next++, part.related) && block.table(next++, part.references) && block.table(next++, part.symbols) &&
      block.table(next++, part.groups) && block.bytes(next++, part.text) && block.bytes(next++, part.names);
  if (!good || records.size != 1) return std::nullopt;
  part.record = records[0];
  part.kind = manifest::kind_of(part.record.kind);
  part.scope = static_cast<Scope>(std::min<int>(part.record.scope, static_cast<int>(Scope::managed)));
  part.root = part.record.root;
  part.document = part.record.document != 0;
  part.name = part.shown(part.record.name);
  part.title = part.shown(part.record.title);
  part.plugin = part.shown(part.record.plugin);
  part.path = part.shown(part.record.path);
  return part;
}

Call Part::call(const ReferenceRecord& r) const noexcept {
  return {called(r.target), manifest::kind_of(r.kind),
          static_cast<Strength>(std::min<int>(r.strength, static_cast<int>(Strength::excluded))),
          static_cast<Via>(std::min<int>(r.via, static_cast<int>(Via::prose))), r.kind_known != 0};
}

Span<SymbolRecord> Part::group(std::size_t position) const noexcept {
  if (position >= groups.size) return {};
  const Range range = groups[position];
  if (range.begin > symbols.size || range.count > symbols.size - range.begin) return {};
  return {symbols.data + range.begin, range.count};
}

}  // namespace cascade::registry
