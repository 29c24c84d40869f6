// A conversation as the client's logs tell it: what happened, in order, for the conversation itself and for each of its
// subagents.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <map>
#include <string>
#include <string_view>
#include <unordered_set>
#include <utility>
#include <vector>

#include "client/transcript/formats.h"
#include "files/tree.h"
#include "session/entry.h"
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

// What the ledgers say was sent: each section once, at the time and to whom it was sent first.

struct SentSection {
  std::string manifest;  // "skill:review"
  std::uint32_t section = 0;
  Form form = Form::section;
  std::uint64_t content_hash = 0;
  std::uint64_t tokens = 0;
};

// One line of a ledger that brought text into a conversation.
struct Delivery {
  std::uint64_t sequence = 0;
  std::int64_t at = 0;  // seconds since 1970
  std::string agent;    // the subagent that got it; empty: the conversation itself
  std::string root;
  std::vector<SentSection> sections;  // without cards, names and marks, which say nothing of their own
};

struct Named {  // an offer, or a refusal
  std::string root;
  std::uint64_t sequence = 0;
  std::int64_t at = 0;
};

struct Text {  // whatever came, offers and cards as well
  std::int64_t at = 0;
  std::uint64_t tokens = 0;
  std::string recipient;  // as the ledger names it
};

struct Session {
  std::string id, directory;
  std::string parent;         // the session that this one was forked from
  std::int64_t began_at = 0;  // the fork; seconds; 0: it is none
  std::int64_t last_at = 0;
  std::vector<Delivery> deliveries;
  std::vector<Named> offers, refusals;
  std::vector<Text> texts;    // as `session list` counts them
  std::uint64_t torn = 0;     // lines that could not be read
  std::uint64_t lost = 0;     // lines that are gone since the file was shortened
  std::uint64_t unheard = 0;  // deliveries to subagents that did not start
};

// What a ledger's entries say. Entries that a fork took over from its parent are the parent's.
Session session_of(std::string id, const std::vector<session::Entry>& entries);

struct Ledgers {
  std::vector<Session> sessions;    // by id
  std::vector<std::string> unread;  // the paths of those that could not be read, or do not say whose they are
  // When the oldest of as many ledgers as are kept at most was last written; 0: there are fewer, so none is gone that
  // is not too old.
  std::int64_t full_since = 0;
};

// The sessions below the state folder that wrote something at `since` or later.
Ledgers read_ledgers(const files::Tree& tree, const std::string& state, std::int64_t since);

// The sessions that began with what this one held, directly or by further forks.
std::vector<const Session*> forks_of(const Session& session, const std::vector<Session>& all);

// Where in its conversation each delivery of a session arrived, and what came after it, there and in its forks.
class Timeline {
 public:
  using SeeTurn = std::function<void(const Event& prompt, const std::vector<const Delivery*>& deliveries,
                                     const std::vector<std::string>& called)>;

  Timeline(const Session& session, const std::vector<const Session*>& forks, const Conversation& conversation);

  // Whether there is a log of what happened to a subagent; of the conversation itself if it is empty.
  bool has(const std::string& agent) const { return conversation_.stream_of(session_.id, agent) != nullptr; }
  // What shows that a delivery's section was followed: by its recipient, or by a subagent or a fork of the session that
  // began with what the recipient held.
  Shown shown(const Delivery& delivery, const Signs& signs) const;
  // Whether what was offered was brought in or called afterwards.
  bool takes(const Named& offer) const;
  // Each prompt of the conversation, without those that a fork repeats, with what was delivered and called before the
  // next one.
  void each_turn(const SeeTurn& see) const;

 private:
  struct Fork {
    const Stream* stream;
    std::int64_t began_at;
    std::size_t common;  // events that its log and the session's begin with
  };
  std::size_t place_of(const Delivery& delivery) const;
  std::size_t find_place(const Delivery& delivery, const Stream& stream);

  const Session& session_;
  const Conversation& conversation_;
  std::vector<Fork> forks_;
  std::map<std::uint64_t, std::size_t> places_;                     // by sequence
  std::vector<std::pair<const Stream*, std::size_t>> used_places_;  // contexts that belong to a delivery
};

}  // namespace cascade::usage
