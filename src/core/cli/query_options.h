// The options of verbs that ask the router: search, route, eval.
#pragma once

#include <cascade/route.h>
#include <cascade/workspace.h>

#include "cli/arguments.h"

#include <optional>
#include <string>
#include <vector>

namespace cascade::cli {

struct QueryOptions {
  std::vector<std::string> kinds, paths;
  std::optional<std::uint32_t> top;
  std::string caution;

  void declare_kinds(Arguments& arguments);
  void declare_paths(Arguments& arguments);
  void declare_top(Arguments& arguments);
  void declare_caution(Arguments& arguments);
};

// A query without a text. The caution comes from --caution, or else from cascade.yaml. misuse: an unknown kind or
// caution.
Result<Query> make_query(const QueryOptions& options, std::size_t default_top, const Preferences& preferences = {});

std::string joined(const std::vector<std::string>& words);  // joined with blanks

}  // namespace cascade::cli
