// The store as one SQLite file on the user's machine.
#pragma once

#include <memory>

#include "store/engine.h"
#include "store/options.h"

namespace cascade::store {

struct OpenedFile {
  std::unique_ptr<Engine> engine;
  std::string path;
  bool is_far = false;  // in a network folder
};

// Errors as of Store::open().
Result<OpenedFile> open_file(const Options& options);

}  // namespace cascade::store
