// Offsets in a part count from its own begin, so it can be copied into any registry with one shift. Parts lie one
// behind the other in chunks, since thousands of small allocations would cost more than the copies.
#include "registry/part.h"

#include <algorithm>
#include <utility>

#include "manifest/kinds.h"

namespace cascade::registry {
namespace {

constexpr std::size_t shown_regions = 9, calls_regions = 4;
constexpr std::size_t chunk = 512 * 1024;  // bytes: some hundred parts

}  // namespace

// Its tables keep their memory from one manifest to the next.
class PartMaker::Writer {
 public:
  void read(const Manifest& manifest) {
    m_ = &manifest;
    clear();
    describe();
    sections();
    for (const Field& f : m_->fields) fields_.push_back({text_.add(f.key), text_.add(f.value)});
    for (const std::string& alias : m_->aliases) aliases_.push_back(text_.add(alias));
    for (const ToolName& t : m_->tools)
      tools_.push_back({text_.add(t.server), text_.add(t.tool), text_.add(t.pattern)});
    for (const ChainStep& s : m_->steps)
      steps_.push_back({text_.add(s.skill), text_.add(s.enter), text_.add(s.leave), text_.add(s.result), s.number,
                        s.at.line, s.at.column});
    for (const Diagnostic& d : m_->problems) add_diagnostic(d);
    references_.reserve(m_->references.size());
    for (const Reference& r : m_->references) add_reference(r);
    add_group(m_->conflicts);
    for (const std::vector<Symbol>& group : m_->requires_any) add_group(group);
  }

  // The blocks of the last manifest read: views valid until the next call.
  std::string_view shown() {
    return written(shown_regions, [&](tables::BlockWriter& block) {
      block.add(Span<PartRecord>{&record_, 1});
      block.add(sections_);
      block.add(fields_);
      block.add(aliases_);
      block.add(tools_);
      block.add(steps_);
      block.add(diagnostics_);
      block.add(related_);
      block.add_bytes(text_.bytes());
    });
  }

  std::string_view calls() {
    return written(calls_regions, [&](tables::BlockWriter& block) {
      block.add(references_);
      block.add(symbols_);
      block.add(groups_);
      block.add_bytes(names_.bytes());
    });
  }

 private:
  void clear() {
    record_ = {};
    for (TextPool* pool : {&text_, &names_}) pool->clear();
    sections_.clear();
    fields_.clear();
    aliases_.clear();
    tools_.clear();
    steps_.clear();
    diagnostics_.clear();
    related_.clear();
    references_.clear();
    symbols_.clear();
    groups_.clear();
  }

  template <typename Fill>
  std::string_view written(std::size_t regions, const Fill& fill) {
    tables::BlockWriter block(regions, std::move(block_));
    fill(block);
    block_ = block.take();
    return block_;
  }

  void describe() {
    record_.path = text_.add(m_->path);
    record_.name = text_.add(m_->symbol.name);
    record_.title = text_.add(m_->title);
    record_.plugin = text_.add(m_->plugin);
    record_.description = text_.add(m_->description);
    record_.body = m_->body;
    record_.heads = m_->heads;
    record_.root = m_->root;
    record_.kind = static_cast<std::uint8_t>(m_->symbol.kind);
    record_.layer = static_cast<std::uint8_t>(m_->layer);
    record_.scope = static_cast<std::uint8_t>(m_->scope);
    record_.document = m_->document ? 1 : 0;
  }

  void sections() {
    sections_.reserve(m_->sections.size());
    for (const Section& s : m_->sections) {
      SectionRecord& record = sections_.emplace_back();
      record.path = text_.add(s.path);
      record.heading = text_.add_end(s.heading, record.path);  // is the end of its path
      record.content_hash = s.content_hash;
      record.offset = static_cast<std::uint32_t>(s.offset);
      record.length = static_cast<std::uint32_t>(s.length);
      record.shorter_of = s.shorter_of;
      record.line = s.line;
      record.cost = s.cost;
      record.level = static_cast<std::uint8_t>(s.level);
      record.form = static_cast<std::uint8_t>(s.form);
      record.flags = static_cast<std::uint8_t>((s.announces ? section_announces : 0) | (s.bare ? section_bare : 0));
      record.shown_lines = static_cast<std::uint16_t>(std::min<std::uint32_t>(s.shown_lines, 0xffffU));
      if (s.cut_cost.tokens <= 0xffU && s.cut_cost.chars <= 0xffffU) {
        record.cut_tokens = static_cast<std::uint8_t>(s.cut_cost.tokens);
        record.cut_chars = static_cast<std::uint16_t>(s.cut_cost.chars);
      }
    }
  }

  PlaceRecord place(const Location& at) {
    return {at.path == m_->path ? record_.path : text_.add(at.path), at.line, at.column, at.end_line, at.end_column};
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
                           static_cast<std::uint8_t>((r.kind_known ? kind_is_known : 0) | (r.named ? is_named : 0))});
  }

  void add_group(const std::vector<Symbol>& symbols) {
    groups_.push_back({static_cast<std::uint32_t>(symbols_.size()), static_cast<std::uint32_t>(symbols.size())});
    for (const Symbol& s : symbols) symbols_.push_back({names_.add(s.name), static_cast<std::uint32_t>(s.kind)});
  }

  const Manifest* m_ = nullptr;  // the one being read
  std::string block_;
  PartRecord record_;
  TextPool text_, names_;
  std::vector<SectionRecord> sections_;
  std::vector<FieldRecord> fields_;
  std::vector<TextRef> aliases_;
  std::vector<ToolRecord> tools_;
  std::vector<StepRecord> steps_;
  std::vector<DiagnosticRecord> diagnostics_;
  std::vector<RelatedRecord> related_;
  std::vector<ReferenceRecord> references_;
  std::vector<SymbolRecord> symbols_;
  std::vector<Range> groups_;
};

PartMaker::PartMaker() : writer_(std::make_unique<Writer>()), shown_(chunk), calls_(chunk / 8) {}
PartMaker::PartMaker(PartMaker&&) noexcept = default;
PartMaker::~PartMaker() = default;

MadePart PartMaker::make(const Manifest& manifest) {
  writer_->read(manifest);
  const std::string_view shown = shown_.keep(writer_->shown());
  return {shown, calls_.keep(writer_->calls())};
}

std::optional<Part> Part::open(std::string_view shown, std::string_view calls) noexcept {
  Part part;
  tables::BlockReader block;
  Span<PartRecord> records;
  if (!block.open(shown, shown_regions) || !part.open_calls(calls)) return std::nullopt;
  std::size_t next = 0;
  const auto read = [&](auto&... tables) { return (block.table(next++, tables) && ...); };
  const bool good =
      read(records, part.sections, part.fields, part.aliases, part.tools, part.steps, part.diagnostics, part.related) &&
      block.bytes(next, part.text);
  if (!good || records.size != 1) return std::nullopt;
  part.record = records[0];
  part.read_record();
  return part;
}

bool Part::open_calls(std::string_view calls) noexcept {
  tables::BlockReader block;
  return block.open(calls, calls_regions) && block.table(0, references) && block.table(1, symbols) &&
         block.table(2, groups) && block.bytes(3, names);
}

void Part::read_record() noexcept {
  kind = manifest::kind_of(record.kind);
  scope = static_cast<Scope>(std::min<int>(record.scope, static_cast<int>(Scope::managed)));
  root = record.root;
  document = record.document != 0;
  name = shown(record.name);
  title = shown(record.title);
  plugin = shown(record.plugin);
  path = shown(record.path);
}

Call Part::call(const ReferenceRecord& r) const noexcept {
  return {called(r.target),
          manifest::kind_of(r.kind),
          static_cast<Strength>(std::min<int>(r.strength, static_cast<int>(Strength::excluded))),
          static_cast<Via>(std::min<int>(r.via, static_cast<int>(Via::prose))),
          (r.kind_known & kind_is_known) != 0,
          (r.kind_known & is_named) != 0};
}

Span<SymbolRecord> Part::group(std::size_t position) const noexcept {
  return position < groups.size ? within(symbols, groups[position]) : Span<SymbolRecord>();
}

// A hash table with open addressing whose slots refer into one string. Texts are only appended, so a reference stays
// valid while the table grows, and the bytes depend on nothing but the order of the calls.
TextRef TextPool::add(std::string_view text) {
  if (text.empty()) return {};
  if (2 * (taken_ + 1) > slots_.size()) grow();
  const std::uint32_t hash = hash_of(text);
  const std::size_t mask = slots_.size() - 1;
  std::size_t at = hash & mask;
  for (; slots_[at].ref.length != 0; at = (at + 1) & mask)
    if (slots_[at].hash == hash && (*this)[slots_[at].ref] == text) return slots_[at].ref;
  const TextRef ref{static_cast<std::uint32_t>(bytes_.size()), static_cast<std::uint32_t>(text.size())};
  bytes_.append(text);
  slots_[at] = {hash, ref};
  ++taken_;
  return ref;
}

TextRef TextPool::add_end(std::string_view text, TextRef longer) {
  if (text.empty()) return {};
  const std::string_view whole = (*this)[longer];
  if (whole.size() < text.size() || whole.substr(whole.size() - text.size()) != text) return add(text);
  return {longer.offset + longer.length - static_cast<std::uint32_t>(text.size()),
          static_cast<std::uint32_t>(text.size())};
}

void TextPool::clear() {
  constexpr std::size_t most_kept = 512;  // clearing more slots would cost more than growing again
  bytes_.clear();
  slots_.assign(std::min(slots_.size(), most_kept), {});
  taken_ = 0;
}

void TextPool::grow() {
  std::vector<Slot> old(std::max<std::size_t>(64, slots_.size() * 2));
  old.swap(slots_);
  const std::size_t mask = slots_.size() - 1;
  for (const Slot& slot : old) {
    if (slot.ref.length == 0) continue;
    std::size_t at = slot.hash & mask;
    while (slots_[at].ref.length != 0) at = (at + 1) & mask;
    slots_[at] = slot;
  }
}

}  // namespace cascade::registry
