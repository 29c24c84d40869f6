// Checks whether everything that an index names is unchanged. The check runs next to its owner's other work.
#pragma once

#include <cascade/registry.h>
#include <cascade/result.h>
#include <cascade/workspace.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string_view>
#include <vector>

#include "files/tree.h"
#include "index/index_file.h"
#include "registry/part.h"
#include "workspace/roots.h"

namespace cascade::workspace {

// The records of an index, as views into it. Untrusted: offsets are checked when followed.
struct Records {
  Span<index_file::FileRecord> files, folders;
  Span<index_file::OriginRecord> origins;  // one for each file, or none
  std::string_view strings, calls, report;
  std::optional<Registry> registry;  // built from the files
  // One for each folder, then for each file, or empty. 1: a check has just found the entry unchanged.
  std::vector<char> seen;

  bool is_seen(std::size_t i) const noexcept { return i < seen.size() && seen[i] != 0; }

  std::string_view path(const index_file::FileRecord& record) const noexcept;
  const char* terminated_path(const index_file::FileRecord& record) const noexcept;  // null if damaged
  std::string_view calls_of(const index_file::FileRecord& record) const noexcept;    // empty if damaged
  // The registry's part for a file; nothing if it is unknown.
  bool has_part(const index_file::FileRecord& record) const noexcept;
  std::optional<registry::Part> part(const index_file::FileRecord& record) const noexcept;
  std::string_view text(std::uint32_t offset, std::uint32_t length) const noexcept;
};

constexpr std::uint64_t max_manifest_bytes = 1u << 20;  // the client skips larger files (2.1.328)

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
