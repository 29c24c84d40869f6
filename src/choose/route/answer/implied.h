// What a prompt asks for without saying so: a short ask over a paste, a sentence that says what is wrong.
#pragma once

#include <memory>

#include "route/answer/answer.h"

namespace cascade::route {

// The answer to what the person says together with what people mostly want of such a paste. Null: more is said than a
// few words, nothing is, it asks for a fact from the paste only, or what is pasted is not known. `whole`: the prompt as
// read. For a line or two nothing is loaded.
std::unique_ptr<Answer> answer_about_paste(const Tables& tables, const Query& query, const Prompt& whole);

// True for a sentence that says that something is wrong, is no order, and is not far from all that the library serves.
bool is_symptom(const Tables& tables, const Answer& answer);

// Offers the page for finding causes if the answer offers nothing, and what it has first, whatever its points.
void offer_mending(const Tables& tables, const Query& query, Answer& answer);

}  // namespace cascade::route
