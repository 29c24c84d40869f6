// What an index knows of files and folders.
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
  Span<index_file::OriginRecord> origins;  // as many as files, or none
  std::string_view strings, calls, report;
  std::optional<Registry> registry;  // that was made of the files
  // One for each folder, then for each file, or none: 1 where a check has just seen that it is as it was recorded.
  std::vector<char> seen;

  bool is_seen(std::size_t i) const noexcept { return i < seen.size() && seen[i] != 0; }

  std::string_view path(const index_file::FileRecord& record) const noexcept;
  const char* terminated_path(const index_file::FileRecord& record) const noexcept;  // null when damaged
  std::string_view calls_of(const index_file::FileRecord& record) const noexcept;    // empty when damaged
  // What the registry was made of for a file; nothing when that cannot be told.
  bool has_part(const index_file::FileRecord& record) const noexcept;
  std::optional<registry::Part> part(const index_file::FileRecord& record) const noexcept;
  std::string_view text(std::uint32_t offset, std::uint32_t length) const noexcept;
};

constexpr std::uint64_t max_manifest_bytes = 1u << 20;  // the client skips larger files (2.1.328)

}  // namespace cascade::workspace
