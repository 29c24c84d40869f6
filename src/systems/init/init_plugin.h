// `cascade init --plugin DIR`.
#pragma once

#include <string>

#include "cli/call.h"

namespace cascade::cli {

struct PluginOptions {
  std::string folder;
  bool copy = false, remove = false, dry_run = false;
};

Exit init_plugin(Call& call, const PluginOptions& options);

}  // namespace cascade::cli
