// The pieces of a prompt that may each be the request: company around a request must not silence it.
#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "route/answer/answer.h"
#include "route/answer/prompt.h"

namespace cascade::route {

// The sentences that the person says, each without the courtesies and the place that it begins with, where they differ
// from the whole; at most four, those at the end first. Parts of `text`.
std::vector<std::string_view> asks_in(std::string_view text, const std::vector<prompt::Part>& parts);

// True for a message whose words add up to points for anything.
bool is_long(std::string_view text);

// True for a long brief: its sentences say parts of a request, and many of them alone would find something.
bool is_brief(std::string_view text, const std::vector<prompt::Part>& parts);

// The answer to the whole prompt, or to one of its asks where that is more likely wanted. If all are silent, the prompt
// is read together with the one before. The text of the answer's prompt is a part of the query's, or is kept with it.
std::unique_ptr<Answer> best_answer(const Tables& tables, const Query& query, bool english = false);

// Thanks in a request: they ask for nothing, but their words would dilute what does.

// A prompt without the thanks that it ends or begins with, where enough is said besides: from the word of thanks to the
// end, or from the beginning to a mark. Linear.
Prompt read_request(const Tables& tables, std::string_view text, bool english = false);

}  // namespace cascade::route
