// What the client's transcript tells (client 2.1.328: JSON lines, behind the conversation by a little).
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "session/ledger.h"

namespace cascade::hook {

// Its last 256 KiB, of which the first line may be cut; empty when there is none.
std::string transcript_end(const std::string& path);

// The model of the last answer in these lines, the end of a transcript; empty: none is there.
std::string last_model(std::string_view lines);

// Whether a timer put this prompt in: these lines, the end of a transcript, hold the call that set a timer with it, or
// the timer's own line. The event's `source` may be left out (2.1.328, 2.1.330), and the timer's line comes up to a
// tenth of a second behind the event, since the client writes its transcript late.
bool is_of_timer(std::string_view lines, std::string_view prompt);

// Whether the last four MiB of a transcript say that the client sent the text of the skill in this folder, as it does
// after "/name" and after the model's call of the Skill tool (2.1.328 and 2.1.330).
bool has_sent_skill(const std::string& path, const std::string& folder);

// The ledger of the session that the one with this transcript was forked of. The client does not name it: taken is the
// session whose transcript in the same folder was written last, which is the right one for --continue and for a fork of
// the running session. Nothing when none of the ten latest is known.
std::optional<session::Ledger> parent_of_fork(const std::string& state_directory, const std::string& transcript_path);

}  // namespace cascade::hook
