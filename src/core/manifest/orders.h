// Orders that are more than a verb right before a name: by a means, by reading, in a list. `words` are those before the
// name in its sentence.
#pragma once

#include <cstddef>
#include <string_view>

#include "manifest/body_text.h"
#include "manifest/sentence.h"

namespace cascade::manifest {

// "a-b", "/a", "a:b", and an arrow between two.
bool is_other_name(std::string_view word);

// The nearest word before the name that is not filler; empty: none.
std::string_view nearest_word(const SentenceWords& words);

// "Resolve them with", "commit each crate via": an order whose means is the name. `at` is the preposition. In "count
// the crates (in one row with" it says something else in brackets.
bool is_done_with(const SentenceWords& words, std::size_t at);

// "Read the `x` skill", "start the lift per the `x` skill", "if `x` is not loaded, load it", "read ../x/SKILL.md": that
// loads it. The name ends at `end`, in bytes of the body.
bool is_read_as_skill(const BodyText& body, const TextLine& line, const SentenceWords& words, std::size_t end);

// "Use `/a` for x, `/b` for y and `/c` to do z", "hand off to a-b to paint, then c-d to wash": one verb leads a list in
// which each name comes with its purpose.
bool shares_call(const BodyText& body, const TextLine& line, const SentenceWords& words, std::size_t end);

}  // namespace cascade::manifest
