// What was sent, and whether it served: the ledgers joined with the clients' logs.
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "client/transcript/formats.h"
#include "usage/candidates.h"
#include "usage/deliveries.h"
#include "usage/figures.h"

namespace cascade::usage {

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

}  // namespace cascade::usage
