// Fills a call's arguments into the text of a command or skill as the client does whose command it is.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "client/placeholders.h"

namespace cascade::client {

// Splits words as a shell would: quotes group, nothing is expanded.
std::vector<std::string> split_arguments(std::string_view arguments);

// One call: "/name arguments". `declared`: the names that the manifest gives its arguments.
struct CallArguments {
  std::string name, arguments;
  std::vector<std::string> declared;
  std::string session_id;
};

// Replaces the places that `rules` describe, in one pass, so that text which comes in is never filled in again. Without
// a value a place becomes nothing, unless the text explains it ("`$ARGUMENTS`: the file"): then its name stays, and a
// note at the end says that nothing was given. Arguments without a place are added at the end. Nothing is run. Linear
// in the text.
std::string fill_arguments(std::string_view text, const Placeholders& rules, const CallArguments& call);

}  // namespace cascade::client
