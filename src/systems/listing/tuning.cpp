// What was done and what would be done are worded differently in every line ("listed", "would list"), so that the
// output of a dry run cannot be taken for that of the real one.
#include "listing/tuning.h"

#include "render/parts.h"
#include "syntax/json.h"
#include "text/names.h"
#include "unicode/utf8.h"

#include <algorithm>

namespace cascade::rendering {
namespace {

std::size_t described(const listing::Listing& listing) {
  return static_cast<std::size_t>(
      std::count_if(listing.skills.begin(), listing.skills.end(),
                    [](const listing::Line& line) { return line.shown == listing::Shown::whole; }));
}

// Whether the client has room for all descriptions as they are.
bool fits(const listing::TunePlan& plan) { return plan.before.whole_chars <= plan.before.budget; }

// "tuned" also for a dry run; "no-gain": the list is too long, but only by what may not be changed.
std::string_view outcome(const listing::TunePlan& plan) {
  if (!plan.name_only.empty()) return "tuned";
  return fits(plan) ? "fits" : "no-gain";
}

std::string tuned_text(const listing::TunePlan& plan, const Tuned& tuned) {
  if (plan.name_only.empty())
    return fits(plan) ? "every description fits: there is nothing to tune\n"
                      : "nothing can be gained: what is too long is a plugin's, or the user's own choice\n";
  std::string text = (tuned.written ? "listed " : "would list ") + count_of(plan.name_only.size(), "skill") +
                     " by name alone, in " + unicode::displayable(tuned.path) + "\n";
  text += "described: " + std::to_string(described(plan.before)) + " of " + std::to_string(plan.before.skills.size()) +
          " before, " + std::to_string(described(plan.after)) + " now\n";
  for (const std::string& skill : plan.name_only) text += "  " + unicode::displayable(skill) + "\n";
  return text + (tuned.written ? "next: cascade listing restore gives the file back as it was\n" : "");
}

void put_skills(syntax::JsonWriter& json, std::string_view key, const listing::Listing& listing) {
  json.key(key).begin_object().key("entries").number(listing.skills.size());
  json.key("described").number(described(listing));
  json.key("tokens").number(listing.skills_cost.tokens);
  json.key("chars").number(listing.skills.empty() ? 0 : listing.skills_cost.chars - 1).end_object();
}

constexpr letters::Names<Restored::merged> restored_words("as-before", "removed", "merged");
std::string_view name_of(Restored restored) { return restored_words.of(restored); }

std::string restored_text(Restored restored, const Tuned& tuned) {
  const std::string path = unicode::displayable(tuned.path), is = tuned.written ? "is " : "would be ";
  switch (restored) {
    case Restored::as_before: return path + " " + is + "as it was, byte for byte\n";
    case Restored::removed: return path + " " + is + "gone, as it was\n";
    case Restored::merged: return path + " was changed since: only what tune wrote " + is + "out of it\n";
  }
  return {};
}

}  // namespace

Result<std::string> tuned_listing(const listing::TunePlan& plan, const Tuned& tuned, Format format) {
  if (format == Format::text) return tuned_text(plan, tuned);
  if (format != Format::json) return no_format("listing", format);
  syntax::JsonWriter json = document("cascade.listing-tune/1");
  json.key("path").string(tuned.path).key("outcome").string(outcome(plan)).key("written").boolean(tuned.written);
  json.key("budget_chars").number(plan.before.budget);
  put_skills(json, "before", plan.before);
  put_skills(json, "after", plan.after);
  json.key("name_only").array(plan.name_only);
  return finish(json);
}

Result<std::string> restored_listing(Restored restored, const Tuned& tuned, Format format) {
  if (format == Format::text) return restored_text(restored, tuned);
  if (format != Format::json) return no_format("listing", format);
  syntax::JsonWriter json = document("cascade.listing-restore/1");
  json.key("path").string(tuned.path).key("outcome").string(name_of(restored)).key("written").boolean(tuned.written);
  return finish(json);
}

}  // namespace cascade::rendering
