#include "events/event_session.h"

#include <algorithm>
#include <vector>

#include "client/dialect.h"
#include "events/judges.h"
#include "hook/clean.h"
#include "hook/event.h"
#include "policy/setting.h"
#include "system/system.h"

namespace cascade::systems {

bool is_task_notification(const hook::EventInput& event) {
  return event.kind == hook::EventKind::prompt && event.prompt.rfind("<task-notification>", 0) == 0;
}

void add_line(std::string& text, std::string_view line) {
  if (!text.empty() && !line.empty()) text += '\n';
  text += line;
}

void say_at_end(EventSession& session, policy::Mode mode, const std::string& text) {
  if (text.empty() || mode == policy::Mode::shadow) return;
  add_line(mode == policy::Mode::block ? session.lines.context : session.lines.notice,
           "[cascade] " + hook::clean(text));
}

EventSession::EventSession(Surroundings surroundings, const HookEvent& event, std::string_view json,
                           std::function<void(const Error&)> log)
    : surroundings_(std::move(surroundings)),
      event_(event),
      json_(json),
      log_(std::move(log)),
      policies_(surroundings_.users_file, configuration_reader()) {
  if (surroundings_.library)
    surroundings_.library = [library = std::move(surroundings_.library), this] {
      WorkspaceOptions options = library();
      options.read_configuration = configuration_reader();
      return options;
    };
}

files::ReadText EventSession::configuration_reader() {
  return [this](const std::string& path, std::uint64_t max_bytes) { return configurations_.read(path, max_bytes); };
}

const client::EventInput& EventSession::event() const noexcept { return event_.input->event; }

bool EventSession::is_of_usual_client() const noexcept { return event_.client == client::usual_dialect().name; }

bool EventSession::has_memory() const noexcept {
  return !surroundings_.state_directory.empty() && !event().session_id.empty();
}

session::Ledger& EventSession::ledger() const { return event_.input->ledger(surroundings_.state_directory); }

const std::string& EventSession::project() const noexcept {
  return surroundings_.project_directory.empty() ? event_.working_directory : surroundings_.project_directory;
}

policy::Mode EventSession::mode(policy::SystemKey system) {
  const Result<policy::Policy>& here = policy();
  return here ? here->mode_of(system) : policy::Mode::off;
}

namespace {

bool hears(const core::System& system, client::EventKind event, policy::Role role) {
  return system.hear != nullptr &&
         std::any_of(system.switches.begin(), system.switches.end(),
                     [&](std::string_view name) { return policy::is_heard(name, event, role); });
}

}  // namespace

client::Answer what_systems_say(EventSession& session) {
  std::vector<client::Answer> said;
  for (const core::System* const system : core::systems()) {
    if (!hears(*system, session.event().kind, policy::Role::says)) continue;
    if (auto words = system->hear(session))
      said.push_back(*std::move(words));
    else
      session.log(words.error());
  }
  client::Answer all;
  session.lines.notice = hook::beginning(session.lines.notice, most_units);
  hook::join(session.event(), all, session.lines);
  for (const client::Answer& words : said) hook::join(session.event(), all, words);
  return all;
}

void tell_systems(EventSession& session) {
  for (const core::System* const system : core::systems()) {
    const client::EventKind event = session.event().kind;
    if (!hears(*system, event, policy::Role::notes) || hears(*system, event, policy::Role::says)) continue;
    if (const auto noted = system->hear(session); !noted) session.log(noted.error());
  }
}

}  // namespace cascade::systems
