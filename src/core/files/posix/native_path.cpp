#include "files/paths.h"

namespace cascade::files {

std::string from_native(std::string path) { return path; }

}  // namespace cascade::files
