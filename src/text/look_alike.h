// Letters that are taken for others. One table for all who must not be deceived: the validator, and the hook that
// defuses forged tags.
#pragma once

namespace cascade::letters {

// The Latin letter of ASCII that one of another script, a full-width one or a variant of Latin (long s, i with and
// without its dot) is taken for, in its own case; 0 when for none.
char looks_like_latin(char32_t c) noexcept;

}  // namespace cascade::letters
