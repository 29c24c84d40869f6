// One event of the client while `cascade hook` handles it, and what it is handled with: each is opened when first asked
// for, and once.
#pragma once

#include <cascade/hook.h>
#include <cascade/workspace.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "cli/call.h"
#include "client/event_input.h"
#include "files/reading_tree.h"
#include "policy/policies.h"
#include "session/ledger.h"

namespace cascade::cli {

class EventSession {
 public:
  // `json`: the event as the client wrote it, for programs that get it on standard input. All three must outlive it.
  EventSession(Call& call, const HookEvent& event, std::string_view json, std::int64_t now);

  Call& call() const noexcept { return call_; }
  const Environment& environment() const noexcept { return call_.environment(); }
  const HookEvent& described() const noexcept { return event_; }
  const HookEvent::Input& input() const noexcept { return *event_.input; }
  const client::EventInput& event() const noexcept;
  std::string_view json() const noexcept { return json_; }
  std::int64_t now() const noexcept { return now_; }

  // Whether the systems know this client's tools and hear of its events: they know Claude Code's alone.
  bool is_of_usual_client() const noexcept;
  // Whether there is a ledger to remember in.
  bool has_memory() const noexcept;
  session::Ledger& ledger() const;
  // Where the session began, as far as it is known without the ledger, and the configuration there. Error: it cannot be
  // read (policy::read_policy).
  const std::string& project() const noexcept;
  const Result<policy::Policy>& policy() { return policies_.at(project()); }
  policy::Policies& policies() noexcept { return policies_; }
  // Reads a cascade.yaml, for the systems and for the workspace; this session must outlive it.
  files::ReadText configuration_reader();
  // A mode of a system here; off where the configuration cannot be read.
  policy::Mode mode(policy::Mode policy::Policy::*system);

  // The workspace that the event is answered from; null: none was opened.
  const Workspace* workspace = nullptr;

  // Writes to the fault log; the prompt goes on.
  void log(const Error& error) const;

 private:
  Call& call_;
  const HookEvent& event_;
  std::string_view json_;
  std::int64_t now_;
  files::ReadOnce configurations_;
  policy::Policies policies_;
};

}  // namespace cascade::cli
