// A record has a head of lines (path, sizes) followed by the bytes of both texts, so that no text needs an encoding.
#include "settings/tuning_record.h"

#include <charconv>
#include <utility>

#include "client/names.h"
#include "client/settings_files.h"
#include "files/atomic_write.h"
#include "files/paths.h"
#include "hash/content_hash.h"
#include "text/word_set.h"

namespace cascade::init {
namespace {

constexpr std::uint64_t max_record_bytes = 16 << 20;
std::string_view first_line(Purpose purpose) {
  return purpose == Purpose::tuning ? "cascade listing tune 1" : "cascade usage silence 1";
}

std::string record_path(const std::string& state, const std::string& settings_path, Purpose purpose) {
  const std::string folder = purpose == Purpose::tuning ? "listing/" : "silenced/";
  return files::join(state, folder + hash::to_hex(hash::hash64(settings_path)));
}

std::string take_line(std::string_view& text) {
  const std::size_t end = text.find('\n');
  std::string line(text.substr(0, end));
  text.remove_prefix(end == std::string_view::npos ? text.size() : end + 1);
  return line;
}

std::optional<std::size_t> number_in(const std::string& line) {
  std::size_t value = 0;
  const auto read = std::from_chars(line.data(), line.data() + line.size(), value);
  if (read.ec != std::errc() || read.ptr != line.data() + line.size()) return std::nullopt;
  return value;
}

std::string value_of(Purpose purpose) {
  return std::string(to_string(purpose == Purpose::tuning ? client::SkillListing::name_only
                                                          : client::SkillListing::user_invocable_only));
}

// A plan that changes nothing yet.
Result<Plan> plan_of(const files::Tree& tree, const std::string& path) {
  auto now = tree.read_if_there(path, max_record_bytes);
  if (!now) return now.error();
  Plan plan;
  plan.path = path;
  plan.before = *std::move(now);
  plan.after = plan.before;
  return plan;
}

// Of the text of the plan's file, or why it cannot be changed.
Result<Plan> with_text(Plan plan, Result<std::string> text) {
  if (text) {
    plan.after = *std::move(text);
    return plan;
  }
  Error error = text.error();
  error.path = error.path.empty() ? plan.path : plan.path + ":" + error.path;
  return error;
}

// Only skills that the settings do not mention are added, so a choice of the user's is never replaced. Removal takes
// out exactly the members that still have our value, and the whole key if nothing else is in it.

using syntax::Node, syntax::NodeKind;

constexpr std::string_view key = "skillOverrides";

const Node* overrides_of(const Node& root) {
  const Node* overrides = root.find(key);
  return overrides != nullptr && overrides->kind == NodeKind::map ? overrides : nullptr;
}

constexpr std::uint64_t max_settings_bytes = 4 << 20;

Result<void> replace(const Plan& plan) {
  const auto now = files::DiskTree().read_if_there(plan.path, max_settings_bytes);
  if (!now) return now.error();
  if (*now != plan.before)
    return Error{ErrorCode::stale, "the settings have changed in the meantime", plan.path, "run init again"};
  if (!plan.before) return files::write_user_file(plan.path, *plan.after, 0644);
  if (!plan.after) return files::remove_file(plan.path);
  return files::replace_user_file(plan.path, *plan.before, *plan.after);
}

}  // namespace

Result<TuningRecord> read_tuning(const files::Tree& tree, const std::string& state, const std::string& settings_path,
                                 Purpose purpose) {
  const std::string path = record_path(state, settings_path, purpose);
  const auto text = tree.read(path, max_record_bytes);
  if (!text) return text.error();
  std::string_view rest = *text;
  TuningRecord record;
  record.purpose = purpose;
  const Error damaged{ErrorCode::malformed, "the record of what was there before is damaged", path,
                      "take the entries out of skillOverrides by hand, and remove this file"};
  if (take_line(rest) != first_line(purpose)) return damaged;
  record.path = take_line(rest);
  record.made_folder = take_line(rest) == "made folder";
  const std::string before = take_line(rest);
  const auto after_size = number_in(take_line(rest));
  const auto before_size = before == "none" ? std::optional<std::size_t>(0) : number_in(before);
  if (record.path != settings_path || !before_size || !after_size || *before_size > rest.size() ||
      rest.size() - *before_size != *after_size)
    return damaged;
  if (before != "none") record.before = std::string(rest.substr(0, *before_size));
  record.after = std::string(rest.substr(*before_size));
  return record;
}

Result<void> write_tuning(const std::string& state, const TuningRecord& record) {
  const std::string path = record_path(state, record.path, record.purpose);
  if (auto made = files::make_directories(std::string(files::parent(path))); !made) return made;
  std::string text = std::string(first_line(record.purpose)) + "\n" + record.path + "\n";
  text += record.made_folder ? "made folder\n" : "had folder\n";
  text += (record.before ? std::to_string(record.before->size()) : "none") + "\n" +
          std::to_string(record.after.size()) + "\n" + record.before.value_or("") + record.after;
  return files::write_atomically(path, text, 0600);
}

Result<void> forget_tuning(const std::string& state, const std::string& settings_path, Purpose purpose) {
  return files::remove_file(record_path(state, settings_path, purpose));
}

std::string tuned_settings_path() {
  const files::DiskTree tree;
  const std::string path = files::join(tree.real_path(".").value_or("."), client::own_folder::local_settings);
  return tree.real_path(path).value_or(path);
}

// Unreadable settings mention nothing.
std::vector<std::string> tuned_skills(const TuningRecord& record) {
  std::vector<std::string> added;
  const std::string before = record.before.value_or("{}");
  const auto old_text = read_settings(Marked(before).text);
  const auto new_text = read_settings(Marked(record.after).text);
  const Node* old_ones = old_text ? overrides_of(old_text->root) : nullptr;
  const Node* new_ones = new_text ? overrides_of(new_text->root) : nullptr;
  for (std::size_t i = 0; new_ones != nullptr && new_ones->is_entry(i); ++i) {
    const std::string& skill = new_ones->key(i).text;
    const bool known = old_ones != nullptr && old_ones->find(skill) != nullptr;
    if (!known && new_ones->value(i).text == value_of(record.purpose)) added.push_back(skill);
  }
  return added;
}

Result<Plan> plan_tuned_settings(const files::Tree& tree, const std::string& state, const std::string& settings_path,
                                 const std::vector<std::string>& skills, Purpose purpose) {
  auto plan = plan_of(tree, settings_path);
  if (!plan) return plan;
  if (const auto earlier = read_tuning(tree, state, settings_path, purpose)) {
    const auto back = plan_untuned_settings(tree, *earlier);
    if (!back) return back.error();
    plan->after = back->after;
  }
  if (skills.empty()) return plan;
  auto tuned = add_overrides(plan->after.value_or(""), skills, value_of(purpose));
  return with_text(*std::move(plan), std::move(tuned));
}

Result<Plan> plan_untuned_settings(const files::Tree& tree, const TuningRecord& record) {
  auto plan = plan_of(tree, record.path);
  if (!plan || !plan->before) return plan;  // the file was removed, and our members with it
  if (*plan->before == record.after) {
    plan->after = record.before;
    return plan;
  }
  auto bare = remove_overrides(*plan->before, tuned_skills(record), value_of(record.purpose));
  return with_text(*std::move(plan), std::move(bare));
}

Result<void> write_tuned_settings(const std::string& state, const Plan& plan, Purpose purpose) {
  const files::DiskTree tree;
  TuningRecord record{plan.path, plan.before, *plan.after, false, purpose};
  record.made_folder = !tree.stat(std::string(files::parent(plan.path))).has_value();
  if (const auto earlier = read_tuning(tree, state, plan.path, purpose)) {
    const auto back = plan_untuned_settings(tree, *earlier);
    if (!back) return back.error();
    record.before = back->after;
    record.made_folder = earlier->made_folder;
  }
  if (auto kept = write_tuning(state, record); !kept) return kept;
  return carry_out(plan);
}

Result<Undone> undo_tuned_settings(const std::string& state, const TuningRecord& record, bool dry_run) {
  const auto plan = plan_untuned_settings(files::DiskTree(), record);
  if (!plan) return plan.error();
  if (!dry_run) {
    if (auto done = carry_out(*plan); !done) return done.error();
    if (record.made_folder) files::remove_empty_folder(std::string(files::parent(record.path)));
    if (auto done = forget_tuning(state, record.path, record.purpose); !done) return done.error();
  }
  if (plan->after != record.before) return Undone::merged;
  return plan->after ? Undone::as_before : Undone::removed;
}

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
    if (letters::is_one_of(there->key(i).text, skills) && there->value(i).text == value) gone.push_back(i);
  std::vector<TextEdit> edits;
  if (!gone.empty() && gone.size() == there->size())
    cut_children(given.text, text->places, text->root, {*at}, edits);
  else
    cut_children(given.text, text->places, *there, gone, edits);
  return given.mark + apply_edits(given.text, std::move(edits));
}

Result<void> carry_out(const Plan& plan) {
  if (plan.changes()) {
    if (auto made = files::make_directories(std::string(files::parent(plan.path))); !made) return made;
    if (plan.backup)
      if (auto written = files::write_user_file(plan.backup_path, *plan.backup, 0600); !written) return written;
    if (auto replaced = replace(plan); !replaced) {
      if (plan.backup) static_cast<void>(files::remove_file(plan.backup_path));  // a copy of an unchanged file
      return replaced;
    }
  }
  return plan.removes_backup ? files::remove_file(plan.backup_path) : Result<void>();
}

}  // namespace cascade::init
