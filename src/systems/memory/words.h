// The words of a text, for comparing texts: in lower case, sorted, each once.
#pragma once

#include <string>
#include <vector>

namespace cascade::memory {

std::vector<std::string> words_of(const std::string& text);

}  // namespace cascade::memory
