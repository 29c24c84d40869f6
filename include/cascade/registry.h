// The symbol table: every manifest once, references bound to what they mean, and the link graph between them.
//
// Views (string_view, Span) stay valid as long as any copy of the registry they came from lives.
#ifndef CASCADE_REGISTRY_H
#define CASCADE_REGISTRY_H

#include <cascade/diagnostic.h>
#include <cascade/manifest.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade CASCADE_EXPORT {

// A manifest's number in one registry: 0 to size() - 1, in the order of (symbol, scope, root, path). A manifest that
// lost its name to another one has a number as well.
enum class ManifestId : std::uint32_t {};
constexpr std::uint32_t index(ManifestId id) noexcept { return static_cast<std::uint32_t>(id); }

// A section. See Section in manifest.h for the fields.
struct SectionView {
  Form form = Form::section;
  std::uint32_t shorter_of = 0;
  std::string_view heading, path;
  std::uint64_t offset = 0, length = 0, content_hash = 0;
  std::uint32_t line = 0, level = 0, shown_lines = 0;
  Cost cost, cut_cost;
  bool announces = false, bare = false;
};

// A manifest. See Manifest in manifest.h for the fields. `sections` is a count here and includes shorter forms.
struct ManifestView {
  ManifestId id{};
  Kind kind = Kind::skill;
  Layer layer = Layer::skill;
  Scope scope = Scope::project;
  std::uint32_t root = 0, sections = 0;
  std::string_view name, title, plugin, path, description;
  Cost body;
  HeadCosts heads;
  bool document = false;
};

// A playbook's step. See ChainStep in manifest.h for the fields. The place is in the playbook's file.
struct ChainStepView {
  std::uint32_t number = 0;
  std::string_view skill, enter, leave, result;
  std::uint32_t line = 0, column = 0;
};

// The key of the manifest: its kind and name.
Symbol symbol_of(const ManifestView& manifest);

// A bound reference.
struct Link {
  ManifestId from{}, to{};
  Strength strength = Strength::mentioned;
  Via via = Via::prose;
  // The place in the file of `from`; see Location.
  std::uint32_t line = 0, column = 0;
};

// A reference that matches no manifest, or more than one.
struct Unbound {
  ManifestId from{};
  Reference reference;
  // Every candidate if it is ambiguous; otherwise the known names nearest to it, at most 3.
  std::vector<Symbol> nearby;
  bool ambiguous = false;
};

struct ProblemCount {
  // The number of all findings, and of the files that contain them.
  std::size_t problems = 0, files = 0;
  // The same findings by severity; `notes` are those of severity info.
  std::size_t errors = 0, warnings = 0, notes = 0;
};

// Reads a section's text from its file, shortened to its form. Once the registry is built, nothing else reads the disk.
// Error: stale if the file has changed since it was indexed.
using ReadSection = std::function<Result<std::string>(const ManifestView&, const SectionView&)>;

// Immutable, cheap to copy, safe to share between threads. A function that takes an id REQUIRES index(id) < size().
// Unless stated otherwise, a call takes constant time plus the size of its answer.
class Registry {
 public:
  // Decides who wins each name and binds every reference, in O(n log n) of manifests and references. Never fails:
  // references that do not bind are in unbound() and problems().
  static Registry build(const std::vector<Manifest>& manifests);

  std::size_t size() const noexcept;
  ManifestView operator[](ManifestId id) const noexcept;
  SectionView section(ManifestId id, std::uint32_t index) const noexcept;  // empty if there is no such section
  // The number of a manifest's sections without their shorter forms. Linear in its sections.
  std::uint32_t whole_sections(ManifestId id) const noexcept;
  // The value of a front matter entry; see Field for how keys are written. Nothing if there is no such entry. Linear in
  // the manifest's fields.
  std::optional<std::string_view> field(ManifestId id, std::string_view key) const noexcept;
  std::vector<std::string_view> aliases(ManifestId id) const;

  // The winner of a name or an alias. An exact name takes precedence over an alias. O(log n).
  std::optional<ManifestId> find(const Symbol& symbol) const;
  // Every winner that `text` may mean, by id. `text` is "[kind:]name" or a path.
  std::vector<ManifestId> candidates(std::string_view text) const;
  // At most `limit` known names by edit distance from `name`, the nearest first, ties by symbol. Compares with every
  // name.
  std::vector<Symbol> nearest(std::string_view name, std::optional<Kind> kind, std::size_t limit) const;

  Span<ManifestId> shadowed_by(ManifestId winner) const noexcept;                 // those that lost their name to it
  std::optional<ManifestId> shadowed_in_favour_of(ManifestId id) const noexcept;  // the winner; nothing: it won itself
  Span<ManifestId> conflicts(ManifestId id) const noexcept;                       // those that it declares itself
  Span<Link> links(ManifestId from) const noexcept;                               // by (line, column, to)
  Span<Link> links_to(ManifestId to) const noexcept;
  std::vector<Span<ManifestId>> requires_any(ManifestId id) const;  // at least one of each list is needed
  std::vector<ChainStepView> steps(ManifestId id) const;            // of a playbook, in the order of its table
  std::vector<ToolName> tools(ManifestId id) const;                 // the tools that it may use; empty: no restriction

  std::vector<Unbound> unbound() const;                   // linear in the registry
  std::size_t unbound_count() const noexcept;             // constant time
  ProblemCount count_problems() const;                    // counts problems() without making them
  std::vector<Diagnostic> problems() const;               // from parsing and binding, sorted
  std::vector<Diagnostic> problems(ManifestId id) const;  // those in its file

  struct State;

 private:
  friend class RegistryTables;  // src/core/registry/tables.h: lays the state out as bytes, maps it back
  explicit Registry(std::shared_ptr<const State> state);
  std::shared_ptr<const State> state_;
};

}  // namespace cascade

#endif  // CASCADE_REGISTRY_H
