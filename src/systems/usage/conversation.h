// A conversation as the client's logs tell it: what happened, in order, for the conversation itself and for each of its
// subagents.
#pragma once

#include <cstdint>
#include <deque>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "client/transcript/formats.h"
#include "usage/signs.h"

namespace cascade::usage {

struct Event {
  transcript::Happening kind = transcript::Happening::prompt;
  std::int64_t at = 0;                   // milliseconds since 1970; 0: unknown
  std::string tool;                      // call: as telling_tool() spells it
  std::vector<std::string> names;        // call, and a prompt that was typed as a command: agents, skills, commands
  std::vector<Run> runs;                 // call
  std::vector<std::string> paths;        // call
  std::string text;                      // prompt, context
  std::string_view raw;                  // result: as written
  std::vector<std::string> identifiers;  // prompt, call: those that are wanted
  std::vector<Phrase> phrases;  // prompt, answer, call: those of what was said or written that are wanted, by hash
};

// What happened to a session itself (agent is empty), or to one of its subagents.
struct Stream {
  std::string session, agent;
  std::vector<Event> events;
};

// Whatever was not read; none of it makes a figure smaller without being said.
struct Unread {
  std::uint64_t torn = 0;          // lines that are cut off
  std::uint64_t foreign = 0;       // lines of another format
  std::vector<std::string> files;  // with the reason
};

// A session with its forks and subagents. Keeps the bytes that its events point into.
class Conversation {
 public:
  // `wanted`: the phrases of all sections that are looked for in it.
  explicit Conversation(PhraseSet wanted) : wanted_(std::move(wanted)) {}

  // Reads one log of it. What a log says twice (some clients write an answer again when it has grown) counts once.
  // False: not one of its lines could be read, so it says nothing about what happened.
  bool read(const transcript::Format& format, const transcript::LogFile& log, std::string text);

  const std::vector<Stream>& streams() const noexcept { return streams_; }
  const Stream* stream_of(std::string_view session, std::string_view agent) const noexcept;  // null: there is none
  const Unread& unread() const noexcept { return unread_; }
  std::uint64_t bytes() const noexcept { return bytes_; }
  void fail(const std::string& path, const std::string& why) { unread_.files.push_back(path + ": " + why); }

 private:
  Stream& stream(std::string_view session, std::string_view agent);
  void add(const transcript::Happened& one, const transcript::LogFile& log);
  bool is_repeated(const transcript::Happened& one);

  PhraseSet wanted_;
  std::deque<std::string> texts_;
  std::vector<Stream> streams_;
  std::unordered_set<std::uint64_t> seen_;  // hashes of what this log has told
  Unread unread_;
  std::uint64_t bytes_ = 0;
};

// Whether a text as JSON writes it says these words in a row.
bool says(std::string_view raw, const std::vector<std::string>& words, std::size_t from, std::size_t count);

// A set of these; none: nothing shows it.
enum class Sign : std::uint8_t { called = 1, ran = 2, touched = 4, echoed = 8, wrote = 16 };
constexpr Sign all_signs[] = {Sign::called, Sign::ran, Sign::touched, Sign::echoed, Sign::wrote};
const char* to_string(Sign sign) noexcept;

struct Shown {
  std::uint8_t signs = 0;
  std::uint32_t answers = 0;  // of the model, while it had the section
  bool is(Sign sign) const noexcept { return (signs & static_cast<std::uint8_t>(sign)) != 0; }
  bool any() const noexcept { return signs != 0; }
};

// The events of `stream` from `begin` on, up to the next compaction. What had happened before `begin` already (the same
// command, path or wording) shows nothing.
Shown shown_in(const Signs& signs, const Stream& stream, std::size_t begin);

}  // namespace cascade::usage
