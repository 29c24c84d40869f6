// Connects a client's events with the memory: a prompt and a session's start recall facts, a compaction is asked for
// facts worth keeping and its summary is read for them, and a session's ends synchronise with the team. Facts from a
// summary are the model's words, so they are stored as candidates, with the model's trust, until a person keeps them.
#include "files/detached.h"
#include "files/paths.h"
#include "files/tree.h"
#include "memory/captured.h"
#include "memory/place.h"
#include "session/ledger.h"
#include "systems/hearers.h"

namespace cascade::systems {
namespace {

// The facts that the conversation received and that still exist.
Result<std::vector<recall::Fact>> told_facts(const session::Ledger& ledger, memory::Memory& memory) {
  constexpr std::string_view prefix = "memory:";
  std::vector<recall::Fact> told;
  for (const session::Entry& entry : ledger.entries())
    for (const session::SentPiece& piece : entry.pieces) {
      if (piece.manifest.rfind(prefix, 0) != 0) continue;
      auto fact = memory.find(piece.manifest.substr(prefix.size()));
      if (!fact) return fact.error();
      if (*fact) told.push_back(**std::move(fact));
    }
  return told;
}

// Stores facts from the summary of a conversation. Facts that it was told itself are no news and are not stored again.
Result<void> capture(const EventSession& session) {
  const client::EventInput& event = session.event();
  // "Remember:" or "remember:"; most summaries have neither, and the store need not be opened.
  if (event.summary.find("emember:") == std::string::npos) return {};
  const Surroundings& surroundings = session.surroundings();
  auto memory = memory::Memory::open({surroundings.state_directory, true});
  if (!memory) return memory.error();
  const auto told = told_facts(session.ledger(), *memory);
  if (!told) return told.error();
  const recall::Place place = memory::place_at(event.working_directory, surroundings.home, surroundings.users_file);
  for (recall::Fact& fact : memory::captured_facts(event.summary, *told)) {
    fact.owner = place.project;
    fact.author = "model";
    fact.source = "summary of a conversation";
    fact.trust = recall::model_trust;
    fact.state = recall::State::candidate;
    fact.session = event.session_id;
    fact.learned = session.now();
    const auto written = memory->add(std::move(fact));
    if (!written && written.error().code != ErrorCode::misuse) return written.error();
  }
  memory::refresh_recall(surroundings.state_directory, *memory);
  return {};
}

// Runs in a separate process, so that neither a prompt nor a session's end waits for a network.
void start_sync(const EventSession& session, const policy::Policy& policy) {
  constexpr std::int64_t least_seconds = 5;  // between two runs
  if (policy.team.empty() || policy.store.empty()) return;
  static_cast<void>(
      files::start_detached({session.surroundings().own_program, "--quiet", "memory", "sync", "--team", policy.team},
                            session.event().working_directory,
                            files::join(session.surroundings().state_directory, "sync.lock"), least_seconds));
}

}  // namespace

void prepare_recall(EventSession& session, HookOptions& options) {
  const client::EventKind kind = session.event().kind;
  if (kind != client::EventKind::prompt && kind != client::EventKind::session_start) return;
  const Surroundings& surroundings = session.surroundings();
  if (surroundings.state_directory.empty() || session.mode(&policy::Policy::memory) == policy::Mode::off) return;
  options.recalls = true;
  options.team = session.policy()->team;
  options.configuration_home = files::parent(files::parent(surroundings.users_file));
  // After a change the index is gone. Whoever needs it first rebuilds it, unless another process is doing so.
  const files::DiskTree tree;
  if (!tree.stat(files::join(surroundings.state_directory, recall::index_name)) &&
      tree.stat(files::join(surroundings.state_directory, store::file_name)))
    static_cast<void>(memory::recall_index(surroundings.state_directory, false));
}

Result<client::Answer> keep_memory(EventSession& session) {
  const client::EventKind kind = session.event().kind;
  const bool syncs = kind == client::EventKind::session_start || kind == client::EventKind::session_end;
  client::Answer answer;
  if ((!syncs && !session.is_of_usual_client()) || session.surroundings().state_directory.empty()) return answer;
  const Result<policy::Policy>& policy = session.policy();
  if (!policy) return policy.error();
  if (policy->memory == policy::Mode::off) return answer;
  if (syncs)
    start_sync(session, *policy);
  else if (kind == client::EventKind::before_compaction)
    answer.context = memory::instructions_for_summary();
  else if (auto captured = capture(session); !captured)
    return captured.error();
  return answer;
}

}  // namespace cascade::systems
