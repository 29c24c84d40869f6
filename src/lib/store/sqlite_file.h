// The store as one SQLite file on the user's machine.
#pragma once

#include <memory>

#include "session/store_options.h"
#include "store/store.h"

namespace cascade::store {

struct OpenedFile {
  std::unique_ptr<Engine> engine;
  std::string path;
  bool is_far = false;  // in a network folder
};

// Errors as of Store::open().
Result<OpenedFile> open_file(const Options& options);

}  // namespace cascade::store
