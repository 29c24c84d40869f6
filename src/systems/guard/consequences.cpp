// What a call leads to that is not refused so far: repositories that it makes become the session's own, layer two is
// mended and knows where branches were before, and a refusal that was heeded counts for the guard's record.
#include <algorithm>

#include "client/names.h"
#include "events/expectations.h"
#include "events/judges.h"
#include "files/paths.h"
#include "git/verbs.h"
#include "guard/layer_two.h"
#include "guard/slipped.h"
#include "records/gate_records.h"
#include "records/grade.h"

namespace cascade::systems {
namespace {

using policy::Mode;

// After a refusal that no one lifted, this call found an accepted way: the refusal was right.
void note_amends(JudgedCall& call) {
  const policy::Policy& policy = call.policy;
  const Surroundings& surroundings = call.surroundings;
  const auto store = policy::store_of(policy);
  if (!store) return;
  for (auto entry = call.ledger.entries().rbegin(); entry != call.ledger.entries().rend(); ++entry) {
    if (entry->event == session::Event::expect && (entry->source == "allowed" || entry->source == "named")) return;
    if (entry->event != session::Event::verdict || entry->source != "repository") continue;
    if (entry->decision != "deny" || entry->layer != policy::to_string(Mode::block)) return;
    session::Entry amends;
    amends.event = session::Event::verdict;
    amends.source = "repository";
    amends.layer = policy::to_string(policy.mode_of("repository"));
    amends.decision = "amended";
    amends.written_at = surroundings.now;
    Judgement judgement;
    judgement.gate = "repository";
    judgement.subject = subject_of(call.event.session_id, "");
    judgement.store = *store;
    if (call.ledger.append(std::move(amends))) static_cast<void>(settle(judgement, "fixed", true, surroundings));
    return;
  }
}

// Directories whose repositories a command may reach.
void add_places(const shell::Call& call, std::vector<std::string>& places) {
  constexpr std::size_t most = 8;
  const auto add = [&](const std::string& place) {
    if (places.size() < most && !place.empty() && std::find(places.begin(), places.end(), place) == places.end())
      places.push_back(place);
  };
  add(call.directory);
  for (const shell::Value& word : call.words)
    if (word.known && word.text.find('/') != std::string::npos &&
        (files::is_absolute(word.text) || !call.directory.empty()))
      add(files::join(call.directory, word.text));
}

void note_made(JudgedCall& call) {
  for (const repository::Expected& made : call.made)
    static_cast<void>(
        call.ledger.append(entry_of(made, std::string(session::main_conversation), call.surroundings.now)));
}

// Before a command runs: mends layer two, and notes where branches are that the command must not move.
std::string watch(const JudgedCall& call, const std::vector<std::string>& places) {
  const std::string& session = call.event.session_id;
  std::string said = note_references(session, call.expectations, places, call.policy, call.surroundings);
  if (const std::string changed = mend_layer_two(session, call.surroundings); !changed.empty())
    said += (said.empty() ? "" : "\n") +
            ("something replaced the guard's own hooks (" + changed +
             "), perhaps a hook manager. They were written again; the repository's own belong into its own folder: git "
             "config core.hooksPath");
  return said;
}

class Consequences final : public CallJudge {
 public:
  explicit Consequences(JudgedCall& call) : call_(call) {}

  void see(const shell::Call& call, const repository::GitWords* git) override {
    writes_ = writes_ || (git != nullptr && repository::deed(*git) == repository::Deed::writes);
    if (call_.policy.git_hooks) add_places(call, places_);
  }
  Result<void> judge() override {
    note_made(call_);
    if (call_.policy.git_hooks && call_.policy.mode_of("repository") != Mode::off &&
        call_.event.tool_name == client::tool_names::bash)
      call_.slipped = watch(call_, places_);
    if (writes_ && call_.verdicts.empty()) note_amends(call_);
    return {};
  }

 private:
  JudgedCall& call_;
  bool writes_ = false;  // to a repository
  std::vector<std::string> places_;
};

}  // namespace

Judge consequences(JudgedCall& call) { return std::make_unique<Consequences>(call); }

}  // namespace cascade::systems
