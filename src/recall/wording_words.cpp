// How the words of a prompt weigh. They were counted in the prompts of 336 organisations (docs/measurements.md):
// a weight is the logarithm of how much more often a word stands in prompts that want a fact, plus what a logistic
// regression over the gate's signals and these words added. Words of at least two prompts are listed, if they weigh
// 300 or more, and pairs of adjacent words of at least three, if they weigh 400 or more. scripts/recall-gate writes the
// list.
#include "recall/wording.h"

namespace cascade::recall {
namespace {

// Longer than every compiler must take; those that we know take it.
#pragma GCC diagnostic push
#pragma GCC diagnostic ignored "-Woverlength-strings"
// An array, because a compiler that counts a text's characters may count to a million steps only.
constexpr char weighed_words[] =
#include "recall/wording_words.inc"
    ;
#pragma GCC diagnostic pop

}  // namespace

std::string_view wording_words() noexcept { return {weighed_words, sizeof weighed_words - 1}; }

}  // namespace cascade::recall
