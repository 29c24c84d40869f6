// A gate's record as text and as JSON: precision with its 95 % interval, drawn on a line from 0 to 1 with the
// thresholds of docs/gates.md, and how many right outcomes it would take to earn the next mode.
#include "gates/text.h"

#include <algorithm>

#include "gates/own_checks.h"
#include "policy/checks.h"
#include "render/parts.h"
#include "syntax/json.h"
#include "unicode/utf8.h"

namespace cascade::rendering {
namespace {

using gate::Counts;
using gate::Interval;
using gate::Level;
using gate::Standing;
using gate::Trial;

constexpr std::int64_t day = 24 * 3600;
constexpr std::size_t shown_trials = 20;

std::int64_t age_days(const Trial& trial, std::int64_t now) {
  return std::max<std::int64_t>((now - trial.at) / day, 0);
}

// The next level above the earned one; block is the highest.
Level next_of(const Standing& standing) { return standing.earned == Level::shadow ? Level::warn : Level::block; }

void write_trial(syntax::JsonWriter& json, const Trial& trial, std::int64_t now) {
  json.begin_object().key("id").integer(trial.id).key("flagged").boolean(trial.flagged);
  json.key("mode").string(to_string(trial.mode)).key("repository").string(trial.repo);
  json.key("commit").string(trial.commit).key("age_days").integer(age_days(trial, now)).key("outcome");
  trial.correct ? json.string(trial.outcome) : json.null();
  json.key("correct");
  trial.correct ? json.boolean(*trial.correct) : json.null();
  json.end_object();
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
  json.begin_object().key("mode").string(to_string(level)).key("at_outcomes").number(way.outcomes);
  json.key("more").number(way.more).key("right").number(way.right).end_object();
}

void write_members(syntax::JsonWriter& json, const GateView& gate, std::int64_t now) {
  const Standing& standing = gate.standing;
  json.key("name").string(gate.rule.gate).key("kind").string(gate.check ? "check" : "built-in");
  json.key("graded").boolean(standing.is_graded).key("configured").string(gate.configured_mode);
  json.key("earned").string(to_string(standing.earned)).key("in_force").string(gate.in_force);
  json.key("set").boolean(standing.set.has_value()).key("version").integer(standing.version);
  if (gate.check) {
    json.key("at").string(to_string(gate.check->at));
    put_texts(json, "run", gate.check->run);
  }
  const Counts counts = standing.all();
  const Interval interval = gate::interval(counts);
  json.key("right").number(counts.right).key("wrong").number(counts.wrong);
  json.key("known_right").number(standing.known.right).key("known_wrong").number(standing.known.wrong);
  json.key("precision_ppm");
  counts.total() == 0 ? json.null() : json.number(counts.right * 1'000'000 / counts.total());
  json.key("lower_ppm").number(interval.lower).key("upper_ppm").number(interval.upper);
  json.key("open").number(standing.open).key("standing").number(standing.standing);
  write_way(json, standing);
  json.key("trials").array(gate.trials, [&](const Trial& trial) { write_trial(json, trial, now); });
}

std::string padded(std::string text, std::size_t width) {
  if (text.size() < width) text.append(width - text.size(), ' ');
  return text;
}

std::string precision_of(const Standing& standing) {
  if (!standing.is_graded) return "recorded, not graded";
  const Counts counts = standing.all();
  if (counts.total() == 0) return "no outcomes yet";
  return std::to_string(counts.right) + " of " + std::to_string(counts.total()) + " right, 95 % interval " +
         to_string(gate::interval(counts));
}

// Draws the range 0 to 1 in fifty steps, with the precision, its interval and the required value.
std::string drawn(const Counts& counts) {
  constexpr std::size_t steps = 50;
  const auto place = [](std::uint64_t ppm) { return static_cast<std::size_t>(ppm * steps / 1'000'000); };
  const Interval interval = gate::interval(counts);
  const std::size_t point = counts.total() == 0 ? steps + 1 : place(counts.right * 1'000'000 / counts.total());
  std::string text = "0 ";
  for (std::size_t i = 0; i <= steps; ++i) {
    const bool within = counts.total() > 0 && i >= place(interval.lower) && i <= place(interval.upper);
    const bool threshold = i == place(gate::to_warn_ppm) || i == place(gate::to_block_ppm);
    text += i == point ? "●" : within ? "━" : threshold ? "┊" : "·";
  }
  return text + " 1    warn from 0.50, block from 0.90";
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
            "  " + precision_of(gate.standing) + "\n";
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
          (standing.set ? " (by cascade gate set)" : "") + ", earned " + std::string(to_string(standing.earned)) + "\n";
  text += "  precision  " + precision_of(standing);
  if (standing.known.total() > 0)
    text += "; " + std::to_string(standing.known.total()) + " of them from " + gate.known_from;
  text += "\n";
  if (standing.is_graded) {
    text += "             " + drawn(standing.all()) + "\n";
    if (standing.earned == Level::shadow) text += "  to warn    " + way_text(standing, Level::warn) + "\n";
    if (standing.earned != Level::block) text += "  to block   " + way_text(standing, Level::block) + "\n";
  }
  const auto flags = std::count_if(gate.trials.begin(), gate.trials.end(), [](const Trial& t) { return t.flagged; });
  text += "  trials     " + std::to_string(gate.trials.size()) + ", " + std::to_string(flags) + " of them flagged, " +
          std::to_string(standing.open) + " without an outcome\n";
  for (std::size_t i = 0; i < std::min(gate.trials.size(), shown_trials); ++i) text += trial_line(gate.trials[i], now);
  if (gate.trials.size() > shown_trials)
    text += "  and " + std::to_string(gate.trials.size() - shown_trials) + " before\n";
  return text;
}

}  // namespace cascade::rendering
