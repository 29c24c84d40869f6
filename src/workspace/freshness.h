// Whether everything that an index names is still as it was. The check goes on beside whatever its owner does.
#pragma once

#include <cascade/workspace.h>

#include <memory>
#include <vector>

#include "files/tree.h"
#include "workspace/records.h"
#include "workspace/roots.h"

namespace cascade::workspace {

struct Freshened {
  bool fresh = false, partial = false;
};

// Whether a file is as it was recorded.
bool same_stamp(const index_file::FileRecord& record, const files::Stamp& stamp);

// Looks at every file and folder of the records, a bounded number of them when `mode` is partial, and at none when it
// is off. `tree`, `roots` and what the records view must outlive it.
class FreshnessCheck {
 public:
  // Begins with a second thread where that is worth its start; with `threads` 0 if there are two cores.
  FreshnessCheck(const files::Tree& tree, const std::vector<SourceRoot>& roots, const Records& records, Freshness mode,
                 unsigned threads);
  ~FreshnessCheck();  // what was not looked at by now is not looked at any more
  FreshnessCheck(const FreshnessCheck&) = delete;
  FreshnessCheck& operator=(const FreshnessCheck&) = delete;

  // Looks at what is left, and waits for what the other thread has begun.
  Freshened finish();
  std::size_t files() const noexcept;  // that the records name
  // After finish(), once: what is as it was recorded, for Records::seen. Looks at what finish() had no need to, from
  // the folders that it has open, which costs less than to look by path.
  std::vector<char> take_seen();

 private:
  struct Job;
  class Looker;
  std::shared_ptr<Job> job_;
};

constexpr std::uint32_t max_partial_stats = 4096;

}  // namespace cascade::workspace
