// Removes from a manifest's text whatever could mislead the model: control characters and the client's own tags.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cascade::hook {

// Returns the text as well-formed UTF-8 without control, direction or other hidden characters (line feeds and tabs
// stay). Any sign that opens "<system-reminder" or "</system-reminder", in whatever spelling, becomes U+2039. The
// result never has more UTF-16 units than the text, and cleaning it again changes nothing.
std::string clean(std::string text);

// Whether clean() would leave the text unchanged.
bool is_clean(std::string_view text);

// The text on one line with white space folded, at most `most` UTF-16 units long; ends in an ellipsis if it was cut.
std::string brief(std::string_view text, std::uint32_t most);

// The longest prefix of at most `most` UTF-16 units that splits no character.
std::string_view beginning(std::string_view text, std::uint32_t most);
// The longest prefix of at most `most` bytes that splits no character.
std::string_view beginning_bytes(std::string_view text, std::size_t most);

}  // namespace cascade::hook
