// What a prompt has that prompts can teach: stems, pairs of them, concepts, letters.
#pragma once

#include "route/answer/prompt.h"
#include "route/answer/score.h"
#include "route/learned.h"

namespace cascade::route {

// Stems do not depend on the library, but for misspelt words, which count as what they are taken for.
Features features_of(const Tables& tables, const Prompt& prompt, const Scorer& scorer);

// What both have.
Features shared(const Features& a, const Features& b);

// How a feature reads, for explanations; `number` as in LearnedGain.
std::vector<std::string> feature_texts(const Tables& tables, const Prompt& prompt, const Scorer& scorer,
                                       const Features& features);

}  // namespace cascade::route
