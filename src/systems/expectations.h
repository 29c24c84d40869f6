// Between the ledger and the repository guard: what a session expects, kept and read again.
#pragma once

#include <string>
#include <string_view>

#include "repository/expected.h"
#include "session/ledger.h"

namespace cascade::systems {

// What holds for `recipient`: a subagent that began in a worktree of its own is expected there and not where the
// session began; what was added, named or allowed holds for all.
repository::Expectations expectations_of(const session::Ledger& ledger, const std::string& recipient);

session::Entry entry_of(const repository::Expected& expected, const std::string& recipient, std::int64_t now);

// The directory that the session began in; empty: it is not known.
std::string began_in(const session::Ledger& ledger);

}  // namespace cascade::systems
