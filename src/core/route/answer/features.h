// The features of a prompt that lessons are learned about: stems, pairs of stems, concepts, letters.
#pragma once

#include "route/answer/prompt.h"
#include "route/answer/score.h"
#include "route/learned.h"

namespace cascade::route {

// Stems do not depend on the library, except for misspelt words, which count as their correction.
Features features_of(const Tables& tables, const Prompt& prompt, const Scorer& scorer);

// The features that both have.
Features shared(const Features& a, const Features& b);

// The texts of the features, for explanations, in the order of LearnedGain::feature.
std::vector<std::string> feature_texts(const Tables& tables, const Prompt& prompt, const Scorer& scorer,
                                       const Features& features);

}  // namespace cascade::route
