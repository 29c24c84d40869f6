// What a subagent's transcript tells of its costs (client 2.1.328: JSON lines, written some 100 ms late, an answer of
// several blocks as several lines with one id and one usage). A call's own result tells the usage of its last answer
// only, so the transcript is what counts. It is untrusted: other programs may have written it.
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
  session::Usage usage, long_usage;  // of all; of those to prompts above client::long_prompt_tokens
};

struct Stretch {
  std::vector<Answers> models;  // in the order in which they first answered
  std::uint64_t tools = 0;      // calls
  std::uint64_t end = 0;        // the first byte that was not read, a line's beginning
  bool has_answer = false;
  bool ends = false;                    // the last answer calls no tool
  bool failed = false;                  // the last answer is the client's own, about an error
  bool tool_failed = false;             // the last call of a tool did
  std::vector<std::string> last_texts;  // the blocks of text of the last answer
};

// The whole lines of `text`, which begins at byte `from` of the file. What is no JSON is skipped.
Stretch read_stretch(std::string_view text, std::uint64_t from);

// A file from `from` on: all of it, or at most 16 MiB up to a place where no answer is cut in two. not_found,
// unreadable.
Result<Stretch> read_transcript(const std::string& path, std::uint64_t from);

// The subagent that a call started, by the notes that the client keeps beside the transcripts; empty: none is known.
std::string subagent_of_call(const std::string& session_transcript, const std::string& call);

// Where the transcript of a session's subagent lies.
std::string subagent_transcript(const std::string& session_transcript, const std::string& id);

// The model of the answer that made `call`; of the last answer where `call` is empty. Reads the end of a session's
// transcript. Empty: it is not there (yet).
std::string model_of_call(const std::string& session_transcript, const std::string& call);

}  // namespace cascade::tiers
