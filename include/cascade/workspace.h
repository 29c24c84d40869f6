// A directory with its configuration, roots and index. Loads; runs no algorithm.
//
//   auto workspace = cascade::Workspace::open({});
//   cascade::Registry registry = workspace->registry();
#ifndef CASCADE_WORKSPACE_H
#define CASCADE_WORKSPACE_H

#include <cascade/diagnostic.h>
#include <cascade/manifest.h>
#include <cascade/registry.h>
#include <cascade/route.h>
#include <cascade/tokens.h>
#include <cascade/validate.h>

#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

namespace cascade CASCADE_EXPORT {

enum class LogLevel : std::uint8_t { debug, info, warning };
// What happened beside the answers, a sentence at a time. Called from the workspace's own thread.
using Log = std::function<void(LogLevel, std::string_view)>;

// off: trust the index. partial: a bounded number of stat calls, the hook's way. full: stat every file and folder.
// paranoid: hash every file.
enum class Freshness : std::uint8_t { off, partial, full, paranoid };

struct Root {
  std::string path;
  Scope scope = Scope::project;
};

// `reused`, `parsed`, `removed`: manifests that were known and unchanged, read anew, gone.
struct RefreshReport {
  std::size_t reused = 0, parsed = 0, removed = 0;
  bool partial = false;          // there were more files than Freshness::partial looks at; the rest is taken on trust
  bool outdated = false;         // files have changed, and are too many to read them now: the index answers as it is
  std::string rebuilt_because;   // empty when the index was good
  std::string not_kept_because;  // why the index could not be written, and what to do; empty when it was, or needed not
};

// What a user set in cascade.yaml, merged with nothing; flags and environment are the caller's.
struct Preferences {
  std::string model;     // empty: none
  TokenLimit budget;     // in the model's tokens; both members 0: none
  std::string caution;   // a word that parse_caution() knows; empty: none
  bool announce = true;  // whether a hook tells the user in a line what it loaded
};

// `directory`: where to look for cascade.yaml and project roots (empty: the current one). `roots` given: exactly those;
// none: built-in, plugins, user, project. `threads` 0: as many as cores. `cache_directory` empty: no index file is
// used. `most_files`: with more manifests than that nothing is read anew: an outdated index answers as it is, and
// without one opening is unsupported. `most_bytes`: with more bytes of manifests than that to parse anew opening is
// unsupported. 0: any number.
struct WorkspaceOptions {
  std::string directory, cache_directory, vocabulary_path, builtin_library, home;
  std::vector<Root> roots;
  bool default_roots = false;  // add the default sources behind the given roots
  Freshness freshness = Freshness::full;
  bool check_later = false;  // open() answers from an index at once; confirm() says whether it was right to
  unsigned threads = 0;
  std::size_t most_files = 0, most_bytes = 0;
  Log log;
  // Once before files are read anew; not when the index answers as it is.
  std::function<void()> building;
  // Whether the user allowed a file, by its absolute path, what is not a project's to take: that another user's
  // cascade.yaml is obeyed, or one's roots lie elsewhere. None: nothing is allowed.
  std::function<bool(const std::string& path)> is_allowed;
  // While parsing; may come from any thread, serialised.
  std::function<void(std::size_t done, std::size_t total)> progress;
};

// Belongs to one thread; the snapshots it hands out may be shared.
class Workspace {
 public:
  // misuse: unknown configuration keys (with place and nearest key). not_found: a given root does not exist.
  // unsupported: see most_files. An index that cannot be read or written is no error: it costs time, and is logged.
  static Result<Workspace> open(WorkspaceOptions options);

  // Looks what has changed since. Errors as for open(). Registries and routers that were handed out stay as they are.
  Result<RefreshReport> refresh();
  const RefreshReport& report() const noexcept;  // of the last refresh; open() refreshes once
  // With check_later: waits for the look at the files that open() began. False when they have changed: everything was
  // read anew, and what was taken from this workspace before is to be taken again. Otherwise true, at no cost.
  Result<bool> confirm();

  // Reads everything anew and compares: malformed when the index file is damaged, stale when it answers otherwise than
  // the files, not_found when there is none although one should be.
  Result<void> check() const;
  const std::string& index_path() const noexcept;  // empty: no index file is used

  Registry registry() const;
  Result<Router> router() const;  // built on first use
  const std::vector<Root>& roots() const noexcept;
  const TokenCounter& counter() const noexcept;
  const RulePolicy& rule_policy() const noexcept;
  const Preferences& preferences() const noexcept;
  const std::vector<Diagnostic>& problems() const noexcept;  // in the configuration and in the walk itself

  // Manifests and what stands beside them (plugin.json, hooks.json ...); paths as in Location. read_file refuses what
  // lies outside the roots.
  std::vector<std::string> files() const;
  Result<std::string> read_file(std::string_view path) const;
  // The absolute folder that the manifest's file lies in.
  std::string folder(const ManifestView& manifest) const;
  // A section's text, see ReadSection. stale: the file is no longer what was indexed.
  Result<std::string> read(const ManifestView& manifest, const SectionView& section) const;

  Workspace(Workspace&&) noexcept;
  Workspace& operator=(Workspace&&) noexcept;
  ~Workspace();

 private:
  struct State;
  explicit Workspace(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Every file below one folder, for validate(): reads nothing outside of it and follows no link out of it. All but the
// listing may be called from several threads.
class TreeFiles {
 public:
  static constexpr std::uint64_t max_file_bytes = 64u << 20;  // what read() refuses to exceed (unsupported)

  // `threads` 0: as many as cores. not_found, unreadable: the folder itself cannot be listed.
  static Result<TreeFiles> list(const std::string& folder, unsigned threads = 0);

  const std::vector<std::string>& files() const noexcept;    // relative to the folder, sorted
  const std::vector<Diagnostic>& problems() const noexcept;  // of the walk: links out of it, folders too deep
  Result<std::string> read(const std::string& path) const;   // one of files()
  PathState look(const std::string& path) const;             // any path
  void for_each(std::size_t count, const std::function<void(std::size_t index)>& work) const;

  TreeFiles(TreeFiles&&) noexcept;
  TreeFiles& operator=(TreeFiles&&) noexcept;
  ~TreeFiles();

 private:
  struct State;
  explicit TreeFiles(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

}  // namespace cascade

#endif  // CASCADE_WORKSPACE_H
