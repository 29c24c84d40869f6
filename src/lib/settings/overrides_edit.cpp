// Only skills that the settings do not mention are added, so a choice of the user's is never replaced. Removal takes
// out exactly the members that still have our value, and the whole key if nothing else is in it.
#include "settings/overrides_edit.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "installed/settings_text.h"

namespace cascade::init {
namespace {

using syntax::Node;
using syntax::NodeKind;

constexpr std::string_view key = "skillOverrides";

const Node* overrides_of(const Node& root) {
  const Node* overrides = root.find(key);
  return overrides != nullptr && overrides->kind == NodeKind::map ? overrides : nullptr;
}

bool holds(const std::vector<std::string>& names, const std::string& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

}  // namespace

Result<std::string> add_overrides(std::string_view settings, const std::vector<std::string>& skills,
                                  std::string_view value) {
  if (settings.empty()) settings = "{}\n";
  const Marked given(settings);
  const auto text = read_settings(given.text);
  if (!text) return text.error();
  const std::optional<std::size_t> at = member(text->root, key);
  const Node* there = at ? &text->root.value(*at) : nullptr;
  if (there != nullptr && there->kind != NodeKind::map)
    return malformed_settings(there->at, "\"skillOverrides\" is not an object");
  std::vector<std::pair<std::string, JsonText>> members;
  JsonText object = JsonText::object();
  for (const std::string& skill : skills) {
    if (there != nullptr && there->find(skill) != nullptr) continue;
    members.emplace_back(skill, JsonText::string(value));
    object.add(skill, JsonText::string(value));
  }
  if (members.empty()) return std::string(settings);
  const TextEdit edit = there != nullptr
                            ? append_members(text->places, *there, members, text->layout, 2)
                            : append_members(text->places, text->root, {{std::string(key), object}}, text->layout, 1);
  return given.mark + apply_edits(given.text, {edit});
}

Result<std::string> remove_overrides(std::string_view settings, const std::vector<std::string>& skills,
                                     std::string_view value) {
  const Marked given(settings);
  const auto text = read_settings(given.text);
  if (!text) return text.error();
  const std::optional<std::size_t> at = member(text->root, key);
  const Node* there = at ? overrides_of(text->root) : nullptr;
  if (there == nullptr) return std::string(settings);
  std::vector<std::size_t> gone;
  for (std::size_t i = 0; i < there->size(); ++i)
    if (holds(skills, there->key(i).text) && there->value(i).text == value) gone.push_back(i);
  std::vector<TextEdit> edits;
  if (!gone.empty() && gone.size() == there->size())
    cut_children(given.text, text->places, text->root, {*at}, edits);
  else
    cut_children(given.text, text->places, *there, gone, edits);
  return given.mark + apply_edits(given.text, std::move(edits));
}

std::vector<std::string> added_overrides(std::string_view before, std::string_view after, std::string_view value) {
  std::vector<std::string> added;
  const auto old_text = read_settings(Marked(before).text), new_text = read_settings(Marked(after).text);
  const Node* old_ones = old_text ? overrides_of(old_text->root) : nullptr;
  const Node* new_ones = new_text ? overrides_of(new_text->root) : nullptr;
  for (std::size_t i = 0; new_ones != nullptr && new_ones->is_entry(i); ++i) {
    const std::string& skill = new_ones->key(i).text;
    const bool known = old_ones != nullptr && old_ones->find(skill) != nullptr;
    if (!known && new_ones->value(i).text == value) added.push_back(skill);
  }
  return added;
}

}  // namespace cascade::init
