// Files to parts of the registry, each for itself: by any number of threads.
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
#include "index/format.h"
#include "registry/part.h"
#include "workspace/records.h"
#include "workspace/roots.h"

namespace cascade::workspace {

struct ScanOptions {
  std::size_t threads = 1;     // at least 1
  std::size_t most_files = 0;  // 0: any number
  std::size_t most_bytes = 0;  // of files that are parsed; 0: any number
  std::int64_t scan_start_ns = 0;
  bool hash_everything = false;  // paranoid
  std::function<void(std::size_t done, std::size_t total)> progress;
};

// What came of a file that was read.
struct Loaded {
  registry::MadePart made;  // by one of the makers; empty where it is no manifest
  std::string text;         // of a file that was parsed
  std::vector<Diagnostic> problems;
};

// One file on its way from a path to a manifest. Slots are in their final order before any thread starts. Small: most
// files are as they were, and nothing is kept of them but this. Texts lie in the previous index or with the walk.
struct Slot {
  std::string_view path, component, plugin;  // as discovery::Found has them
  const index_file::FileRecord* known = nullptr;
  std::unique_ptr<Loaded> loaded;  // none: reused, by what the previous index has of it
  hash::Hash128 content;
  files::Stamp stamp;
  std::uint32_t root = 0;
  Kind kind = Kind::skill;
  bool prefixed = false;
  bool read = false;  // its stamp was not the known one
};

// What a look at a file or folder must find for its record to hold as it is.
bool is_unchanged(const index_file::FileRecord& record, const files::Stamp& stamp) noexcept;
files::Stamp stamp_of(const index_file::FileRecord& record, bool folder) noexcept;

// Reads and parses what is not as `previous` knows it. What a slot becomes does not depend on the others. Gives the
// makers of its parts, one a thread, which must outlive them. unsupported: there is more to parse than most_bytes.
Result<std::vector<registry::PartMaker>> load_all(const files::Tree& tree, const std::vector<SourceRoot>& roots,
                                                  const TokenCounter& counter, const Records& previous,
                                                  const ScanOptions& options, std::vector<Slot>& slots);

}  // namespace cascade::workspace
