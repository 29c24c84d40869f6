// What the files that the work is about say: languages and tools.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "route/answer/score.h"
#include "route/tables.h"

namespace cascade::route {

// "src/app.py" -> python; "Dockerfile" -> docker. Lower-case words, each once, sorted.
std::vector<std::string_view> languages_of(const std::vector<std::string>& paths);

// Manifests that are about these languages gain a little, if anything else speaks for them; sorts anew.
void favour(const Tables& tables, const Weights& weights, const std::vector<std::string>& paths,
            std::vector<Ranked>& order);

}  // namespace cascade::route
