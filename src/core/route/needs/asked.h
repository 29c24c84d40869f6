// What a prompt asks for, and the answer to each.
#pragma once

#include <memory>
#include <vector>

#include "needs/needs.h"
#include "route/answer/answer.h"

namespace cascade::route {

struct AnsweredNeed {
  needs::Need need;
  std::unique_ptr<Answer> answer;
};

// One answer for a prompt that is one need, whose sign is `whole`; otherwise one for each of its needs, of which a long
// message has at most most_needs. If all of them are silent, the prompt is answered as a whole after all.
constexpr std::size_t most_needs = 8;
std::vector<AnsweredNeed> answers_to(const Tables& tables, const Query& query);

}  // namespace cascade::route
