// What a shell offers behind "cascade": verbs, options, their values. One file a shell.
#pragma once

#include <string>

#include "documents_builder/page.h"

namespace cascade::documents {

std::string bash_completion(const Program& program);
std::string zsh_completion(const Program& program);
std::string fish_completion(const Program& program);

}  // namespace cascade::documents
