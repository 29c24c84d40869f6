// What the client lists unasked, and what a conversation pays for it, for people and programs.
#pragma once

#include <cascade/render.h>

#include <string>
#include <vector>

#include "listing/client_listing.h"
#include "listing/project_history.h"
#include "render/paint.h"

namespace cascade::rendering {

struct ListingReport {
  listing::Listing listing;
  std::string client;                                    // with its version; empty: the usual one
  std::string model;                                     // empty: as one of the client's newer models
  std::uint32_t window = 0;                              // tokens
  std::vector<std::string> mcp_servers;                  // that are configured
  std::vector<std::string> mcp_tools;                    // that the latest session was told of
  Cost mcp_cost;                                         // of their names, a line each
  std::vector<listing::ToolDefinition> mcp_definitions;  // that the latest session sent
  Cost mcp_always, mcp_on_demand;  // of those in every request, and of those that the model had asked for
};

// What one conversation of so many prompts pays. Tokens are of o200k.
struct CostReport {
  ListingReport with, without;  // with the library in the client's list; with nothing but Cascade's entry
  std::uint32_t prompts = 0, subagents = 0;
  TokenCount card = 0;                           // at a session's start
  TokenCount prompt_limit = 0, agent_limit = 0;  // of one layer
};

Result<std::string> listing_report(const Registry& registry, const ListingReport& report, Format format, Paint paint);
// The lines as the client lists them; of the client's own the name and the length.
std::string listing_lines(const listing::Listing& listing);
Result<std::string> cost_report(const CostReport& report, Format format, Paint paint);  // text, json

// What stands in every request: lines, what frames them, names of MCP tools.
Cost every_request(const ListingReport& report);
// The same in a subagent, which is told of no agents (2.1.328, also where it may call the agent tool).
Cost subagent_request(const ListingReport& report);

}  // namespace cascade::rendering
