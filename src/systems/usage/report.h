// What was sent, and whether it served: the ledgers joined with the clients' logs.
#pragma once

#include <cascade/registry.h>
#include <cascade/render.h>

#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "client/transcript/formats.h"
#include "render/parts.h"
#include "usage/conversation.h"
#include "usage/signs.h"

namespace cascade::usage {

struct Count {
  std::uint64_t hits = 0, of = 0;
};

// In millionths. `low` and `high` are the ends of the 95 % interval; without anything to count, 0 to 1.
struct Share {
  std::int64_t value = 0, low = 0, high = 1'000'000;
  std::int64_t uncertainty() const noexcept { return value - low > high - value ? value - low : high - value; }
};

// Wilson's score interval, rounded outwards.
Share share_of(Count count) noexcept;

constexpr std::uint32_t long_session = 10;  // answers from which on an unused section counts as wasted

// Sections that were sent, and what became of them. Those without a log or with another text by now are counted in
// `sent` and `unknown`, not among what was used or not.
struct Figures {
  std::uint64_t sent = 0, unknown = 0, tokens = 0;
  Count used;
  std::map<Sign, std::uint64_t> signs;
  // Not used in a conversation of `long_session` answers: sections, their tokens, and these times the answers that
  // carried them.
  std::uint64_t wasted = 0, wasted_tokens = 0, carried_tokens = 0;

  Figures& operator+=(const Figures& other);
};

struct Row {
  std::string name;  // of a manifest
  Figures figures;
  std::uint64_t loads = 0, ignored = 0;  // times that it was brought in; those of which nothing was used
  std::uint64_t offers = 0, taken = 0, refused = 0;
  std::vector<std::string> sessions;   // sorted
  std::vector<std::string> judged_in;  // those of them in which what became of a section of it is known; sorted
};

// One section of one delivery.
struct Fate {
  std::string session, manifest, heading, agent;
  std::uint64_t sequence = 0, tokens = 0;
  bool known = false;  // there is a log with an answer after it, and the text is as it was
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
  std::uint64_t all_tokens = 0;  // of whatever came, offers, cards and marks as well
  Figures all;
  std::vector<Row> manifests;  // by tokens, then name
  std::vector<Fate> fates;     // in the order of sessions and sequence
  std::vector<AskedPrompt> prompts;
  std::vector<Gap> gaps;
};

using session::SectionId;

// What is looked for in a conversation: what shows that sections were followed.
class Library {
 public:
  Library(const Registry& registry, ReadSection read) : registry_(registry), read_(std::move(read)) {}

  const Registry& registry() const noexcept { return registry_; }
  // Null: its text cannot be read.
  const Signs* signs(SectionId id);

 private:
  const Registry& registry_;
  ReadSection read_;
  std::map<std::uint64_t, std::optional<Signs>> signs_;
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

Report report_of(const files::Tree& tree, const Ledgers& ledgers, const std::multimap<std::string, LogOf>& logs,
                 Library& library, const Question& question);

// The user's own prompts with what they then made use of, as prompts with known answers (docs/formats/prompts.md): a
// line of JSON for each, in the order of time, equal ones once. A prompt that was answered by a load of which nothing
// was used expects silence; so does one after which nothing came.
std::string prompts_file(const Report& report);

// What was used after a prompt that had brought nothing ("skill:review").
std::vector<std::string> missed_by(const AskedPrompt& prompt);
// Those prompts as lessons (docs/formats/prompts-file.md), each under the manifest that it missed.
std::string lessons_file(const Report& report);

// Renders what was sent and whether it served, for `cascade usage` and `cascade session report`.

// What was used after prompts that had brought nothing.
struct Missed {
  std::string name;
  std::uint64_t prompts = 0;
  std::string prompt;  // the latest of them
};

struct Actions {
  std::vector<std::string> silence;  // skills and commands of which nothing shows use
  std::vector<Missed> missed;        // the most frequent first
  std::vector<std::string> never;    // what was neither sent nor offered nor called
};

// What a gap's kind means, in words that follow its number: a row of gaps.tsv.
struct GapRow {
  std::string_view kind, words;
};

constexpr std::uint64_t least_exposures = 20, least_sessions = 3;

// `is_open`: whether it may come unasked.
Actions actions_of(const Report& report, const Registry& registry, const std::function<bool(ManifestId)>& is_open);

}  // namespace cascade::usage

namespace cascade::rendering {

// Formats text and json (cascade.usage/1). As text what to do first, and with `all` the rest and every figure.
Result<std::string> usage_report(const usage::Report& report, const usage::Actions& actions, bool all, Format format,
                                 Paint paint);
// The sections of one session and what became of them. Formats text and json (cascade.session-report/1).
Result<std::string> session_report(const usage::Report& report, std::string_view session, Format format, Paint paint);

}  // namespace cascade::rendering
