// The cost of subagents, by agent and tier, per successful task.
#pragma once

#include <cascade/render.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "policy/policy.h"
#include "render/parts.h"
#include "session/entry.h"

namespace cascade::tiers {

// The usage of one subagent on one model.
struct Part {
  std::string model;
  session::Usage usage, long_usage;
};

// One subagent's work.
struct Run {
  std::string session, id, agent, tier;
  bool raised = false, repeated = false;  // repeated: its task was given again in the same turn
  std::string outcome;                    // empty: it has not ended
  std::string session_model;
  std::vector<Part> parts;
  std::uint64_t tools = 0;

  bool succeeded() const { return outcome == "done" && !repeated; }
  std::uint64_t tokens() const;
};

// The runs in a session's ledger lines (runs.h), in the order in which they ended.
std::vector<Run> runs_of(const std::string& session, const std::vector<session::Entry>& lines);

// The price in millionths of a microdollar. Nothing if a model's price is unknown.
std::optional<std::uint64_t> price_of(const session::Usage& all, const session::Usage& to_long_prompts,
                                      const std::string& model, const std::vector<policy::OwnPrice>& own);
std::optional<std::uint64_t> price_of(const Run& run, const std::vector<policy::OwnPrice>& own);

// `costs`: the cost of each run, and whether it succeeded. The sum of all for each success, since the cost of failures
// is part of the cost of successes. Nothing without a success.
std::optional<std::uint64_t> per_success(const std::vector<std::pair<std::uint64_t, bool>>& costs);

struct Row {
  std::string agent, tier;
  std::uint64_t runs = 0, running = 0, succeeded = 0, raised = 0;
  std::map<std::string, std::uint64_t> outcomes;  // of the runs that ended
  session::Usage usage;
  std::vector<std::string> models;
  std::optional<std::uint64_t> price;             // of all runs; nothing: some model's price is unknown
  std::optional<std::uint64_t> on_session_model;  // of the runs whose session's model is known; nothing: of none
  std::uint64_t of_those = 0;                     // the price of those runs
  std::optional<std::uint64_t> tokens_per_success, price_per_success;
};

struct RunReport {
  std::vector<Row> rows;  // sorted by agent, then tier
  Row all;                // agent and tier empty
  std::uint64_t sessions = 0;
  bool has_own_prices = false;
};

RunReport report_of(const std::vector<Run>& runs, const std::vector<policy::OwnPrice>& own);

}  // namespace cascade::tiers

namespace cascade::rendering {

// text, json (docs/formats/cost.md). `runs`: the runs that the report covers.
Result<std::string> run_report(const tiers::RunReport& report, const std::vector<tiers::Run>& runs,
                               const std::vector<policy::OwnPrice>& own, Format format, Paint paint);

}  // namespace cascade::rendering
