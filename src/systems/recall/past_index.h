// The index of past conversations: where it lies, and how it is made anew.
#pragma once

#include <memory>
#include <string>

#include "cli/environment.h"
#include "cli/progress.h"
#include "recall/index.h"
#include "recall/logs.h"
#include "route/tables.h"

namespace cascade::cli {

// The router's words without a library, with which turns and questions are read.
class Lexicon {
 public:
  static Result<Lexicon> open();
  const route::Tables& tables() const;

 private:
  struct State;
  std::shared_ptr<const State> state_;
};

// Where `recall forget` writes the sessions that stay out.
std::string forgotten_path(const Environment& environment);

// The index, renewed first if a log came, grew or went. Writes it next to the ledgers. Errors: not_found (no folder for
// state), unwritable. `see` is told how far reading is.
Result<past::Index> renewed_past(const Environment& environment, const route::Tables& tables,
                                 const std::function<void(std::size_t done, std::size_t total)>& see);

// The same, taking over what did not change but for sessions that are forgotten since.
Result<past::Index> remade_past(const Environment& environment, const route::Tables& tables);

}  // namespace cascade::cli
