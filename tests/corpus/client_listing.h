// A model of the client (2.1.328): what it would tell the language model about a library, its skill and agent listings.
#pragma once

#include <cascade/registry.h>
#include <cascade/tokens.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace cascade::client {

// One entry. `alias` is shown behind a skill's folder name when its `name` key differs. `tools` is for agents only.
// `described`: false when the budget took the description away.
struct Line {
  ManifestId id{};
  std::string name, alias, description, tools;
  bool described = true;
};

// "- name (alias): description" or "- name: description (Tools: A, B)", without a line end.
std::string to_text(const Line& line);

// In characters (UTF-16 code units). `total` is 1 % of the context window, about 8,000 at 200k tokens.
struct Limits {
  std::uint32_t description = 1536, total = 8000;
};

// `skills` holds commands too. Costs are of the lines with their line ends.
struct Listing {
  std::vector<Line> skills, agents;
  Cost skills_cost, agents_cost;
};

// Manifests that the client would not load, or hides from the model, are left out. Above the limit skills lose their
// descriptions from the end, never their names; agents are not limited.
Listing client_listing(const Registry& registry, const TokenCounter& counter, const Limits& limits = {});

// What the client reads, by id. Left out are: the losers of a name, commands that share a skill's name or lie beside a
// SKILL.md, skills that lie too deep, files above 1 MiB, and agents without name, description or readable front matter.
std::vector<ManifestId> loaded(const Registry& registry);

// A skill's or command's description as the client sends it: white space folded, control and direction characters made
// blanks, angle brackets escaped, cut at `limit` characters with an ellipsis.
std::string normalised(std::string_view description, std::uint32_t limit);

}  // namespace cascade::client
