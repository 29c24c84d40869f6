// Measures how well the router answers prompts with known answers.
#pragma once

#include <cascade/registry.h>
#include <cascade/route.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "route/prompts.h"

namespace cascade::evaluation {

constexpr std::size_t ranked_places = 30;  // how far down an expected manifest is searched

struct Outcome {
  Decision decision = Decision::silence;
  std::vector<ManifestId> ranked;
  std::uint32_t place = 0;    // of the first expected manifest, from 1; 0: not among ranked_places
  std::uint32_t in_five = 0;  // per mille of what the prompt asks for that the first five places cover
  bool right = false;         // the right manifest first and not silent; or silent if none is expected
  bool loaded_wrongly = false;
};

// Sums over prompts of one kind.
struct Tally {
  std::string kind;
  std::uint32_t prompts = 0, expecting = 0;
  std::uint32_t first = 0, decided = 0, right = 0, loaded_wrongly = 0;  // prompts
  std::uint32_t in_five = 0;                                            // per mille, summed
};

struct UnknownName {
  std::string name;
  std::uint32_t line = 0;
};

// One prompt's outcome in an earlier run.
struct Earlier {
  std::string text;
  bool right = false;
};

struct Changes {
  std::vector<std::uint32_t> better, worse;  // indices of prompts
};

struct Evaluation {
  std::vector<Prompt> prompts;
  std::vector<Outcome> outcomes;  // by prompt
  std::vector<Tally> kinds;       // in order of first use
  Tally all;
  std::vector<UnknownName> unknown;  // expected names that no manifest has
  std::optional<Changes> changes;    // compared with an earlier run, if there is one
};

// `like`: the kinds, caution and other settings of each query; its text and limit are not used.
Evaluation evaluate(const Registry& registry, const Router& router, std::vector<Prompt> prompts, const Query& like);

// "skill:review", "review", or the manifest's title, with or without the kind.
bool is_called(const ManifestView& manifest, std::string_view name);

// Reads an earlier run's document (cascade.eval/1). Error: malformed.
Result<std::vector<Earlier>> read_earlier(std::string_view json, const std::string& path);
Changes compare(const Evaluation& now, const std::vector<Earlier>& before);  // prompts with equal texts are the same

}  // namespace cascade::evaluation
