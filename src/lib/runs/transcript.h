// Reads the costs of a subagent from its transcript (client 2.1.328: JSON lines, written some 100 ms late, an answer of
// several blocks as several lines with one id and one usage). A call's own result has only the usage of its last
// answer, so the transcript decides. It is untrusted: other programs may have written it.
#pragma once

#include <cascade/result.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "session/entry.h"

namespace cascade::tiers {

// The answers of one model.
struct Answers {
  std::string model;
  session::Usage usage, long_usage;  // of all answers; of those to prompts above client::long_prompt_tokens
};

struct Stretch {
  std::vector<Answers> models;          // in the order of their first answers
  std::uint64_t tools = 0;              // calls
  std::uint64_t end = 0;                // the first byte that was not read, at a line's beginning
  bool ends = false;                    // the last answer calls no tool
  bool failed = false;                  // the last answer is an error message by the client
  bool tool_failed = false;             // the last tool call failed
  std::vector<std::string> last_texts;  // the text blocks of the last answer
};

// Reads the whole lines of `text`, which begins at byte `from` of the file. Lines that are not JSON are skipped.
Stretch read_stretch(std::string_view text, std::uint64_t from);

// Reads a file from byte `from` on: all of it, or at most 16 MiB, ending where no answer is split. Errors: not_found,
// unreadable.
Result<Stretch> read_transcript(const std::string& path, std::uint64_t from);

// The subagent that a call started, from the client's notes next to the transcripts; empty if unknown.
std::string subagent_of_call(const std::string& session_transcript, const std::string& call);

// The path of the transcript of a session's subagent.
std::string subagent_transcript(const std::string& session_transcript, const std::string& id);

// The model of the answer that made `call`, or of the last answer if `call` is empty. Reads the end of a session's
// transcript. Empty if it is not there (yet).
std::string model_of_call(const std::string& session_transcript, const std::string& call);

}  // namespace cascade::tiers
