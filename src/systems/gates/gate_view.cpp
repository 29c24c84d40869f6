// A gate's record: precision with its 95 % interval, and how many right outcomes it would take to
// earn the next mode.
#include "gates/gate_view.h"

#include <algorithm>

#include "render/parts.h"
#include "syntax/put.h"
#include "unicode/utf8.h"

namespace cascade::rendering {
namespace {

using gate::Counts, gate::Interval, gate::Level, gate::Standing, gate::Trial;

constexpr std::int64_t day = 24 * 3600;
constexpr std::size_t shown_trials = 20;

std::int64_t age_days(const Trial& trial, std::int64_t now) {
  return std::max<std::int64_t>((now - trial.at) / day, 0);
}

// The next level above the earned one; block is the highest.
Level next_of(const Standing& standing) { return standing.earned == Level::shadow ? Level::warn : Level::block; }

void write_trial(syntax::JsonWriter& json, const Trial& trial, std::int64_t now) {
  const auto outcome = trial.correct ? std::optional(trial.outcome) : std::nullopt;
  put(json.begin_object(), "id", trial.id, "flagged", trial.flagged, "mode", to_string(trial.mode), "repository",
      trial.repo, "commit", trial.commit, "age_days", age_days(trial, now), "outcome", outcome, "correct",
      trial.correct)
      .end_object();
}

// null if nothing is left to be earned.
void write_way(syntax::JsonWriter& json, const Standing& standing) {
  json.key("next");
  if (!standing.is_graded || standing.earned == Level::block) {
    json.null();
    return;
  }
  const Level level = next_of(standing);
  const gate::Way way = gate::way_to(level, standing.all());
  put(json.begin_object(), "mode", to_string(level), "at_outcomes", way.outcomes, "more", way.more, "right", way.right)
      .end_object();
}

void write_members(syntax::JsonWriter& json, const GateView& gate, std::int64_t now) {
  const Standing& standing = gate.standing;
  put(json, "name", gate.rule.gate, "kind", gate.check ? "check" : "built-in", "graded", standing.is_graded,
      "configured", gate.configured_mode, "earned", to_string(standing.earned), "in_force", gate.in_force, "set",
      standing.set.has_value(), "version", standing.version);
  if (gate.check) put(json, "at", to_string(gate.check->at), "run", gate.check->run);
  const Counts counts = standing.all();
  const Interval interval = gate::interval(counts);
  put(json, "right", counts.right, "wrong", counts.wrong, "known_right", standing.known.right, "known_wrong",
      standing.known.wrong);
  json.key("precision_ppm");
  counts.total() == 0 ? json.null() : json.number(counts.right * 1'000'000 / counts.total());
  put(json, "lower_ppm", interval.lower, "upper_ppm", interval.upper, "open", standing.open, "standing",
      standing.standing);
  write_way(json, standing);
  json.key("trials").array(gate.trials, [&](const Trial& trial) { write_trial(json, trial, now); });
}

std::string padded(std::string text, std::size_t width) {
  if (text.size() < width) text.append(width - text.size(), ' ');
  return text;
}

// Whose figures those are with which the gate begins.
std::string origin_of(const Standing& standing) {
  const std::uint64_t shipped = standing.known.total();
  if (!standing.is_graded || shipped == 0) return {};
  return shipped == standing.all().total() ? ", all on Cascade's own labelled cases, none here yet"
                                           : ", " + std::to_string(shipped) + " of them Cascade's own labelled cases";
}

std::string precision_of(const Standing& standing) {
  if (!standing.is_graded) return "recorded, not graded";
  const Counts counts = standing.all();
  if (counts.total() == 0) return "no outcomes yet";
  return std::to_string(counts.right) + " of " + std::to_string(counts.total()) + " right, 95 % interval " +
         to_string(gate::interval(counts));
}

// "at 20 outcomes, if 12 of the next 14 are right": the next decision that can reach the level.
std::string way_text(const Standing& standing, Level level) {
  const gate::Way way = gate::way_to(level, standing.all());
  std::string text = "at " + std::to_string(way.outcomes) + " outcomes, if ";
  text += way.right == way.more ? "all of the next " + std::to_string(way.more)
                                : std::to_string(way.right) + " of the next " + std::to_string(way.more);
  text += " are right";
  if (standing.standing > 0)
    text += "; the " + std::to_string(standing.standing) + " that were let through and stand count as wrong until then";
  return text;
}

std::string trial_line(const Trial& trial, std::int64_t now) {
  const std::int64_t days = age_days(trial, now);
  std::string text = "  " + padded(std::to_string(trial.id), 6);
  text += padded(days == 0 ? "today" : std::to_string(days) + " d ago", 13);
  text += padded(trial.flagged ? "flagged, " + std::string(to_string(trial.mode)) : "passed", 17);
  if (trial.correct)
    text += std::string(*trial.correct ? "right" : "wrong") + ": " + trial.outcome;
  else
    text += trial.flagged ? "open" : "";
  if (!trial.commit.empty()) text += "  " + trial.commit.substr(0, 10);
  while (text.back() == ' ') text.pop_back();
  return text + "\n";
}

}  // namespace

std::string gate_list_text(const std::vector<GateView>& gates, Format format, std::int64_t now) {
  if (format == Format::json) {
    auto json = document("cascade.gate-list/1");
    json.key("gates").objects(gates, [&](const GateView& gate) { write_members(json, gate, now); });
    return finish(json);
  }
  std::size_t width = 0;
  for (const GateView& gate : gates) width = std::max(width, gate.rule.gate.size());
  std::string text;
  for (const GateView& gate : gates)
    text += padded(gate.rule.gate, width) + "  " + padded(gate.in_force, 6) + "  configured " +
            padded(gate.configured_mode, 6) + "  earned " + padded(std::string(to_string(gate.standing.earned)), 6) +
            "  " + precision_of(gate.standing) + origin_of(gate.standing) + "\n";
  return text;
}

std::string gate_text(const GateView& gate, Format format, std::int64_t now) {
  if (format == Format::json) {
    auto json = document("cascade.gate/1");
    write_members(json, gate, now);
    return finish(json);
  }
  const Standing& standing = gate.standing;
  std::string text = gate.rule.gate;
  if (gate.check)
    text += "  " + unicode::displayable(systems::command_of(*gate.check)) + "  at " +
            std::string(to_string(gate.check->at));
  text += "\n  in force   " + gate.in_force + ": configured " + gate.configured_mode +
          (standing.set ? " (by cascade gate set)" : "") + ", earned " + std::string(to_string(standing.earned)) +
          (gate.is_deaf ? "; no hook calls it: cascade init --with " + gate.system : "") + "\n";
  text += "  precision  " + precision_of(standing);
  if (standing.known.total() > 0)
    text += "; " + std::to_string(standing.known.total()) + " of them from " + gate.known_from;
  text += "\n";
  if (standing.is_graded) {
    if (standing.earned == Level::shadow) text += "  to warn    " + way_text(standing, Level::warn) + "\n";
    if (standing.earned != Level::block) text += "  to block   " + way_text(standing, Level::block) + "\n";
  }
  const auto flags = std::ranges::count_if(gate.trials, [](const Trial& t) { return t.flagged; });
  text += "  trials     " + std::to_string(gate.trials.size()) + ", " + std::to_string(flags) + " of them flagged, " +
          std::to_string(standing.open) + " without an outcome\n";
  for (std::size_t i = 0; i < std::min(gate.trials.size(), shown_trials); ++i) text += trial_line(gate.trials[i], now);
  if (gate.trials.size() > shown_trials)
    text += "  and " + std::to_string(gate.trials.size() - shown_trials) + " before\n";
  return text;
}

}  // namespace cascade::rendering
