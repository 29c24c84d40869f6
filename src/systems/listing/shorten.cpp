// What is left of Claude Code's listing where the mod is installed. Of the client's own lines only the length is known,
// so the tokens of one that is cut are estimated.
#include <algorithm>
#include <string>

#include "client/built_in.h"
#include "listing/listing.h"

namespace cascade::listing {
namespace {

constexpr std::uint32_t line_units = 160;  // as in register.js

constexpr std::string_view note =
    "Most skills are left out of this list: what a prompt needs is put beside it, and each can be called by its name. "
    "To look for one, call the Skill tool with \"cascade\" and words as args.";

bool is_served(const Line& line) { return line.id && !client::is_entry_name(line.name); }

void cut(Line& line) {
  if (line.cost.chars <= line_units + 1) return;
  line.cost.tokens = static_cast<TokenCount>(std::uint64_t{line.cost.tokens} * line_units / line.cost.chars + 1);
  line.cost.chars = line_units + 1;
}

}  // namespace

LeftOut shorten(Listing& listing, const TokenCounter& counter) {
  LeftOut left_out;
  left_out.skills = std::erase_if(listing.skills, is_served);
  std::ranges::for_each(listing.skills, cut);
  std::string names;
  for (const Line& line : listing.agents)
    if (is_served(line)) names += (names.empty() ? "" : ", ") + line.name;
  left_out.agents = std::erase_if(listing.agents, is_served);
  listing.skills_cost = left_out.skills > 0 ? counter.count("\n" + std::string(note) + "\n") : Cost();
  for (const Line& line : listing.skills) listing.skills_cost += line.cost;
  listing.agents_cost =
      left_out.agents > 0 ? counter.count("Further agent types, which can be called by name: " + names + "\n") : Cost();
  for (const Line& line : listing.agents) listing.agents_cost += line.cost;
  return left_out;
}

}  // namespace cascade::listing
