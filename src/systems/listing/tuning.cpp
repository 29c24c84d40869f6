// Plans which skills the client should list by name only. It first counts the room that all names and all fixed lines
// take. Then descriptions are handed out in the order of rank, most used first, and each that still fits gets its room;
// the skills that remain are named only. A greedy choice is enough, because the order states whose description matters
// more, and the client itself hands out room in the same way.
#include <algorithm>
#include <set>
#include <string>
#include <string_view>
#include <tuple>

#include "client/built_in.h"
#include "listing/listing.h"

namespace cascade::listing {
namespace {

bool is_tunable(const Registry& registry, const ListingRequest& request, const Line& line) {
  return (!line.id || registry[*line.id].plugin.empty()) && request.overrides.find(line.name) == nullptr;
}

// The smaller the rank, the sooner it gets a description.
auto rank(const Registry& registry, const Line& line, const Uses& uses) {
  const auto used = uses.find(line.name);
  const int origin = !line.id ? 2 : registry[*line.id].scope == Scope::user ? 1 : 0;
  return std::make_tuple(used == uses.end() ? 0 : -static_cast<std::int64_t>(used->second), origin);
}

std::uint64_t name_chars(const Line& line) {
  Line named = line;
  named.shown = Shown::cut;
  return utf16_of(named);
}

}  // namespace

TunePlan plan_tuning(const Registry& registry, const TokenCounter& counter, const ListingRequest& request,
                     const Uses& uses) {
  TunePlan plan;
  plan.before = client_listing(registry, counter, request);
  plan.after = plan.before;
  if (plan.before.whole_chars <= plan.before.budget) return plan;
  std::vector<const Line*> open;
  std::uint64_t total = plan.before.skills.size() - 1;
  for (const Line& line : plan.before.skills) {
    const bool tunable = is_tunable(registry, request, line);
    const bool stays = line.shown != Shown::name_only && line.protected_text;
    total += !tunable && stays ? line.whole_chars : name_chars(line);
    if (tunable) open.push_back(&line);
  }
  std::ranges::stable_sort(
      open, [&](const Line* a, const Line* b) { return rank(registry, *a, uses) < rank(registry, *b, uses); });
  std::set<std::string_view> named;
  for (const Line* line : open) {
    const std::uint64_t more = line->whole_chars - name_chars(*line);
    if (total + more <= plan.before.budget)
      total += more;
    else
      named.insert(line->name);
  }
  for (const Line& line : plan.before.skills)
    if (named.count(line.name) > 0) plan.name_only.push_back(line.name);
  ListingRequest tuned = request;
  tuned.overrides = request.overrides.with(plan.name_only, client::SkillListing::name_only, {});
  plan.after = client_listing(registry, counter, tuned);
  return plan;
}

// What is left of Claude Code's listing where the mod is installed. Of the client's own lines only the length is known,
// so the tokens of one that is cut are estimated.
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
