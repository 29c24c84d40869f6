// The languages and tools that the names of the files at hand imply.
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "route/answer/score.h"
#include "route/tables.h"

namespace cascade::route {

struct FileSign {
  std::string_view name, word;
};
std::span<const FileSign> file_signs() noexcept;  // by name

// "src/app.py" -> python; "Dockerfile" -> docker. Lower-case words, each once, sorted.
std::vector<std::string_view> languages_of(const std::vector<std::string>& paths);

// Raises the score of each manifest in `order` that is about these languages a little, and sorts again.
void favour(const Tables& tables, const Weights& weights, const std::vector<std::string>& paths,
            std::vector<Ranked>& order);

}  // namespace cascade::route
