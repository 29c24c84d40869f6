// The records of docs/formats/index.md, shared by reader and writer.
#pragma once

#include <cstddef>
#include <cstdint>

namespace cascade::index_file {

constexpr std::uint64_t magic = 0x4341534349445831ULL;  // "CASCIDX1", first byte highest
constexpr std::uint32_t format_version = 7;
constexpr std::size_t max_regions = 16;
constexpr std::size_t alignment = 64;
constexpr std::size_t block_bytes = 64 * 1024;

enum class RegionKind : std::uint32_t {
  none,
  files,
  folders,
  strings,
  calls,
  registry,
  router,
  problems,
  notes,
  origins
};

struct RegionEntry {
  std::uint32_t kind = 0, unused = 0;
  std::uint64_t offset = 0, length = 0;
};

struct Header {
  std::uint64_t magic_word = magic;
  std::uint32_t version = format_version, regions = 0;
  std::uint64_t size = 0;
  std::int64_t scan_start_ns = 0;
  std::uint64_t key_high = 0, key_low = 0;
  std::uint64_t sums_offset = 0, sums_count = 0;
  RegionEntry directory[max_regions];
  std::uint64_t header_sum = 0;
};
constexpr std::size_t header_bytes = 512;
static_assert(sizeof(Header) <= header_bytes);

// One file or folder that the content depends on. Paths are in the strings region.
struct FileRecord {
  std::uint64_t size = 0, inode = 0;
  std::int64_t modified_ns = 0, changed_ns = 0;
  std::uint64_t content_high = 0, content_low = 0;
  std::uint64_t calls_offset = 0;  // in the region of calls
  std::uint32_t calls_length = 0;  // 0: it yielded no manifest
  std::uint32_t manifest = 0;      // its number in the registry
  std::uint32_t path_offset = 0, path_length = 0;
  std::uint32_t root = 0, flags = 0;
};
constexpr std::uint32_t flag_racy = 1;       // may have changed after it was read, within the clock's resolution
constexpr std::uint32_t flag_faulty = 2;     // a manifest that could not be read: retried at every look
constexpr std::uint32_t flag_unsettled = 4;  // a folder: a link below the root leads nowhere or out of it at present
// For folders without a stamp: a file or folder that could not be read; retried at every look.
constexpr std::uint32_t flag_unread = 8;

// The walk's decision about the file of the same number. Texts are in the strings region.
struct OriginRecord {
  std::uint32_t component_offset = 0, component_length = 0, plugin_offset = 0, plugin_length = 0;
  std::uint32_t kind = 0;  // of a manifest, or other_file
  std::uint32_t flags = 0;
};
constexpr std::uint32_t origin_prefixed = 1;       // the name carries the plugin's
constexpr std::uint32_t origin_if_declared = 2;    // no manifest without front matter
constexpr std::uint32_t other_file = 0xffffffffU;  // plugin.json and others that are not manifests

}  // namespace cascade::index_file
