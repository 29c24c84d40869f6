// Removes from a manifest's text whatever could mislead the model: control characters and the client's own tags.
#pragma once

#include <cascade/route.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "client/event_input.h"
#include "session/ledger.h"

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

// Words manifests and reasons for the model.
std::string name_of(const ManifestView& manifest);      // on one line, cut where it is too long
std::string symbol_text(const ManifestView& manifest);  // "skill:review"

// What the manifest says of when it serves, at most `most` UTF-16 units, in whole words; may be empty.
std::string when_to_use(const ManifestView& manifest, std::uint32_t most);

// "the prompt says leak, heap": the heaviest evidence among words that occur in the prompt; "its subject fits" if none
// of it was typed.
std::string reason(const Match& match, std::string_view prompt);

// Whether a person typed the prompt in the main conversation. A finished background agent, a timer and a poll fire this
// event too (client 2.1.328); the event's `source` tells, but only if the client's vendor has switched that on. Codex
// fires it in subagents as well (0.169.0).
bool is_typed(const client::EventInput& event, const session::Ledger& ledger);

}  // namespace cascade::hook
