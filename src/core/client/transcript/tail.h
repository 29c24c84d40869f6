// Reads the client's transcript (client 2.1.328: JSON lines, written a little later than the conversation).
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::transcript {

// The model of the last answer in these lines, which are the end of a transcript; empty if they hold no answer.
std::string last_model(std::string_view lines);

// The same of the last 256 KiB of a transcript; empty if there is no transcript.
std::string last_model_in(const std::string& path);

// The last prompt that the user typed before this one, from the last 32 KiB of a transcript, at most 2,000 bytes of it;
// empty if there is none.
std::string prompt_before_in(const std::string& path, std::string_view prompt);
// The same in these lines, which are the end of a transcript.
std::string prompt_before(std::string_view lines, std::string_view prompt);

// Whether a timer sent this prompt: these lines, the end of a transcript, hold either the call that set a timer with
// it, or the timer's own line. The event's `source` may be missing (2.1.328, 2.1.330), and the timer's line arrives up
// to a tenth of a second after the event, since the client writes its transcript late.
bool is_of_timer(std::string_view lines, std::string_view prompt);

// The same of the last 256 KiB of a transcript; false if there is no transcript.
bool is_of_timer_in(const std::string& path, std::string_view prompt);

// Whether the transcript shows from byte `from` on that no hook's text with any of these names reached the model. False
// where it does not tell: there is none, it is too long to look at, or it never shows such a text (Claude Code 2.1.332
// writes a line for each that arrived).
bool lacks_context_in(const std::string& path, std::uint64_t from, const std::vector<std::string>& names);

// Whether the last four MiB of a transcript show that the client sent the text of the skill in this folder, as it does
// after "/name" and after the model calls the Skill tool (2.1.328 and 2.1.330).
bool has_sent_skill(const std::string& path, const std::string& folder);

}  // namespace cascade::transcript
