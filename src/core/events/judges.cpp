// Asks the judges of a call in their turns: the core's own and those of systems.
#include "events/judges.h"

#include <algorithm>
#include <iterator>

#include "git/words.h"
#include "system/system.h"

namespace cascade::systems {
namespace {

using core::Sees, core::Turn;

constexpr core::Judge own_judges[] = {{Turn::tools, {}, nullptr, named_tools}};

// Those here and those of systems, by their turn.
std::vector<core::Judge> all_judges() {
  std::vector<core::Judge> rows(std::begin(own_judges), std::end(own_judges));
  for (const core::System* const system : core::systems())
    rows.insert(rows.end(), system->judges.begin(), system->judges.end());
  std::sort(rows.begin(), rows.end(), [](const core::Judge& a, const core::Judge& b) { return a.turn < b.turn; });
  return rows;
}

bool is_shown(const shell::Call& program, Sees sees) {
  if (sees == Sees::own_shell) return program.session == shell::Session::own;
  return sees == Sees::every_program || program.session != shell::Session::other_host;
}

// Lets whoever keeps a record grade the verdicts from that one on; the number of verdicts.
std::size_t grade(JudgedCall& call, std::size_t first) {
  for (const core::System* const system : core::systems())
    if (system->grade != nullptr) first = system->grade(call, first);
  return first;
}

}  // namespace

Result<void> judge(JudgedCall& call) {
  const std::vector<core::Judge> judges = all_judges();
  std::vector<Judge> all;
  for (const core::Judge& row : judges) all.push_back(row.make == nullptr ? nullptr : row.make(call));
  call.tell = [&](const shell::Call& program, const repository::GitWords* git) {
    for (std::size_t i = 0; i < all.size(); ++i)
      if (all[i] != nullptr && is_shown(program, judges[i].sees)) all[i]->see(program, git);
    if (!call.happens && !program.words.empty())
      call.programs.push_back((program.directory.empty() ? "?" : program.directory) + ": " +
                              repository::shown(program.words).text);
  };
  std::size_t graded = 0;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (judges[i].turn >= Turn::takes) {
      if (!call.happens) break;
      graded = grade(call, graded);
      if (is_refused(call.verdicts)) break;
    }
    if (auto judged = all[i] == nullptr ? judges[i].whole(call) : all[i]->judge(); !judged) return judged;
  }
  if (call.happens) grade(call, graded);
  return {};
}

}  // namespace cascade::systems
