// What the ledgers say was sent: each section once, at the time and to whom it was sent first.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <utility>
#include <vector>

#include "files/tree.h"
#include "session/entry.h"
#include "usage/conversation.h"

namespace cascade::usage {

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
