#include "files/folder.h"

#include <filesystem>
#include <system_error>

namespace cascade::files {
namespace {

std::filesystem::path system_path(const std::string& path) {
  return std::filesystem::path(std::u8string(path.begin(), path.end()));
}

Result<void> outcome(const std::error_code& code, const char* what, const std::string& path) {
  if (code) return Error{ErrorCode::unwritable, std::string(what) + ": " + code.message(), path, {}};
  return {};
}

}  // namespace

Result<void> move_folder(const std::string& from, const std::string& to) {
  std::error_code code;
  std::filesystem::rename(system_path(from), system_path(to), code);
  return outcome(code, "cannot move", from);
}

Result<void> remove_folder(const std::string& path) {
  std::error_code code;
  std::filesystem::remove_all(system_path(path), code);
  return outcome(code, "cannot remove", path);
}

}  // namespace cascade::files
