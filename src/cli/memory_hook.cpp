// Connects a client's events with the memory: a prompt and a session's start recall facts, a compaction is asked for
// facts worth keeping and its summary is read for them, and a session's ends synchronise with the team. Facts from a
// summary are the model's words, so they are stored as candidates, with the model's trust, until a person keeps them.
#include "cli/memory_hook.h"

#include "cli/data_files.h"
#include "cli/memory_place.h"
#include "client/names.h"
#include "files/detached.h"
#include "files/paths.h"
#include "files/tree.h"
#include "hook/event.h"
#include "memory/captured.h"
#include "session/ledger.h"
#include "syntax/json.h"
#include "syntax/members.h"

namespace cascade::cli {
namespace {

constexpr syntax::NodeLimits limits{.bytes = 1 << 20, .depth = 64, .nodes = 100'000, .alias_nodes = 0};

// The facts that the conversation received and that still exist.
Result<std::vector<recall::Fact>> told_facts(const Environment& environment, const std::string& session,
                                             memory::Memory& memory) {
  constexpr std::string_view prefix = "memory:";
  std::vector<recall::Fact> told;
  const session::Ledger ledger(environment.state, session);
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
Result<void> capture(const Environment& environment, const HookEvent& event, std::string_view event_json,
                     std::int64_t now) {
  const syntax::Parsed parsed = syntax::parse_json(event_json, limits);
  const std::string summary = text_of(parsed.root, "compact_summary"),
                    session = text_of(parsed.root, client::event_keys::session);
  // "Remember:" or "remember:"; most summaries have neither, and the store need not be opened.
  if (summary.find("emember:") == std::string::npos) return {};
  auto memory = memory::Memory::open({environment.state, true});
  if (!memory) return memory.error();
  const auto told = told_facts(environment, session, *memory);
  if (!told) return told.error();
  const recall::Place place = memory_place(environment, event.working_directory);
  for (recall::Fact& fact : memory::captured_facts(summary, *told)) {
    fact.owner = place.project;
    fact.author = "model";
    fact.source = "summary of a conversation";
    fact.trust = recall::model_trust;
    fact.state = recall::State::candidate;
    fact.session = session;
    fact.learned = now;
    const auto written = memory->add(std::move(fact));
    if (!written && written.error().code != ErrorCode::misuse) return written.error();
  }
  refresh_recall(environment, *memory);
  return {};
}

// Runs in a separate process, so that neither a prompt nor a session's end waits for a network.
void start_sync(const Environment& environment, const HookEvent& event, const policy::Policy& policy) {
  constexpr std::int64_t least_seconds = 5;  // between two runs
  if (policy.team.empty() || policy.store.empty()) return;
  static_cast<void>(files::start_detached({program_path(), "--quiet", "memory", "sync", "--team", policy.team},
                                          event.working_directory, files::join(environment.state, "sync.lock"),
                                          least_seconds));
}

}  // namespace

void prepare_recall(const Environment& environment, const HookEvent& event, EventPolicy& configured,
                    HookOptions& options) {
  if (event.input->event.kind != client::EventKind::prompt &&
      event.input->event.kind != client::EventKind::session_start)
    return;
  if (environment.state.empty()) return;
  const Result<policy::Policy>& policy = configured.get();
  if (!policy || policy->memory == policy::Mode::off) return;
  options.recalls = true;
  options.team = policy->team;
  options.configuration_home = files::parent(files::parent(environment.users_configuration));
  // After a change the index is gone. Whoever needs it first rebuilds it, unless another process is doing so.
  const files::DiskTree tree;
  if (!tree.stat(files::join(environment.state, recall::index_name)) &&
      tree.stat(files::join(environment.state, store::file_name)))
    static_cast<void>(recall_index(environment, false));
}

Result<std::string> memory_event(const Environment& environment, const HookEvent& event, std::string_view event_json,
                                 EventPolicy& configured, std::int64_t now) {
  const client::EventKind kind = event.input->event.kind;
  const bool is_usual = event.client == client::usual_dialect().name;
  const bool asks = is_usual && kind == client::EventKind::before_compaction;
  const bool captures = is_usual && kind == client::EventKind::after_compaction;
  const bool syncs = kind == client::EventKind::session_start || kind == client::EventKind::session_end;
  if ((!asks && !captures && !syncs) || environment.state.empty()) return std::string();
  const Result<policy::Policy>& policy = configured.get();
  if (!policy) return policy.error();
  if (policy->memory == policy::Mode::off) return std::string();
  if (syncs) {
    start_sync(environment, event, *policy);
    return std::string();
  }
  if (asks) return std::string(memory::instructions_for_summary());
  if (auto captured = capture(environment, event, event_json, now); !captured) return captured.error();
  return std::string();
}

}  // namespace cascade::cli
