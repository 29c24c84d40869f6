#include "files/system_error.h"

namespace cascade::files {

Error unwritable(std::string_view what, const std::string& path, int code) {
  Error error = system_error(what, path, code);
  error.code = ErrorCode::unwritable;
  return error;
}

Error missing(const std::string& path) { return {ErrorCode::not_found, "no such file or folder", path, ""}; }

}  // namespace cascade::files
