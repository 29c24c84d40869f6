// Opens a directory: finds its configuration and roots, reads or rebuilds its index, hands out registry and router.
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
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace cascade CASCADE_EXPORT {

enum class LogLevel : std::uint8_t { debug, info, warning };
// Receives one sentence about what the workspace does. Called from the thread that uses the workspace.
using Log = std::function<void(LogLevel, std::string_view)>;

// How the index is compared with the files.
enum class Freshness : std::uint8_t {
  off,      // not at all
  partial,  // a bounded number of stat calls, as hooks do
  full,     // a stat call for every file and folder
  paranoid  // a hash of every file
};

// A folder with manifests.
struct Root {
  std::string path;
  Scope scope = Scope::project;
};

// A file that is treated as different from the one on disk, such as an editor's unsaved text or an older commit's
// version.
struct FileInstead {
  // Absolute, with links resolved.
  std::string path;
  // Nothing: the file counts as missing.
  std::optional<std::string> text;
  bool executable = false;  // as PathState::executable, for rules about hooks
};

// The outcome of opening or refreshing a workspace.
struct RefreshReport {
  // The numbers of manifests that were known and unchanged, that were read again, and that are gone.
  std::size_t reused = 0, parsed = 0, removed = 0;
  // There were more files than Freshness::partial checks; the rest was trusted.
  bool partial = false;
  // More files have changed than may be read now: the index answers in its old state.
  bool outdated = false;
  // Why the index was rebuilt. Empty: it was not.
  std::string rebuilt_because;
  // Why the index could not be written, and what to do about it. Empty: it was written, or did not need to be.
  std::string not_kept_because;
};

// The user's settings in cascade.yaml. Applying flags and the environment is up to the caller.
struct Preferences {
  // A name for token_model(). Empty: none.
  std::string model;
  // In the model's tokens. Both members 0: no budget.
  TokenLimit budget;
  // A word for parse_caution(). Empty: none.
  std::string caution;
  // Whether a hook shows the user a line about what it loaded.
  bool announce = true;
  // The path of the file that leaves the shipped library out of the default sources. Empty: none does, or other sources
  // than the default ones are read.
  std::string no_library;
};

struct WorkspaceOptions {
  // The folder in which to look for cascade.yaml and the project's roots. Empty: the current directory.
  std::string directory;
  // The folder of the index file. Empty: no index file is used.
  std::string cache_directory;
  // The token table (docs/formats/vocabulary.md). Empty or missing: tokens are estimated.
  std::string vocabulary_path;
  // The library shipped with Cascade. Empty: none.
  std::string builtin_library;
  // The user's folder, which holds their manifests and configuration. Empty: none.
  std::string home;
  // The folder of Claude Code's settings, manifests and plugins for the user: the value of CLAUDE_CONFIG_DIR. Empty:
  // `.claude` in `home`.
  std::string client_folder;
  // If given, exactly these. Otherwise the default sources: built-in library, plugins, user, project.
  std::vector<Root> roots;
  // The client for which the sources are read, by its name for `cascade init --client`. If several clients' folders
  // have manifests of one name, those in its own folders win. Empty: Claude Code.
  std::string client;
  // Adds the default sources after the given roots.
  bool default_roots = false;
  // The user's own cascade.yaml. Only its keys `library` and `roots` are read here. Empty: none.
  std::string users_configuration;
  // Reads a cascade.yaml, for a caller that reads these files for itself as well, so that each is opened once. Errors:
  // not_found; unsupported above `max_bytes`; unreadable. Empty, or with `instead`: the workspace reads them.
  std::function<Result<std::string>(const std::string& path, std::uint64_t max_bytes)> read_configuration;
  Freshness freshness = Freshness::full;  // of open() and refresh()
  // open() answers from the index at once, and confirm() tells later whether it was up to date.
  bool check_later = false;
  // The number of threads for parsing. 0: one for each core.
  unsigned threads = 0;
  // With more manifests than this, nothing is read again: an outdated index answers in its old state, and without an
  // index open() fails as unsupported. 0: no limit.
  std::size_t most_files = 0;
  // If more bytes of manifests than this must be read again, open() fails as unsupported. 0: no limit.
  std::size_t most_bytes = 0;
  Log log;  // empty: nothing is logged
  // Called before files are read again, but not if the index can answer. It may wait until another process has written
  // the index, which is then looked at once more, or fail, and open() with it.
  std::function<Result<void>()> building;
  // Whether the user allowed a file, by its absolute path, to take what a project may not take by itself: that a
  // cascade.yaml owned by another user is obeyed, or that its roots lie outside the project. Empty: nothing is allowed.
  std::function<bool(const std::string& path)> is_allowed;
  // With any of these, the index is read but never written.
  std::vector<FileInstead> instead;
  // Whether a written index also holds routing tables. Without them router() builds them each time.
  bool index_routes = true;
  // Called while files are parsed, from any thread but never from two at once.
  std::function<void(std::size_t done, std::size_t total)> progress;
};

// Belongs to one thread. The registries and routers that it hands out may be shared.
class Workspace {
 public:
  // A key of the configuration with a fault is left out and is one of problems(), an error without a rule. Errors:
  // not_found for a given root; unsupported as described for most_files and most_bytes. An index that cannot be
  // read or written is not an error: it costs time and is logged.
  static Result<Workspace> open(WorkspaceOptions options);

  // Reads what has changed since the last time. Errors are those of open(). Registries and routers that were handed out
  // before do not change.
  Result<RefreshReport> refresh();
  const RefreshReport& report() const noexcept;  // of the last refresh; open() refreshes once
  // With check_later: waits until the files have been compared. False if they had changed: everything has then been
  // read again, and the caller must fetch registry and router again. Without check_later returns true at once.
  Result<bool> confirm();

  // Reads every file again and compares it with the index file. Errors: malformed if the index is damaged, stale if it
  // differs from the files, not_found if it is missing.
  Result<void> check() const;
  const std::string& index_path() const noexcept;  // empty: no index file is used

  Registry registry() const;
  Result<Router> router() const;  // built on first use; fails if a file cannot be read then
  const std::vector<Root>& roots() const noexcept;
  const TokenCounter& counter() const noexcept;
  const RulePolicy& rule_policy() const noexcept;
  const Preferences& preferences() const noexcept;
  const std::vector<Diagnostic>& problems() const noexcept;  // of the configuration and of finding files

  // The manifests and the files that describe them (plugin.json, hooks.json ...), written as in Location.
  std::vector<std::string> files() const;
  // Reads the whole of one of files(). Errors: not_found, unreadable; unreadable also for a path outside the roots.
  Result<std::string> read_file(std::string_view path) const;
  // The absolute folder of the manifest's file.
  std::string folder(const ManifestView& manifest) const;
  // Reads a section's text; see ReadSection.
  Result<std::string> read(const ManifestView& manifest, const SectionView& section) const;

  Workspace(Workspace&&) noexcept;
  Workspace& operator=(Workspace&&) noexcept;
  ~Workspace();

 private:
  friend class WorkspaceContents;  // src/core/workspace/contents.h
  struct State;
  explicit Workspace(std::unique_ptr<State> state);
  std::unique_ptr<State> state_;
};

// Every file below one folder, for validate(). Reads nothing outside the folder and follows no link out of it. All
// members but list() may be called from several threads.
class TreeFiles {
 public:
  static constexpr std::uint64_t max_file_bytes = 64u << 20;  // read() refuses a larger file as unsupported

  // `threads` 0: one for each core. Errors: not_found or unreadable if the folder cannot be listed.
  static Result<TreeFiles> list(const std::string& folder, unsigned threads = 0);
  static Result<TreeFiles> list(const std::string& folder, unsigned threads, const std::vector<FileInstead>& instead);
  // The same listing with other texts. REQUIRES: each file of `instead` that is in the folder exists there on disk,
  // with the same executable flag, so that a new listing would be the same.
  TreeFiles with(const std::vector<FileInstead>& instead) const;

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
