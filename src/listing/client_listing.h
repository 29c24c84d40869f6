// A model of the client (2.1.328, 2.1.329): what it tells the language model about a library, in every request.
#pragma once

#include <cascade/registry.h>
#include <cascade/tokens.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "client/listing.h"
#include "client/skill_overrides.h"

namespace cascade::listing {

enum class Shown : std::uint8_t {
  whole,      // with its description
  cut,        // the limit took the description away
  name_only,  // the user's settings did
};

// One entry. Without an id it is the client's own, of which only the costs are known. `alias` is shown behind a skill's
// folder name when its `name` key differs. `tools` is for agents only. `cost` is of what is listed, with its line end;
// `whole_chars` of the line with its description, without one.
struct Line {
  std::optional<ManifestId> id;
  std::string name, alias, description, tools;
  Shown shown = Shown::whole;
  Cost cost;
  std::uint32_t whole_chars = 0;
  bool protected_text = false;  // the limit does not reach it
  std::string listed;           // of another client than the usual one: as it stands in the request; empty: not named
};

// "- name (alias): description" or "- name: description (Tools: A, B)", without a line end; of the client's own the
// name alone.
std::string to_text(const Line& line);

// UTF-16 units of it as the limit counts them, without a line end.
std::uint64_t utf16_of(const Line& line);

struct ListingRequest {
  std::string model;  // empty: as one of the client's newer models
  client::ListingSettings settings;
  client::SkillOverrides overrides;
  std::function<std::uint64_t(std::string_view)> usage;  // how much the client thinks a skill is used; none: not at all
  // Of two agents' files with one name in one tree, whether the client comes to `b` after `a` (paths below the root);
  // none: by path.
  std::function<bool(const ManifestView& a, const ManifestView& b)> comes_later;
  std::vector<std::string> refused_plugins;  // that the client does not load
  bool built_in = true;                      // with the client's own lines
};

// `skills` holds commands too. `budget` and all `chars` are UTF-16 units.
struct Listing {
  std::vector<Line> skills, agents;
  std::uint32_t budget = 0;       // of the skills
  Cost skills_cost, agents_cost;  // of the lines with their line ends
  std::uint64_t whole_chars = 0;  // of the skills, were there no limit
};

// Manifests that the client would not load, or hides from the model, are left out, and so are those that come with
// Cascade. Above its limit the list keeps all names and gives descriptions to those that fit, in the order of use, then
// of the list; agents are not limited. Linear, but for a sort.
Listing client_listing(const Registry& registry, const TokenCounter& counter, const ListingRequest& request);

// What the client reads, by id. Left out are: the losers of a name, commands that share a skill's name or lie beside a
// SKILL.md, skills that lie too deep, files above 1 MiB, and agents without name, description or readable front matter.
std::vector<ManifestId> loaded(
    const Registry& registry,
    const std::function<bool(const ManifestView& a, const ManifestView& b)>& comes_later = {});

// The name under which the client lists it: a plugin's with the plugin's in front, also where it is a root of its own.
std::string listed_name(const ManifestView& manifest);

// A skill's or command's description as the client sends it: white space folded, control and direction characters made
// blanks, angle brackets escaped, cut at `limit` characters with an ellipsis.
std::string normalised(std::string_view description, std::uint32_t limit);

}  // namespace cascade::listing
