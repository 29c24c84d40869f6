#include "files/temporary_folder.h"

#include "files/loopback.h"
#include "files/paths.h"
#include "files/system_error.h"
#include "files/windows/access.h"
#include "files/windows/open.h"
#include "files/windows/rename.h"
#include "files/windows/wide.h"

namespace cascade::files {
namespace {

std::string place_for_temporaries() {
  std::wstring place(MAX_PATH + 1, L'\0');
  place.resize(::GetTempPathW(static_cast<DWORD>(place.size()), place.data()));
  return inner_path(place);
}

// Links are taken away themselves.
void remove_folder(const std::string& path) {
  std::vector<Entry> entries;
  if (const Handle folder = open_there(path); folder.is_open()) list(folder.get(), entries);
  for (const Entry& entry : entries) {
    const std::string below = join(path, entry.name);
    if (entry.type == EntryType::directory)
      remove_folder(below);
    else if (!unlink(below))
      ::RemoveDirectoryW(system_path(below).c_str());  // a link to a folder
  }
  ::RemoveDirectoryW(system_path(path).c_str());
}

}  // namespace

Result<TemporaryFolder> TemporaryFolder::make() {
  std::string path = join(place_for_temporaries(), "cascade-" + random_token());
  const Access access(0700);
  if (::CreateDirectoryW(system_path(path).c_str(), access.attributes()) == 0)
    return unwritable("cannot make", path, last_code());
  return TemporaryFolder(std::move(path));
}

TemporaryFolder::~TemporaryFolder() {
  if (!path_.empty()) remove_folder(path_);
}

}  // namespace cascade::files
