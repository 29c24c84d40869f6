// The state that a command line runs in, and sets of states. A line may end in several states, because nothing is run
// and a condition can go either way; join() keeps the distinct ones. After eight, one further state without a known
// folder represents the rest, so that time is bounded and the guard knows that it does not know.
#include "shell/state.h"

#include <algorithm>

#include "files/paths.h"

namespace cascade::shell {
namespace {

constexpr std::size_t most_states = 8;

bool same(const std::optional<Value>& a, const std::optional<Value>& b) {
  return a.has_value() == b.has_value() && (!a || (a->text == b->text && a->known == b->known));
}

}  // namespace

const Variable* State::find(std::string_view name) const {
  for (const Variable& variable : variables)
    if (variable.name == name) return &variable;
  return nullptr;
}

void State::set(std::string_view name, std::optional<Value> value, bool exported) {
  for (Variable& variable : variables) {
    if (variable.name != name) continue;
    variable.exported = (variable.exported && value) || exported;
    variable.value = std::move(value);
    return;
  }
  variables.push_back({std::string(name), std::move(value), exported});
}

// Positional parameters and started_programs are left out: states that differ only there go on in the same places, and
// each further state costs a walk over the rest of the line.
bool same(const State& a, const State& b) {
  const auto same_variables = [](const Variable& x, const Variable& y) {
    return x.name == y.name && x.exported == y.exported && same(x.value, y.value);
  };
  return a.directory == b.directory && a.previous == b.previous && a.stack == b.stack &&
         a.variables.size() == b.variables.size() &&
         std::equal(a.variables.begin(), a.variables.end(), b.variables.begin(), same_variables) &&
         a.functions == b.functions && a.aliases == b.aliases && a.ends_on_failure == b.ends_on_failure &&
         a.pipes_fail == b.pipes_fail;
}

// By text alone, as `cd` without -P does it: links are not resolved. Empty: unknown.
std::string reached(const std::string& directory, const std::string& written) {
  if (written.empty() || (directory.empty() && !files::is_absolute(written))) return {};
  return files::normalise(files::join(directory, written));
}

void join(States& into, States&& more) {
  for (State& state : more) {
    const bool known = std::ranges::any_of(into, [&](const State& other) { return same(other, state); });
    if (known) continue;
    // The ninth is the one that represents the rest; without a folder no rule takes it for a place that it knows.
    if (into.size() >= most_states) state.directory.clear();
    if (into.size() <= most_states) into.push_back(std::move(state));
  }
}

States all_of(Outcome&& outcome) {
  States states = std::move(outcome.success);
  join(states, std::move(outcome.failure));
  return states;
}

}  // namespace cascade::shell
