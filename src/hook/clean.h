// What stands between a manifest's author and the model: control characters and the client's own tags.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace cascade::hook {

// Without control, direction and other hidden characters (line feeds and tabs stay), well-formed, and with every sign
// that opens "<system-reminder" or "</system-reminder", however it is written, replaced by U+2039. Never more UTF-16
// units than before; cleaning twice is cleaning once.
std::string clean(std::string text);

// Whether cleaning would leave the text as it is.
bool is_clean(std::string_view text);

// On one line, white space folded, at most `most` UTF-16 units with an ellipsis where it was cut.
std::string brief(std::string_view text, std::uint32_t most);

// The longest beginning of at most `most` UTF-16 units that does not cut a character.
std::string_view beginning(std::string_view text, std::uint32_t most);
// The same, in bytes.
std::string_view beginning_bytes(std::string_view text, std::size_t most);

}  // namespace cascade::hook
