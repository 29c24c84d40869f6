// Turns files into parts of the registry, each independently, on any number of threads.
#pragma once

#include <cascade/manifest.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "files/tree.h"
#include "hash/content_hash.h"
#include "index/index_file.h"
#include "registry/part.h"
#include "workspace/freshness.h"
#include "workspace/roots.h"

namespace cascade::workspace {

struct ScanOptions {
  std::size_t threads = 1;     // at least 1
  std::size_t most_files = 0;  // 0: no limit
  std::size_t most_bytes = 0;  // bytes of files that are parsed; 0: no limit
  std::int64_t scan_start_ns = 0;
  bool hash_everything = false;  // paranoid
  std::function<void(std::size_t done, std::size_t total)> progress;
};

// The result of reading one file.
struct Loaded {
  registry::MadePart made;  // by one of the makers; empty if it is not a manifest
  std::string text;         // of a parsed file
  std::vector<Diagnostic> problems;
};

// One file on its way from a path to a manifest. Slots are in their final order before any thread starts. A slot is
// small, since most files are unchanged and nothing else is kept of them. Texts are in the previous index or belong to
// the walk.
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

// Reads and parses the files that differ from `previous`. Slots do not depend on each other. Returns the makers of the
// parts, one for each thread; they must outlive the parts. unsupported: there is more to parse than most_bytes.
Result<std::vector<registry::PartMaker>> load_all(const files::Tree& tree, const std::vector<SourceRoot>& roots,
                                                  const TokenCounter& counter, const Records& previous,
                                                  const ScanOptions& options, std::vector<Slot>& slots);

}  // namespace cascade::workspace
