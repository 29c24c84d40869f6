// The records of files and folders in an index.
#pragma once

#include <cascade/registry.h>
#include <cascade/result.h>

#include <cstdint>
#include <optional>
#include <string_view>
#include <vector>

#include "index/format.h"
#include "registry/part.h"

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

}  // namespace cascade::workspace
