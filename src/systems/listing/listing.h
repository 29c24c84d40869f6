// `listing` and `cost`: the client's own list of manifests for this folder, what a conversation pays for it, and which
// skills it should list by name alone, so that those that a project uses keep their descriptions.
#pragma once

#include <cascade/render.h>

#include <optional>
#include <string>
#include <vector>

#include "client/listing.h"
#include "listed/client_listing.h"
#include "render/parts.h"
#include "settings/tuning_record.h"

namespace cascade::listing {

struct TunePlan {
  std::vector<std::string> name_only;  // in the order of the list; empty: nothing to gain
  Listing before, after;
};

// As many descriptions as the client's limit holds go to the most used skills, then to the project's own, the user's,
// and the client's own. Skills that any settings file mentions stay as they are. So do plugins' skills, which the
// client lets only an administrator switch.
TunePlan plan_tuning(const Registry& registry, const TokenCounter& counter, const ListingRequest& request,
                     const Uses& uses);

// What the mod of `init` (init/mod/register.js) leaves of a listing of Claude Code: the lines of what Cascade serves
// are gone, agents' names excepted, and the client's own are cut.
struct LeftOut {
  std::size_t skills = 0, agents = 0;
};
LeftOut shorten(Listing& listing, const TokenCounter& counter);

}  // namespace cascade::listing

namespace cascade::rendering {

struct ListingReport {
  listing::Listing listing;
  std::string client;                                    // with its version; empty: Claude Code
  std::string model, model_from;                         // as in ListingRequest
  client::Room room;                                     // of that model
  std::vector<std::string> mcp_servers;                  // those that are configured
  std::vector<std::string> mcp_tools;                    // as told to the latest session
  Cost mcp_cost;                                         // of their names, one on each line
  std::vector<listing::ToolDefinition> mcp_definitions;  // as sent by the latest session
  Cost mcp_always, mcp_on_demand;  // of those in every request, and of those sent when the model asks
  // The mod is installed: what it left out of `listing`, and what every request would take without it.
  std::optional<listing::LeftOut> mod;
  Cost without_mod;
};

// The cost of one conversation with this many prompts, in o200k tokens.
struct CostReport {
  ListingReport with, without;  // with the library in the client's list; with only Cascade's entry
  // Without the shipped library, which `with` counts as if the client listed it; nothing: it is no part of the sources.
  std::optional<ListingReport> own;
  std::uint32_t prompts = 0, subagents = 0;
  TokenCount card = 0;                           // at a session's start
  TokenCount prompt_limit = 0, agent_limit = 0;  // of one layer
  // A skill of middling size: its text as the client loads it, and its layer. Empty name: the library has no skill.
  std::string skill;
  TokenCount skill_whole = 0, skill_layer = 0;
};

Result<std::string> listing_report(const Registry& registry, const ListingReport& report, Format format, Paint paint);
// The lines as the client lists them; for the client's own, only name and length.
std::string listing_lines(const listing::Listing& listing);
Result<std::string> cost_report(const CostReport& report, Format format, Paint paint);  // text, json

// The cost in every request: lines, their frame, names of MCP tools.
Cost every_request(const ListingReport& report);

// Renders what `cascade listing tune` and `restore` did to a settings file, for people and programs.
struct Tuned {
  std::string path;  // of the settings file
  bool written = false;
  std::string window{};  // window_text() of what was planned for
};

// "opus (model in .claude/settings.json): a window of 1000000 tokens, of which the skills may take 30000 characters"
std::string window_text(const ListingReport& report);

// text, json.
Result<std::string> tuned_listing(const listing::TunePlan& plan, const Tuned& tuned, Format format);

Result<std::string> restored_listing(init::Undone restored, const Tuned& tuned, Format format);

}  // namespace cascade::rendering
