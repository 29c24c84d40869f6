#include "cli/event_session.h"

#include "cli/fault_log.h"
#include "client/dialect.h"
#include "hook/event.h"

namespace cascade::cli {

EventSession::EventSession(Call& call, const HookEvent& event, std::string_view json, std::int64_t now)
    : call_(call),
      event_(event),
      json_(json),
      now_(now),
      policies_(call.environment().users_configuration, configuration_reader()) {}

files::ReadText EventSession::configuration_reader() {
  return [this](const std::string& path, std::uint64_t max_bytes) { return configurations_.read(path, max_bytes); };
}

const client::EventInput& EventSession::event() const noexcept { return event_.input->event; }

bool EventSession::is_of_usual_client() const noexcept { return event_.client == client::usual_dialect().name; }

bool EventSession::has_memory() const noexcept { return !environment().state.empty() && !event().session_id.empty(); }

session::Ledger& EventSession::ledger() const { return event_.input->ledger(environment().state); }

const std::string& EventSession::project() const noexcept {
  return environment().project_directory.empty() ? event_.working_directory : environment().project_directory;
}

policy::Mode EventSession::mode(policy::Mode policy::Policy::*system) {
  const Result<policy::Policy>& here = policy();
  return here ? (*here).*system : policy::Mode::off;
}

void EventSession::log(const Error& error) const { log_fault(environment().state, now_, error); }

}  // namespace cascade::cli
