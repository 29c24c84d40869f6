// What sessions were given, for people and programs.
#pragma once

#include <cascade/render.h>

#include <string>
#include <vector>

#include "session/ledger.h"

namespace cascade::rendering {

Result<std::string> sessions(const std::vector<session::SessionSummary>& all, Format format);  // text, json
Result<std::string> session_entries(const session::Ledger& ledger, Format format);             // text, json
// Only the entries that sent `manifest` ("skill:x", or the name alone); every piece with its cost.
Result<std::string> session_reasons(const session::Ledger& ledger, std::string_view manifest, Format format);  // text

}  // namespace cascade::rendering
