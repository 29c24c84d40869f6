// What was sent, and whether it served: the ledgers joined with the clients' logs.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "client/transcript/formats.h"
#include "usage/deliveries.h"
#include "usage/interval.h"
#include "usage/library.h"
#include "usage/used.h"

namespace cascade::usage {

constexpr std::uint64_t placebos_of_each = 3;
constexpr std::uint32_t long_session = 10;  // answers from which on an unused section counts as wasted

// Sections that were sent, and what became of them. Those without a log or with another text by now are counted in
// `sent` and `unknown`, not among what was used or not.
struct Figures {
  std::uint64_t sent = 0, unknown = 0, tokens = 0;
  Count used, placebo;
  std::map<Sign, std::uint64_t> signs, placebo_signs;
  // Not used in a conversation of `long_session` answers: sections, their tokens, and these times the answers that
  // carried them.
  std::uint64_t wasted = 0, wasted_tokens = 0, carried_tokens = 0;

  Share difference() const noexcept { return difference_of(used, placebo); }
  Figures& operator+=(const Figures& other);
};

struct Row {
  std::string name;  // of a manifest, a project or a week
  Figures figures;
  std::uint64_t loads = 0, ignored = 0;  // times that it was brought in; those of which nothing was used
  std::uint64_t offers = 0, taken = 0, refused = 0;
  std::vector<std::string> sessions;  // sorted

  std::uint64_t session_count() const noexcept { return sessions.size(); }
};

// One section of one delivery.
struct Fate {
  std::string session, manifest, heading, agent;
  std::uint64_t sequence = 0, tokens = 0;
  std::int64_t at = 0;
  bool known = false;  // there is a log, and the text is as it was
  bool wasted = false;
  Shown shown;
};

// A prompt of the user and what it then made use of.
struct AskedPrompt {
  std::string session, text;
  std::int64_t at = 0;               // milliseconds since 1970
  std::vector<std::string> used;     // "skill:review", sorted
  std::vector<std::string> brought;  // what was loaded for it, used or not
};

// Whatever makes the figures smaller than they should be.
struct Gap {
  std::string kind;  // "no-log", "torn-lines", "foreign-lines", "unread-log", "shortened-ledger", "torn-ledger", ...
  std::uint64_t count = 0;
  std::string first;  // the first of them
};

struct Report {
  std::int64_t since = 0, until = 0;  // seconds since 1970
  std::uint64_t sessions = 0, with_log = 0, bytes = 0;
  Figures all;
  std::vector<Row> manifests;  // by tokens, then name
  std::vector<Row> projects, weeks;
  std::vector<Fate> fates;  // in the order of sessions and sequence
  std::vector<AskedPrompt> prompts;
  std::vector<Gap> gaps;
};

struct LogOf {
  const transcript::Format* format = nullptr;
  transcript::LogFile file;
};

struct Question {
  std::int64_t since = 0, until = 0;  // seconds; since is the first that counts
  std::string project;                // only sessions that worked here or below; empty: all
  std::string session;                // only this one; empty: all
};

// The logs of all clients, by session. `folder_of` tells where a format's logs are; empty: nowhere.
std::multimap<std::string, LogOf> find_logs(const files::Tree& tree,
                                            const std::function<std::string(const transcript::Format&)>& folder_of);

Report report_of(const files::Tree& tree, const std::vector<Session>& sessions,
                 const std::multimap<std::string, LogOf>& logs, Library& library, const Question& question);

// "2026-W48", the week by ISO 8601 of a second since 1970, in UTC.
std::string week_of(std::int64_t at);

}  // namespace cascade::usage
