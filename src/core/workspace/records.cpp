#include "workspace/records.h"

#include "registry/tables.h"

namespace cascade::workspace {

std::string_view Records::text(std::uint32_t offset, std::uint32_t length) const noexcept {
  if (offset > strings.size() || length > strings.size() - offset) return {};
  return strings.substr(offset, length);
}

std::string_view Records::path(const index_file::FileRecord& record) const noexcept {
  return text(record.path_offset, record.path_length);
}

const char* Records::terminated_path(const index_file::FileRecord& record) const noexcept {
  const std::string_view found = path(record);
  const std::size_t end = std::size_t{record.path_offset} + record.path_length;
  if (found.empty() || end >= strings.size() || strings[end] != '\0') return nullptr;
  return found.data();
}

std::string_view Records::calls_of(const index_file::FileRecord& record) const noexcept {
  if (record.calls_offset > calls.size() || record.calls_length > calls.size() - record.calls_offset) return {};
  return calls.substr(record.calls_offset, record.calls_length);
}

bool Records::has_part(const index_file::FileRecord& record) const noexcept {
  return registry && RegistryTables::has_part(*registry, record.manifest, calls_of(record));
}

std::optional<registry::Part> Records::part(const index_file::FileRecord& record) const noexcept {
  if (!registry) return std::nullopt;
  return RegistryTables::part(*registry, record.manifest, calls_of(record));
}

}  // namespace cascade::workspace
