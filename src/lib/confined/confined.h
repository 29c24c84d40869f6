// Runs a repository's own commands in a copy of it, confined as the programs of skills are, and within limits.
#pragma once

#include <cascade/result.h>

#include <string>
#include <vector>

#include "confined/ecosystems.h"
#include "confined/runs.h"
#include "files/temporary_folder.h"

namespace cascade::audit {

// Of each command, with everything that it starts.
struct RunLimits {
  std::uint32_t seconds = 600;
  std::uint32_t megabytes = 4'096;  // of memory
  std::uint32_t processes = 1'024;
  std::uint64_t output = std::uint64_t{64} << 20;
  std::uint64_t disk = std::uint64_t{4} << 30;  // that the disk with the copy may lose
  std::size_t kept = 4'000;                     // bytes of the output's end that are kept
  bool network = false;
};

// The program sees what view.h says: the system's programs, the copy, which lies where the repository is, and of the
// home only caches of tools. It has no network unless allowed, no other process, an empty /tmp and /run, no terminal
// and no input, and only those variables that rows name. The copy is gone with the object.
class Confined {
 public:
  // unsupported: this system cannot confine a program, or the repository is too large to be copied; unwritable.
  static Result<Confined> make(const std::string& root, const std::string& home, Rows rows, const RunLimits& limits);

  // Runs it, and tests that took less than 20 seconds, or failed, twice more.
  Result<Run> run(const PlannedRun& plan) const;

 private:
  Confined(files::TemporaryFolder copy, std::string root, std::string home, Rows rows, const RunLimits& limits)
      : copy_(std::move(copy)), root_(std::move(root)), home_(std::move(home)), rows_(rows), limits_(limits) {}
  std::vector<std::string> sandbox_words() const;
  std::vector<std::string> environment() const;
  Result<Attempt> attempt(const PlannedRun& plan) const;

  files::TemporaryFolder copy_;
  std::string root_, home_;
  Rows rows_;
  RunLimits limits_;
};

}  // namespace cascade::audit
