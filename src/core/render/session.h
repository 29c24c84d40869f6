// Renders what sessions received, and the chains of playbooks that they follow, for people and programs.
#pragma once

#include <cascade/render.h>

#include <string>
#include <string_view>
#include <vector>

#include "playbook/run.h"
#include "render/parts.h"
#include "session/ledger.h"
#include "system/system.h"

namespace cascade::rendering {

// "2026-11-21 00:28", UTC, for people. "no time" if `seconds` is 0 or less: the session recorded none.
std::string time_text(std::int64_t seconds);
Result<std::string> sessions(const std::vector<session::SessionSummary>& all, Format format);  // text, json
// `parts`: what systems add. text, json.
Result<std::string> session_entries(const session::Ledger& ledger, const std::vector<core::SessionPart>& parts,
                                    Format format);
// Only what sent, offered or dropped `manifest` ("skill:x", or the name alone), with the cost of every piece, and its
// heading if `library` (may be null) still has it. Empty if there is none. text, json.
Result<std::string> session_reasons(const session::Ledger& ledger, std::string_view manifest, const Registry* library,
                                    Format format);
// text, json.
Result<std::string> session_dropped(std::string_view session_id, std::string_view root, Format format);

// A playbook's chain: one row for each step with its exit, then its branches.
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
