// Sources: request bodies of 2.1.328 and 2.1.329 (they agree in all of this). Only lengths are kept, not the client's
// texts.
#include "client/listing.h"

#include "client/facts/claude_code.h"
#include "client/models.h"
#include "syntax/json.h"
#include "text/hex.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>

namespace cascade::client {
namespace {

namespace facts = claude_code_facts;

// Null: it is not known.
const ModelWindow* find_window(std::string_view model) {
  const auto* const found =
      std::ranges::find_if(facts::windows, [&](const ModelWindow& row) { return is_model(model, row.name); });
  return found == std::end(facts::windows) ? nullptr : found;
}

bool is_earlier(std::string_view model) {
  const ModelWindow* known = find_window(model);
  return known != nullptr && known->earlier_texts;
}

std::optional<double> number_in(const syntax::Node& root, std::string_view key) {
  const syntax::Node* node = root.find(key);
  if (node == nullptr || node->kind != syntax::NodeKind::number) return std::nullopt;
  const auto value = letters::decimal(node->text);
  return value && *value > 0 ? value : std::nullopt;
}

}  // namespace

Span<BuiltInLine> built_in_skills() noexcept { return all_of(facts::listed_skills); }

Span<BuiltInLine> built_in_agents(std::string_view model) noexcept {
  if (is_earlier(model)) return all_of(facts::earlier_listed_agents);
  return all_of(facts::listed_agents);
}

Frame skills_frame(std::string_view model) noexcept { return is_earlier(model) ? Frame{102, 22} : Frame{65, 13}; }
Frame agents_frame(std::string_view model) noexcept { return is_earlier(model) ? Frame{214, 43} : Frame{177, 34}; }

Room listing_room(const ListingSettings& settings, std::string_view model) noexcept {
  constexpr std::uint32_t small = 200'000, large = 1'000'000;
  constexpr ModelWindow newest{"", large, 3};
  const ModelWindow* known = find_window(model);
  const ModelWindow& row = known == nullptr ? newest : *known;
  const std::uint32_t window = model.find(long_window) != std::string_view::npos ? large : row.window;
  return {settings.long_windows ? window : std::min(window, small), row.chars_per_token, known == nullptr};
}

ListingSettings ListingSettings::read(const files::Tree& tree, const UserPlace& user, const std::string& directory,
                                      std::string_view char_budget) {
  ListingSettings settings;
  const auto files = settings_files(tree, user, directory);
  for (auto file = files.rbegin(); file != files.rend(); ++file) {  // the deciding file comes last
    if (file->text.find("skillListing") == std::string::npos &&
        file->text.find("disableBundledSkills") == std::string::npos)
      continue;
    const syntax::Parsed parsed = syntax::parse_json(file->text);
    constexpr double most = 1e9;
    if (const auto chars = number_in(parsed.root, "skillListingMaxDescChars"); chars && *chars <= most)
      settings.max_description = static_cast<std::uint32_t>(*chars);
    if (const auto share = number_in(parsed.root, "skillListingBudgetFraction"); share && *share <= 1)
      settings.fraction = *share;
    if (const syntax::Node* off = parsed.root.find("disableBundledSkills");
        off != nullptr && off->kind == syntax::NodeKind::boolean)
      settings.bundled = off->text != "true";
  }
  std::uint32_t given = 0;
  const auto read = std::from_chars(char_budget.data(), char_budget.data() + char_budget.size(), given);
  if (read.ec == std::errc() && read.ptr == char_budget.data() + char_budget.size()) settings.budget = given;
  return settings;
}

std::uint32_t listing_budget(const ListingSettings& settings, std::string_view model) noexcept {
  if (settings.budget > 0) return settings.budget;
  constexpr double usual_fraction = 0.01;
  const Room room = listing_room(settings, model);
  // The client's own arithmetic: one multiplication of doubles, the same on every machine.
  const double chars =
      std::floor(static_cast<double>(room.window) * room.chars_per_token * settings.fraction.value_or(usual_fraction));
  return chars < 1 ? 1 : static_cast<std::uint32_t>(chars);
}

}  // namespace cascade::client
