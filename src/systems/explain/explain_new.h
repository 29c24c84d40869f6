// Writes the file of an explanation without explaining anything.
#pragma once

#include <string>

#include "cli/call.h"

namespace cascade::cli {

struct NewExplanation {
  std::string range, id, into, waive, by;
  bool ask = false;  // one question at a time, although standard input is no terminal
};
Exit write_explanation(Call& call, const NewExplanation& options);

// Shows a record's hunks and questions, reads the reviewer's sentence from standard input, and only then shows what the
// author wrote. The sentence goes into the record.
Exit review_explanation(Call& call, const std::string& range, const std::string& id, const std::string& by);

}  // namespace cascade::cli
