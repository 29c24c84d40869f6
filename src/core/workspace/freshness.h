// Checks whether everything that an index names is unchanged. The check runs next to its owner's other work.
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

// Whether the file still has its recorded stamp.
bool same_stamp(const index_file::FileRecord& record, const files::Stamp& stamp);

// Looks at every file and folder in the records, at a bounded number of them if `mode` is partial, and at none if it is
// off. `tree`, `roots` and the memory of the records must outlive it.
class FreshnessCheck {
 public:
  // Starts a second thread if that is worth it; with `threads` 0, if there are two cores.
  FreshnessCheck(const files::Tree& tree, const std::vector<SourceRoot>& roots, const Records& records, Freshness mode,
                 unsigned threads);
  ~FreshnessCheck();  // skips everything that was not looked at yet
  FreshnessCheck(const FreshnessCheck&) = delete;
  FreshnessCheck& operator=(const FreshnessCheck&) = delete;

  // Looks at the rest, and waits for the other thread's current work.
  Freshened finish();
  std::size_t files() const noexcept;  // the number that the records name
  // To be called once, after finish(): the entries that are unchanged, for Records::seen. Looks at the entries that
  // finish() skipped, from folders that are open already, which costs less than looking by path.
  std::vector<char> take_seen();

 private:
  struct Job;
  class Looker;
  static void* work_beside(void* job);
  void start_second();

  std::shared_ptr<Job> job_;
};

constexpr std::uint32_t max_partial_stats = 4096;

}  // namespace cascade::workspace
