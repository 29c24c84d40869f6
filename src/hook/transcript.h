// What the client's transcript tells (client 2.1.328: JSON lines, behind the conversation by a little).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "session/ledger.h"

namespace cascade::hook {

// The model of the last answer in these lines, the end of a transcript (its first line may be cut); empty: none is
// there.
std::string last_model(std::string_view lines);
std::string model_of_transcript(const std::string& path);

// The ledger of the session that the one with this transcript was forked of. The client does not name it: taken is the
// session whose transcript in the same folder was written last, which is the right one for --continue and for a fork of
// the running session. Nothing when none of the ten latest is known.
std::optional<session::Ledger> parent_of_fork(const std::string& state_directory, const std::string& transcript_path);

}  // namespace cascade::hook
