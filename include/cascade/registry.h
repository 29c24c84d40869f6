// The symbol table: every manifest once, references bound to what they mean, and the link graph between them.
//
// Views (string_view, Span) live as long as any copy of the registry they came from.
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

// Dense: 0 .. size()-1, in the order of (symbol, scope, root, path); shadowed manifests have one too.
enum class ManifestId : std::uint32_t {};
constexpr std::uint32_t index(ManifestId id) noexcept { return static_cast<std::uint32_t>(id); }

// See Section in manifest.h.
struct SectionView {
  Form form = Form::section;
  std::uint32_t shorter_of = 0;
  std::string_view heading, path;
  std::uint64_t offset = 0, length = 0, content_hash = 0;
  std::uint32_t line = 0, level = 0, shown_lines = 0;
  Cost cost, cut_cost;
  bool announces = false, bare = false;
};

// See Manifest in manifest.h. `sections`: how many it has, shorter forms included.
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

// The key that the manifest is known by: its kind and name.
Symbol symbol_of(const ManifestView& manifest);

// A bound reference. The place is in the file of `from`.
struct Link {
  ManifestId from{}, to{};
  Strength strength = Strength::mentioned;
  Via via = Via::prose;
  std::uint32_t line = 0, column = 0;
};

// A reference that nothing, or more than one thing, answers to. `nearby`: the nearest names of a dangling one (at most
// 3), or all candidates of an ambiguous one.
struct Unbound {
  ManifestId from{};
  Reference reference;
  std::vector<Symbol> nearby;
  bool ambiguous = false;
};

// `errors`, `warnings` and `notes` (of severity info) are parts of `problems`.
// How many findings, in how many files.
struct ProblemCount {
  std::size_t problems = 0, files = 0, errors = 0, warnings = 0, notes = 0;
};

// The only door to the disk behind the registry: the text of a section as it stands in the file, shortened to its form.
// ErrorCode::stale when the file is no longer what was indexed.
using ReadSection = std::function<Result<std::string>(const ManifestView&, const SectionView&)>;

// Immutable, cheap to copy, safe to share between threads. Ids are this registry's own (REQUIRES: index(id) < size());
// what is asked of one takes constant time and the size of the answer, where nothing else is said.
class Registry {
 public:
  // Settles who wins a name and binds every reference: n log n in manifests and references. Never fails: what does not
  // bind is in unbound() and problems().
  static Registry build(const std::vector<Manifest>& manifests);

  std::size_t size() const noexcept;
  ManifestView operator[](ManifestId id) const noexcept;
  SectionView section(ManifestId id, std::uint32_t index) const noexcept;  // an empty one past the last
  // How many sections a manifest has, shorter forms left out. Linear in its sections.
  std::uint32_t whole_sections(ManifestId id) const noexcept;
  // A front matter entry by its key (see Field); empty when there is none. Linear in the manifest's fields.
  std::optional<std::string_view> field(ManifestId id, std::string_view key) const noexcept;
  std::vector<std::string_view> aliases(ManifestId id) const;

  // By name or alias, after precedence; exact names before aliases. O(log n).
  std::optional<ManifestId> find(const Symbol& symbol) const;
  // Everything that `text` ("[kind:]name", a path) may mean, winners only, by id.
  std::vector<ManifestId> candidates(std::string_view text) const;
  // The known names nearest to `name` by edit distance (at most `limit`), best first, ties by symbol. Looks at
  // every name.
  std::vector<Symbol> nearest(std::string_view name, std::optional<Kind> kind, std::size_t limit) const;

  Span<ManifestId> shadowed_by(ManifestId winner) const noexcept;                 // who lost the name to it
  std::optional<ManifestId> shadowed_in_favour_of(ManifestId id) const noexcept;  // who won; empty: it did
  Span<ManifestId> conflicts(ManifestId id) const noexcept;
  Span<Link> links(ManifestId from) const noexcept;  // by (line, column, to)
  Span<Link> links_to(ManifestId to) const noexcept;
  std::vector<Span<ManifestId>> requires_any(ManifestId id) const;  // of each list one at least is needed
  std::vector<ToolName> tools(ManifestId id) const;                 // what it may use; empty: no restriction

  std::vector<Unbound> unbound() const;                   // decoded only when asked for
  std::size_t unbound_count() const noexcept;             // without decoding
  ProblemCount count_problems() const;                    // as many as problems(), in how many files; without decoding
  std::vector<Diagnostic> problems() const;               // of parsing and binding, sorted
  std::vector<Diagnostic> problems(ManifestId id) const;  // those at its file

  struct State;

 private:
  friend class RegistryTables;  // src/registry/tables.h: lays the state out as bytes, maps it back
  explicit Registry(std::shared_ptr<const State> state);
  std::shared_ptr<const State> state_;
};

}  // namespace cascade

#endif  // CASCADE_REGISTRY_H
