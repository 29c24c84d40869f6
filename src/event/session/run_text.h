// Reads and writes the members about a subagent's call and run in a line of the ledger.
#pragma once

#include "session/entry.h"
#include "syntax/json.h"

namespace cascade::session {

void write_run(syntax::JsonWriter& json, const Entry& entry);
RunNote run_of(const syntax::Node& object);

}  // namespace cascade::session
