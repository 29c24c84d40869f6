// Turns files into parts of the registry, each independently, on any number of threads.
#pragma once

#include <cascade/diagnostic.h>
#include <cascade/manifest.h>
#include <cascade/registry.h>
#include <cascade/result.h>
#include <cascade/workspace.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "files/tree.h"
#include "hash/content_hash.h"
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

// Looks at every file and folder in the records; partial: at a bounded number; off: at none. All must outlive it.
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
  // Once, after finish(): the unchanged entries, for Records::seen. Looks at those that finish() skipped.
  std::vector<char> take_seen();

 private:
  struct Job;
  class Looker;
  static void* work_beside(void* job);
  void start_second();

  std::shared_ptr<Job> job_;
};

constexpr std::uint32_t max_partial_stats = 4096;

struct ScanOptions {
  std::size_t threads = 1;     // at least 1
  std::size_t most_files = 0;  // 0: no limit
  std::size_t most_bytes = 0;  // bytes of files that are parsed; 0: no limit
  std::int64_t scan_start_ns = 0;
  bool hash_everything = false;  // paranoid
  std::function<void(std::size_t done, std::size_t total)> progress;
};

struct Loaded {
  registry::MadePart made;  // by one of the makers; empty if it is not a manifest
  std::string text;         // of a parsed file
  std::vector<Diagnostic> problems;
};

// One file on its way to a manifest, in its final order before any thread starts. Small, since most files are
// unchanged. Texts are in the previous index or belong to the walk.
struct Slot {
  std::string_view path, component, plugin;  // as in discovery::Found
  const index_file::FileRecord* known = nullptr;
  std::unique_ptr<Loaded> loaded;  // null: reused from the previous index
  hash::Hash128 content;
  files::Stamp stamp;
  std::uint32_t root = 0;
  Kind kind = Kind::skill;
  bool prefixed = false, if_declared = false;
  bool read = false;  // its stamp differed from the recorded one
};

inline std::uint32_t origin_flags(const Slot& slot) noexcept {
  return (slot.prefixed ? index_file::origin_prefixed : 0) | (slot.if_declared ? index_file::origin_if_declared : 0);
}

// Whether the stamp found is the recorded one, so that the record is still valid.
bool is_unchanged(const index_file::FileRecord& record, const files::Stamp& stamp) noexcept;
files::Stamp stamp_of(const index_file::FileRecord& record, bool folder) noexcept;

// Parses the files that differ from `previous`. Returns the makers of the parts, which must outlive them, one for each
// thread. unsupported: more than most_bytes.
Result<std::vector<registry::PartMaker>> load_all(const files::Tree& tree, const std::vector<SourceRoot>& roots,
                                                  const TokenCounter& counter, const Records& previous,
                                                  const ScanOptions& options, std::vector<Slot>& slots);

// `asked`, or the number of available processors if it is 0.
std::size_t thread_count(unsigned asked);

// work(0) to work(count - 1), each on its own thread if there is one. Returns when all are done. Must not throw.
void run_on_threads(std::size_t count, const std::function<void(std::size_t)>& work);

// `others`: plugin.json, hooks.json ... with the labels of their roots.
struct WalkReport {
  std::vector<Diagnostic> problems;
  std::vector<std::string> others;
};

std::string write_walk_report(const WalkReport& report);
// Nothing if the bytes are not such a report. Problems are sorted. `bytes` are aligned to 8.
std::optional<WalkReport> read_walk_report(std::string_view bytes);

// The result of a scan. Records refer to `strings` and to the concatenated calls.
struct Scan {
  std::vector<index_file::FileRecord> files, folders;
  std::vector<index_file::OriginRecord> origins;
  std::string strings;
  // The manifests' parts, in the order of `files`, in the previous index or of the makers.
  std::vector<registry::Part> parts;
  std::vector<std::string_view> calls;  // of each part
  std::vector<registry::PartMaker> makers;
  std::vector<std::string> texts;  // one for each of `files`: the parsed text, up to a limit, or empty
  WalkReport report;
  std::size_t reused = 0, parsed = 0, removed = 0;
  bool walked = false;  // the roots were listed; false: no folder had changed
  bool same = false;    // the parts are those of the previous index, in its order: its registry is still right

  // From all parts, which it gives up. The files receive the numbers of their manifests.
  Registry build_registry(const tables::StoreBlock& store = {});
  std::vector<std::string_view> pieces() const;  // all calls; neighbours in the previous index are one piece
};

// Without a walk if nothing that a walk reads has changed. Threads do not affect the result. Errors: not_found,
// unreadable if a root cannot be listed; unsupported if there is more than most_files or most_bytes allow.
Result<Scan> scan(const files::Tree& tree, const std::vector<SourceRoot>& roots, const TokenCounter& counter,
                  const Records& previous, const ScanOptions& options);

}  // namespace cascade::workspace
