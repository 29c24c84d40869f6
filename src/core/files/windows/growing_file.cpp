#include "files/growing_file.h"

#include "files/system_error.h"
#include "files/windows/new_file.h"
#include "files/windows/open.h"
#include "files/windows/rename.h"

namespace cascade::files {
namespace {

std::uint64_t granularity() {
  SYSTEM_INFO info;
  ::GetSystemInfo(&info);
  return info.dwAllocationGranularity;
}

}  // namespace

MappedPart::~MappedPart() {
  if (begin_ != nullptr) ::UnmapViewOfFile(begin_);
}

Result<GrowingFile> GrowingFile::begin(const std::string& path, unsigned mode) {
  Handle file = open_new(unfinished(path), mode);
  if (!file.is_open()) return unwritable("cannot write", path, last_code());
  return GrowingFile(path, number_of(file.release()));
}

GrowingFile::~GrowingFile() {
  if (file_ == -1) return;
  const Handle closing(handle_of(file_));
  unlink(unfinished(path_));
}

Result<void> GrowingFile::append(const std::vector<std::string_view>& pieces) {
  for (const std::string_view piece : pieces) {
    if (!write_all(handle_of(file_), piece)) return unwritable("cannot write", path_, last_code());
    size_ += piece.size();
  }
  return {};
}

Result<MappedPart> GrowingFile::part(std::uint64_t offset, std::size_t length) const {
  if (length == 0) return MappedPart(nullptr, 0, {});
  const std::uint64_t before = offset % granularity(), from = offset - before;
  const Handle mapping(::CreateFileMappingW(handle_of(file_), nullptr, PAGE_READONLY, 0, 0, nullptr));
  void* const begin = mapping.is_open()
                          ? ::MapViewOfFile(mapping.get(), FILE_MAP_READ, static_cast<DWORD>(from >> 32),
                                            static_cast<DWORD>(from), static_cast<std::size_t>(before) + length)
                          : nullptr;
  if (begin == nullptr) return system_error("cannot map", path_, last_code());
  return MappedPart(begin, before + length, {static_cast<const char*>(begin) + before, length});
}

Error GrowingFile::give_up(const char* what) {
  const int failed = last_code();
  unlink(unfinished(path_));
  return unwritable(what, path_, failed);
}

Result<void> GrowingFile::finish(std::string_view first_bytes, const Seal& seal) {
  const Handle file(handle_of(std::exchange(file_, -1)));
  const LARGE_INTEGER start{};
  const bool written = ::SetFilePointerEx(file.get(), start, nullptr, FILE_BEGIN) != 0 &&
                       write_all(file.get(), first_bytes) && seal_file(file.get(), seal);
  if (!written) return give_up("cannot write");
  if (!rename_over(file.get(), unfinished(path_), path_)) return give_up("cannot replace");
  return {};
}

}  // namespace cascade::files
