// A playbook's chain as text and JSON, and a run of it as JSON.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "playbook/run.h"
#include "render/parts.h"
#include "syntax/json.h"

namespace cascade::rendering {

// One row for each step with its exit, then its branches.
std::string chain_text(const playbook::Plan& plan, Paint paint);
// Writes the value, an object.
void put_chain(syntax::JsonWriter& json, const playbook::Plan& plan);

// Writes a run as an object.
void put_run(syntax::JsonWriter& json, const playbook::Run& run, const std::vector<session::Entry>& entries);
// Writes "evidence": the entries with these numbers, but not those that the ledger has dropped since.
void put_evidence(syntax::JsonWriter& json, const std::vector<std::uint64_t>& evidence,
                  const std::vector<session::Entry>& entries);
const session::Entry* find_entry(const std::vector<session::Entry>& entries, std::uint64_t sequence);

}  // namespace cascade::rendering
