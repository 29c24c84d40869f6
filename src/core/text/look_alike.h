// Letters that look like others. One table for all code that must not be deceived: the validator, and the hook that
// defuses forged tags.
#pragma once

namespace cascade::letters {

// Returns the ASCII letter that a letter of another script, a full-width letter or a Latin variant (long s, i with and
// without dot) looks like, in its own case; 0: none.
char looks_like_latin(char32_t c) noexcept;

}  // namespace cascade::letters
