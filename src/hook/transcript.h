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

// Whether a timer put this prompt in: the last 64 KiB of the transcript say that a task with it fired, before the event
// does (2.1.328 and 2.1.330, which leave the event's `source` out).
bool was_fired(const std::string& path, std::string_view prompt);

// Whether the last four MiB of a transcript say that the client sent the text of the skill in this folder, as it does
// after "/name" and after the model's call of the Skill tool (2.1.328 and 2.1.330).
bool has_sent_skill(const std::string& path, const std::string& folder);

// The ledger of the session that the one with this transcript was forked of. The client does not name it: taken is the
// session whose transcript in the same folder was written last, which is the right one for --continue and for a fork of
// the running session. Nothing when none of the ten latest is known.
std::optional<session::Ledger> parent_of_fork(const std::string& state_directory, const std::string& transcript_path);

}  // namespace cascade::hook
