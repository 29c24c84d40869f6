// Renders what sessions received, for people and programs.
#pragma once

#include <cascade/render.h>

#include <string>
#include <vector>

#include "session/ledger.h"
#include "system/system.h"

namespace cascade::rendering {

// "2026-11-21 00:28", UTC, for people. "no time" if `seconds` is 0 or less: the session recorded none.
std::string time_text(std::int64_t seconds);
Result<std::string> sessions(const std::vector<session::SessionSummary>& all, Format format);  // text, json
// `parts`: what systems add. text, json.
Result<std::string> session_entries(const session::Ledger& ledger, const std::vector<core::SessionPart>& parts,
                                    Format format);
// Only the entries that sent, offered or dropped `manifest` ("skill:x", or the name alone), with the cost of every
// piece. Empty if there are none. text, json.
Result<std::string> session_reasons(const session::Ledger& ledger, std::string_view manifest, Format format);
// text, json.
Result<std::string> session_dropped(std::string_view session_id, std::string_view root, Format format);

}  // namespace cascade::rendering
