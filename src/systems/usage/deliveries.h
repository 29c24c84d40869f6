// What the ledgers say was sent: each section once, at the time and to whom it was sent first.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "files/tree.h"
#include "session/entry.h"

namespace cascade::usage {

struct SentSection {
  std::string manifest;  // "skill:review"
  std::uint32_t section = 0;
  Form form = Form::section;
  std::uint64_t content_hash = 0;
  std::uint64_t tokens = 0;
  std::uint32_t withheld_ppm = 0;  // with which probability chance would have kept it out; 0: it was not left to it
};

// One line of a ledger that brought text into a conversation.
struct Delivery {
  std::uint64_t sequence = 0;
  std::int64_t at = 0;  // seconds since 1970
  std::string agent;    // the subagent that got it; empty: the conversation itself
  std::string root, layer, decision;
  std::vector<SentSection> sections;    // without cards, names and marks, which say nothing of their own
  std::uint64_t tokens = 0;             // of the whole text
  std::vector<SentSection> withheld{};  // what chance kept out, each once in a session
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
  std::int64_t began_at = 0;  // the fork; seconds
  std::int64_t last_at = 0;
  std::vector<Delivery> deliveries;
  std::vector<Named> offers, refusals;
  std::vector<Text> texts;         // as `session list` counts them
  std::vector<std::string> forks;  // subagents that began with what the conversation held
  std::uint64_t torn = 0;          // lines that could not be read
  std::uint64_t lost = 0;          // lines that are gone since the file was shortened
  std::uint64_t unheard = 0;       // deliveries to subagents that did not start
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

}  // namespace cascade::usage
