// Stores a session's expectations in the ledger for the repository guard, and reads them back.
#pragma once

#include <string>

#include "git/expected.h"
#include "session/ledger.h"

namespace cascade::systems {

// The expectations for `recipient`. A subagent that began in a worktree of its own is expected there and not where the
// session began; places that were added, named or allowed hold for everyone.
repository::Expectations expectations_of(const session::Ledger& ledger, const std::string& recipient);

session::Entry entry_of(const repository::Expected& expected, const std::string& recipient, std::int64_t now);

// The directory in which the session began; empty if unknown.
std::string began_in(const session::Ledger& ledger);

}  // namespace cascade::systems
