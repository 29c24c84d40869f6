// The faults in the files below several roots, as those of one tree.
#pragma once

#include <cascade/validate.h>
#include <cascade/workspace.h>

#include "validate/checkup/baseline.h"
#include "validate/engine/findings_cache.h"

#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

namespace cascade {

// What judging files gave before, for each root and profile; below one folder.
class FindingsCaches {
 public:
  explicit FindingsCaches(std::string folder) : folder_(std::move(folder)) {}

  std::shared_ptr<FindingsCache> of(const std::string& root, const std::string& profile);
  // What cannot be written is made anew next time.
  void save() const;

 private:
  std::string folder_;
  std::map<std::string, std::shared_ptr<FindingsCache>> open_;
};

// `workspace`: as for any other use; what names roots, the folder and the index is replaced. `profile`: empty for the
// configuration's. `known_agents`: defined outside of what is checked. `caches`: none: every
// file is judged. `open`: opens each root's workspace. `step`:
// hears what has just been done; may be empty.
struct CheckupOptions {
  WorkspaceOptions workspace;
  std::string profile;
  std::vector<std::string> known_agents;
  std::shared_ptr<FindingsCaches> caches;
  std::function<Result<Workspace>(WorkspaceOptions)> open = Workspace::open;
  std::function<void(std::string_view)> step;
};

// What was found where paths lead, so that each is looked at once. Safe with any number of threads.
class SeenPaths {
 public:
  PathState look(const std::string& path, const std::function<PathState(const std::string&)>& look);

 private:
  std::mutex mutex_;
  std::unordered_map<std::string, PathState> seen_;
};

// Whether all of these are files on the disk as well, and as executable: nothing comes or goes by them.
bool keeps_paths(const std::vector<FileInstead>& instead);

class Checkup {
 public:
  // `like`: a checkup of the same roots whose files differ where `instead` says so, and nowhere else: what was seen of
  // the others is not looked at again. It must outlive this one.
  explicit Checkup(CheckupOptions options, const Checkup* like = nullptr);

  // Reads one root, with an index of its own that holds nothing but it. `prefix` is put before its paths. Of the
  // findings those stay whose path, still without prefix, is `wanted` (empty: all).
  Result<void> add(const std::string& root, const std::string& prefix,
                   const std::function<bool(std::string_view path)>& wanted = {});

  const Validation& validation() const noexcept { return all_; }  // sorted
  Severity fail_on() const noexcept { return policy_.fail_on; }   // the last root's
  bool reaches(Severity least) const;                             // a finding is as severe as that

  // Takes out what the baseline knows; returns how many of its entries met nothing.
  std::size_t accept(const Baseline& baseline);

  // Takes out what an earlier checkup of the same roots found as well, each as often as it was there. `renamed`:
  // absolute paths, of now and of then.
  void accept(const Checkup& earlier, const std::map<std::string, std::string>& renamed);

  // The text of a file, and where it lies, by the path that findings have.
  Result<std::string> read(const std::string& path) const;
  std::optional<std::string> file_of(const std::string& path) const;

  const std::string& profile() const noexcept { return policy_.profile; }  // the last root's
  std::size_t baselined() const noexcept { return baselined_; }            // what accept() took out for a baseline
  std::optional<std::size_t> earlier() const noexcept {
    return earlier_;
  }  // and for an earlier checkup; none: not asked

 private:
  struct CheckedRoot {
    std::string folder, prefix;
    TreeFiles files;
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

}  // namespace cascade
