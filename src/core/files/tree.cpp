#include "files/tree.h"

#include <utility>

#include "files/paths.h"

namespace cascade::files {

Result<std::optional<std::string>> Tree::read_if_there(const std::string& path, std::uint64_t max_bytes) const {
  auto text = read(path, max_bytes);
  if (text) return std::optional<std::string>(*std::move(text));
  if (text.error().code == ErrorCode::not_found) return std::optional<std::string>();
  return text.error();
}

Result<std::vector<Entry>> Tree::list(const std::string& directory) const {
  auto listing = list_stamped(directory);
  if (!listing) return listing.error();
  return std::move(listing->entries);
}

Result<std::string> Tree::read_own(const std::string& folder, std::string_view name, std::uint64_t max_bytes) const {
  const std::string path = join(folder, name);
  if (const auto there = stat(path); !there) return there.error();  // usually missing: one look is enough
  const auto real = real_path(path), real_folder = real_path(folder);
  if (!real) return real.error();
  if (!real_folder) return real_folder.error();
  if (!is_within(*real_folder, *real) || file_name(*real) != name)
    return Error{ErrorCode::unreadable, "the link leads to another file, not followed", path,
                 "put the file itself there"};
  return read(*real, max_bytes);
}

Error unwritable(std::string_view what, const std::string& path, int code) {
  Error error = system_error(what, path, code);
  error.code = ErrorCode::unwritable;
  return error;
}

Error missing(const std::string& path) { return {ErrorCode::not_found, "no such file or folder", path, ""}; }

}  // namespace cascade::files
