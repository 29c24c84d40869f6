#include "source_folder.h"

namespace cascade::test {

std::string source_folder() { return CASCADE_SOURCE_DIR; }

}  // namespace cascade::test
