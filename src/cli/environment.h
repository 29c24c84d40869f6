// What is read from the environment: these variables and no others, each once, here. (NO_COLOR is the console's.)
#pragma once

#include <string>

namespace cascade::cli {

struct Environment {
  std::string model;        // CASCADE_MODEL
  std::string budget;       // CASCADE_BUDGET, tokens; judged where a budget is needed
  std::string vocabulary;   // CASCADE_VOCABULARY: the table's path, or "estimate"
  std::string home;         // HOME
  std::string search_path;  // PATH
  // CASCADE_CACHE, else $XDG_CACHE_HOME/cascade, else ~/.cache/cascade; empty when none of them is set. CASCADE_CACHE
  // set to nothing means that no cache is used.
  std::string cache;
  std::string state;       // $XDG_STATE_HOME/cascade, else ~/.local/state/cascade; empty when neither is set
  bool disabled = false;   // CASCADE_DISABLE is neither empty nor 0: hooks keep silent
  bool on_github = false;  // GITHUB_ACTIONS is true: `validate` writes annotations unless told otherwise
};

Environment read_environment();

}  // namespace cascade::cli
