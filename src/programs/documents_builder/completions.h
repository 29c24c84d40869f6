// The completions that a shell offers after "cascade": verbs, options and their values. One file for each shell.
#pragma once

#include <string>

#include "documents_builder/page.h"

namespace cascade::documents {

std::string bash_completion(const Program& program);
std::string zsh_completion(const Program& program);
std::string fish_completion(const Program& program);

}  // namespace cascade::documents
