// The faults in the files below several roots, as if they were one tree.
#pragma once

#include <cascade/diagnostic.h>
#include <cascade/validate.h>
#include <cascade/workspace.h>

#include <cstddef>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "validate/engine/findings_cache.h"

namespace cascade {

// Findings that are known, and no reason to fail. One line of JSON for each rule, path and fingerprint, sorted, so that
// merging two has few conflicts.
class Baseline {
 public:
  // misuse: not one of our baselines. `name`: for messages.
  static Result<Baseline> parse(std::string_view json, const std::string& name);
  static Baseline of(const std::vector<Diagnostic>& found);
  std::string json() const;

  std::size_t findings() const noexcept;

  // Removes known findings from `found`, each as often as it existed; returns how many. `unmatched` counts entries
  // that were not met.
  std::size_t take(std::vector<Diagnostic>& found, std::size_t& unmatched) const;

 private:
  using Key = std::tuple<std::string, std::string, std::string>;  // path, rule, fingerprint
  static Key key_of(const Diagnostic& finding) { return {finding.at.path, finding.rule, finding.fingerprint}; }

  std::map<Key, std::size_t> known_;
};

// The results of earlier checkups, for each root and profile; below one folder.
class FindingsCaches {
 public:
  explicit FindingsCaches(std::string folder) : folder_(std::move(folder)) {}

  std::shared_ptr<FindingsCache> of(const std::string& root, const std::string& profile);
  // A cache that cannot be written is rebuilt next time.
  void save() const;

 private:
  std::string folder_;
  std::map<std::string, std::shared_ptr<FindingsCache>> open_;
};

// `workspace`: as for any other use; roots, the folder and the index are replaced. `profile`: empty for the
// configuration's. `known_names`: of what is defined outside of the checked files; "x" is an agent, others are
// "skill:x" and "command:x". `caches`: none: every file is judged. `open`: opens each root's workspace. `step`: called
// after each step; may be empty.
struct CheckupOptions {
  WorkspaceOptions workspace;
  std::string profile;
  std::vector<std::string> known_names;
  std::shared_ptr<FindingsCaches> caches;
  std::function<Result<Workspace>(WorkspaceOptions)> open = Workspace::open;
  std::function<void(std::string_view)> step;
};

// The targets of paths, so that each is looked up once. Safe with any number of threads.
class SeenPaths {
 public:
  PathState look(const std::string& path, const std::function<PathState(const std::string&)>& look);

 private:
  std::mutex mutex_;
  std::unordered_map<std::string, PathState> seen_;
};

class Checkup {
 public:
  // `like`: a checkup of the same roots whose files differ only as `instead` says; the others are not looked at again.
  // It must outlive this one.
  explicit Checkup(CheckupOptions options, const Checkup* like = nullptr);

  // Reads one root, with an index for it alone. `prefix` is put before its paths. Keeps only findings whose path,
  // without the prefix, is `wanted` (empty: all).
  Result<void> add(const std::string& root, const std::string& prefix,
                   const std::function<bool(std::string_view path)>& wanted = {});

  const Validation& validation() const noexcept { return all_; }  // sorted
  Severity fail_on() const noexcept { return policy_.fail_on; }   // the last root's
  bool reaches(Severity least) const;                             // whether a finding is at least this severe

  // Removes the findings that the baseline knows; returns how many of its entries were not met.
  std::size_t accept(const Baseline& baseline);

  // Removes the findings that an earlier checkup of the same roots also has, each as often as it had it. `renamed`:
  // absolute paths, now and then.
  void accept(const Checkup& earlier, const std::map<std::string, std::string>& renamed);

  // The paths of what was read as manifests, below a root and relative to it.
  std::set<std::string, std::less<>> manifests(const std::string& root) const;

  // The text of a file, and where it is, by a finding's path.
  Result<std::string> read(const std::string& path) const;
  std::optional<std::string> file_of(const std::string& path) const;

  const std::string& profile() const noexcept { return policy_.profile; }  // the last root's
  std::size_t baselined() const noexcept { return baselined_; }            // removed by accept() for a baseline
  // And for an earlier checkup; none: not asked.
  std::optional<std::size_t> earlier() const noexcept { return earlier_; }

 private:
  struct CheckedRoot {
    std::string folder, prefix;
    TreeFiles files;
    std::set<std::string, std::less<>> manifests{};
  };

  Result<Workspace> open(const std::string& root) const;
  Result<TreeFiles> list(const std::string& root) const;
  FindingsCache::Contents contents_of(const Workspace& workspace, const CheckedRoot& root) const;
  ValidateRequest make_request(const Workspace& workspace, const CheckedRoot& root) const;
  void step(std::string_view name) const;
  void take(Validation validation, const std::string& prefix, const std::function<bool(std::string_view)>& wanted);

  CheckupOptions options_;
  const Checkup* like_;
  std::shared_ptr<SeenPaths> seen_;
  std::vector<CheckedRoot> roots_;
  Validation all_;
  std::size_t baselined_ = 0;
  std::optional<std::size_t> earlier_;
  RulePolicy policy_;
};

// A file that fixes change. `path`: as in findings.
struct MendedFile {
  std::string path, before, after;
  std::size_t edits = 0;
};

// Returns the files as the fixes of a checkup's findings would change them, by path; with `unsafe` also fixes that
// change what the client reads. Writes nothing.
std::vector<MendedFile> mend(const Checkup& checkup, bool unsafe);

// Returns the findings, each with the fix that mend() would apply for it alone, if any.
std::vector<Diagnostic> with_fixes(const Checkup& checkup);

// Writes one of them atomically, keeping mode and attributes. stale: the file has changed.
Result<void> write_mended(const Checkup& checkup, const MendedFile& file);

}  // namespace cascade

// Edits that mend findings, each made from the finding's rule, its words and its place in the present text, whichever
// step found it. If the text does not match the finding, there is no edit.
namespace cascade::validation {

// Returns the finding's own fix if it has one. After a safe edit of front matter, the text is read again: every field
// must keep its text. O(text).
std::optional<Fix> fix_of(const Diagnostic& finding, std::string_view text);

// Applies the edits of one file to `text`, except those that overlap an earlier one or are outside the text; `applied`
// counts them.
std::string with_edits(std::string_view text, std::vector<Edit> edits, std::size_t& applied);

}  // namespace cascade::validation
