// What was learned about the use of sections: counts of a section's use, and the factor of its value that follows from
// them. It is kept in a file of the state folder (docs/formats/learned.md), which is part of what a bundle is made
// from.
#pragma once

#include <cascade/bundle.h>

#include <cstdint>
#include <functional>
#include <map>
#include <string>

#include "files/tree.h"
#include "usage/candidates.h"
#include "usage/report.h"

namespace cascade::usage {

constexpr std::uint64_t least_to_learn = 20, prior_exposures = 20;  // exposures
constexpr std::uint32_t least_per_mille = 800, most_per_mille = 1'250;

// How often a section was judged and followed.
struct Exposure {
  std::string manifest;  // where it was sent from last, for people
  Count used;
};
// By the content hash of the whole section.
using Exposures = std::map<std::uint64_t, Exposure>;

// Of the fates of a report. `takes`: the sessions that count; empty: all.
Exposures exposures_of(const Report& report, const std::function<bool(const std::string& session)>& takes = {});

// The factor of a section's value, in thousandths: how much more or less often it was used than the average, which is a
// prior that weighs as much as twenty exposures, so that few change little. 1000: there are
// fewer than `least`. `mean`: mean_of() all sections.
std::uint32_t factor_of(const Exposure& one, std::uint64_t mean, std::uint64_t least = least_to_learn) noexcept;
// How often an exposure of any of them was used, in millionths.
std::uint64_t mean_of(const Exposures& all) noexcept;

// Those whose factor is not 1000. `source` is a hash of these factors.
Learned learned_of(const Exposures& exposures, std::uint64_t least = least_to_learn);

// How many sections that were used a packing kept, and of how many.
struct Kept {
  Count usual, moved;  // with the usual values, with the moved ones
};

// The file's text. `kept`: what the evaluation found, for people.
std::string learned_file(const Exposures& exposures, const Kept& kept);
std::string learned_path(const std::string& state);

// Nothing was learned: no values. Errors: malformed, unreadable.
Result<Learned> read_learned(const files::Tree& tree, const std::string& state);

// The user's own prompts with what they then made use of, as prompts with known answers (docs/formats/prompts.md).

// A line of JSON for each prompt, in the order of time, equal ones once. A prompt that was answered by a load of which
// nothing was used expects silence; so does one after which nothing came.
std::string prompts_file(const Report& report);

// What was used after a prompt that had brought nothing ("skill:review").
std::vector<std::string> missed_by(const AskedPrompt& prompt);
// Those prompts as lessons (docs/formats/prompts-file.md), each under the manifest that it missed.
std::string lessons_file(const Report& report);

}  // namespace cascade::usage
